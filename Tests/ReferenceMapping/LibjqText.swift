import JQ
import RawJSON
import ReferenceJSON

/// Hands documents to libjq and takes values from it as text, which libjq reads and writes itself.
final class LibjqText {
  private let reader: JQMachine
  private let writer: JQMachine
  private let identity: JQMachine

  init() throws(JQCompileError) {
    reader = try JQMachine("fromjson")
    writer = try JQMachine("tojson")
    identity = try JQMachine(".")
  }

  /// The value that libjq makes of `document`, nil where libjq is out of memory.
  func value(_ document: ReferenceValue) -> JQValue? {
    let json = document.json
    var text: [UInt8] = []
    json.withUnsafeBufferPointer { JSONText.encode($0, into: &text) }
    start(reader, text)
    if let value = Self.finish(reader) { return value }
    // libjq 1.6 reads 256 levels.
    start(identity, json)
    return Self.finish(identity)
  }

  /// What `value` is, nil where it is nested deeper than documents may be.
  func document(_ value: borrowing JQValue) -> ReferenceValue? {
    writer.start(value)
    guard let text = Self.finish(writer)?.string else { return nil }
    // libjq writes 256 levels, and then no JSON.
    let document = ReferenceValue(Array(text.utf8)) ?? ReferenceValue(Array(value.json.utf8))
    return document?.withPlainNumbers
  }

  private func start(_ machine: JQMachine, _ json: [UInt8]) {
    json.withScanner { machine.start(JQValue($0, 0..<json.count)) }
  }

  /// The machine's first output.
  private static func finish(_ machine: JQMachine) -> JQValue? {
    defer { machine.stop() }
    switch machine.next() {
    case .value(let value): return value
    case .failure: return nil
    case .nothing: return nil
    }
  }
}

extension ReferenceValue {
  /// The value with whole numbers up to 2^53 written as such: `1` where libjq 1.8 keeps `1.0`.
  fileprivate var withPlainNumbers: ReferenceValue {
    switch self {
    case .literal(let bytes):
      guard let number = Double(String(decoding: bytes, as: UTF8.self)), abs(number) < 0x1p53,
        let whole = Int(exactly: number), number != 0 || number.sign == .plus
      else { return self }
      return .literal(Array(String(whole).utf8))
    case .string: return self
    case .array(let elements): return .array(elements.map(\.withPlainNumbers))
    case .object(let members): return .object(members.map { Member($0.key, $0.value.withPlainNumbers) })
    }
  }
}
