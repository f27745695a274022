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
    let compiler = BatchCompiler(environment: JQEnvironment())
    var definitions: [String] = []
    var branches = ""
    for (number, sample) in samples.enumerated() {
      let prepared = try compiler.prepare(JQExpression(sample.text))
      definitions += prepared.definitions.filter { !definitions.contains($0) }
      branches += "if $portolan == \(number) then (\(prepared.text)\n) else "
    }
    let ends = String(repeating: " end", count: samples.count)
    machine = try JQMachine(
      compiler.environment.binding + definitions.joined(separator: " ")
        + " .[0] as $portolan | .[1] | " + branches + "empty" + ends)
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
        case .failure(let message): return results + ["error: " + message]
        case .nothing: return results
        }
      }
      return results
    }
  }
}
