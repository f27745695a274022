import Foundation
import TestSupport
import Testing

@Suite("portolan map in pipes", .serialized)
struct MapStreamTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try mapFolder()
  }

  /// Runs `script`, in which `now` is the time in milliseconds.
  private func shell(_ script: String) throws -> Command.Result {
    try Command.shell("now() { echo $(($(date +%s%N) / 1000000)); }\n" + script, in: folder.path)
  }

  @Test(
    "an object is mapped when it has come, and not when the next one has",
    arguments: ["", "--threads 1", "--envelope", "--items .l"])
  func live(arguments: String) throws {
    let object = arguments.contains("items") ? #"{"l":[{"key":"A"}]}"# : #"{"key":"A"}"#
    let result = try shell(
      """
      mkfifo in out
      "$PORTOLAN" map acme --kind thing \(arguments) <in >out 2>errors &
      exec 3>in 4<out
      echo '\(object)' >&3
      read -r -t 20 first <&4 || echo "nothing came"
      sleep 0.2
      for try in 1 2 3 4 5; do
        start=$(now)
        echo '\(object)' >&3
        read -r -t 20 line <&4 || echo "nothing came"
        echo "$(($(now) - start))"
        [ "$line" != "" ] || echo "empty"
      done
      exec 3>&-
      wait
      cat errors
      """)
    let lines = result.output.split(separator: "\n")
    let times = lines.compactMap { Int($0) }
    #expect(times.count == 5, "\(result.output)")
    // The usual time counts: whatever else the machine is doing may take longer now and then.
    #expect((times.min() ?? .max) <= 50, "\(times)")
    #expect(lines.last?.hasPrefix("thing: 6 raw, 6 mapped") == true, "\(result.output)")
  }

  @Test("Ctrl-C: what came is mapped and counted, and the process ends by the signal", arguments: [2, 15])
  func interrupted(signal: Int) throws {
    let result = try shell(
      """
      set -m
      mkfifo in
      "$PORTOLAN" map acme --kind thing --report report <in >out 2>errors &
      portolan=$!
      exec 3>in
      printf '{"key":"A"}\\n{"key":"B"}\\n{"key"' >&3
      for try in $(seq 200); do [ "$(wc -l <out)" = 2 ] && break; sleep 0.05; done
      kill -\(signal) $portolan
      wait $portolan
      echo "$?"
      cat errors
      grep -c '"complete": false' report
      """)
    let lines = result.output.split(separator: "\n")
    #expect(lines.first == "\(128 + signal)", "\(result)")
    #expect(lines.contains { $0.hasPrefix("thing: ") && $0.contains(", 2 mapped") }, "\(result)")
    #expect(lines.last.flatMap { Int($0) } ?? 0 > 0)
  }

  @Test("an interrupted run leaves no output file, and a large compressed stream takes little memory")
  func memory() throws {
    let result = try shell(
      """
      yes '{"key":"A","padding":"\(String(repeating: "x", count: 100))"}' | head -n 400000 | gzip -1 >big.gz
      "$PORTOLAN" map acme --kind thing --threads 1 --output big <big.gz 2>errors &
      portolan=$!
      peak=0
      while [ -e /proc/$portolan/status ]; do
        now=$(sed -n 's/^VmHWM:[^0-9]*\\([0-9]*\\).*/\\1/p' /proc/$portolan/status 2>/dev/null)
        [ "${now:-0}" -gt "$peak" ] && peak=$now
        sleep 0.05
        [ "$peak" -gt 200000 ] && break
      done
      echo "$peak"
      kill -INT $portolan 2>/dev/null
      wait $portolan
      ls -A | grep -c part
      """)
    let lines = result.output.split(separator: "\n")
    #expect((lines.first.flatMap { Int($0) } ?? .max) < 200_000, "\(result)")
    #expect(lines.last == "0", "\(result)")
  }
}
