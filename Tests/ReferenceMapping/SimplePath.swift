import RawJSON
import ReferenceJSON

/// An expression of which the eye sees that its value goes through untouched: paths and constants, with
/// ` // ` between them.
struct SimplePath {
  private enum Choice {
    case path(JSONPath)
    case constant([UInt8])
  }

  private let choices: [Choice]

  init?(_ text: String) {
    let choices = text.split(separator: " // ", omittingEmptySubsequences: false).map { Self.choice($0) }
    self.choices = choices.compactMap { $0 }
    guard self.choices.count == choices.count else { return nil }
  }

  private static func choice(_ text: Substring) -> Choice? {
    if text == "." { return .path(JSONPath()) }
    if text.wholeMatch(of: /"[A-Za-z0-9_ -]*"|0|[1-9][0-9]{0,14}|true|false|null|\[\]|\{\}/) != nil {
      return .constant(Array(text.utf8))
    }
    guard text.wholeMatch(of: /\.(\[|[A-Za-z_]).*/) != nil else { return nil }
    var steps: [JSONPathStep] = []
    var rest = text
    while !rest.isEmpty {
      guard let step = step(&rest) else { return nil }
      steps.append(step)
    }
    return .path(JSONPath(steps))
  }

  /// Takes the first step off `text`.
  private static func step(_ text: inout Substring) -> JSONPathStep? {
    if let match = text.prefixMatch(of: /\.([A-Za-z_][A-Za-z0-9_]*)\??/) {
      text = text[match.range.upperBound...]
      return .key(String(match.1))
    }
    if let match = text.prefixMatch(of: /\.?\["([^"\\]*)"\]\??/) {
      text = text[match.range.upperBound...]
      return .key(String(match.1))
    }
    guard let match = text.prefixMatch(of: /\.?\[([0-9]{1,9})\]\??/), let index = Int(match.1) else {
      return nil
    }
    text = text[match.range.upperBound...]
    return .index(index)
  }

  /// What the expression gives for `document` where it gives a value: its bytes as they were written.
  func value(in document: ReferenceValue) -> ReferenceValue {
    var last = ReferenceValue.null
    for choice in choices {
      switch choice {
      case .path(let path): last = document.find(path) ?? .null
      case .constant(let json): last = ReferenceValue(json) ?? .null
      }
      if last.json != Array("null".utf8), last.json != Array("false".utf8) { return last }
    }
    return last
  }
}
