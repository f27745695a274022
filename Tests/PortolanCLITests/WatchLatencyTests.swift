import Foundation
import TestSupport
import Testing

/// How long it takes until an edit shows. `scripts/test` runs this suite by itself, after the others:
/// beside them it would measure how busy the machine is.
@Suite("How soon dry-run --watch shows an edit", .serialized)
struct WatchLatencyTests {
  @Test("a change shows within half a second")
  func quick() throws {
    // Of three edits the quickest is what watching takes; the rest of a longer one is another program's.
    let result = try Watching.during(
      #"""
      for key in id size url; do
        : > output
        sed -i "s/title: .*/title: .$key/" config.yml
        started=$(date +%s%N)
        wait_for " changed"
        echo "after $(( ($(date +%s%N) - started) / 1000000 )) ms"
      done
      """#, in: workingFolder())
    let times = result.output.matches(of: /after (\d+) ms/).compactMap { Int($0.1) }
    #expect(times.count == 3, "\(result.output)")
    #expect(times.min() ?? .max < 500, "\(times)")
  }
}
