import RawJSON

@testable import JQ

/// Samples compiled into one program, as libjq 1.6 takes long to compile, each to be tried on many inputs.
struct ReadMachine {
  private static let outputLimit = 50

  let samples: [ReadSample]
  private let machine: JQMachine

  /// The samples in machines of their own or together; those that this libjq does not compile are left out.
  static func machines(_ samples: [ReadSample]) -> [ReadMachine] {
    if let machine = try? ReadMachine(samples) { return [machine] }
    if samples.count < 2 { return [] }
    return machines(Array(samples.prefix(samples.count / 2)))
      + machines(Array(samples.dropFirst(samples.count / 2)))
  }

  private init(_ samples: [ReadSample]) throws(JQCompileError) {
    let branches = samples.enumerated().map { "if $portolan == \($0) then (\($1.text)\n) else " }
    let ends = samples.map { _ in " end" }
    machine = try JQMachine(
      JQEnvironment().definitions + ".[0] as $portolan | .[1] | " + branches.joined() + "empty"
        + ends.joined())
    self.samples = samples
  }

  /// The outputs of the sample with that number, and the error, if there is one, at their end.
  func results(of number: Int, on input: JSONTree) -> [String] {
    let bytes = Array("[\(number),\(input.text)]".utf8)
    return bytes.withUnsafeBufferPointer { buffer in
      machine.start(JQValue(JSONScanner(buffer), 0..<buffer.count))
      defer { machine.stop() }
      var results: [String] = []
      while results.count < Self.outputLimit {
        switch machine.next() {
        case .value(let value): results.append(value.json)
        case .failure(let message): return results + ["error: " + message.json]
        case .end: return results
        }
      }
      return results
    }
  }
}
