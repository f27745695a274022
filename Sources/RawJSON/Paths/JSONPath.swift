/// A step from a value into it.
public enum JSONPathStep: Sendable, Hashable {
  /// An object's member: `.key`
  case key(String)
  /// An array's element, counted from 0: `.[2]`
  case index(Int)

  /// Whether both are the same step. Keys are compared by their bytes, as JSON's and jq's are: `String`
  /// takes `é` and `e` with an accent after it for equal, and they are two members of an object.
  public static func == (first: JSONPathStep, second: JSONPathStep) -> Bool {
    switch (first, second) {
    case (.key(let a), .key(let b)): a.utf8.elementsEqual(b.utf8)
    case (.index(let a), .index(let b)): a == b
    default: false
    }
  }

  /// Feeds the step into `hasher`, a key by its bytes.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .key(let key):
      for byte in key.utf8 { hasher.combine(byte) }
      hasher.combine(0xFF as UInt8)
    case .index(let index): hasher.combine(index)
    }
  }
}

/// Where a value is in a document: the steps from the top.
///
/// ```swift
/// print(JSONPath([.key("fields"), .key("labels"), .index(0)]))  // .fields.labels[0]
/// ```
public struct JSONPath: Sendable, Hashable {
  /// The steps, outermost first. None: the whole document.
  public var steps: [JSONPathStep]

  /// Creates a path.
  public init(_ steps: [JSONPathStep] = []) {
    self.steps = steps
  }

  /// The path one step further in.
  public func appending(_ step: JSONPathStep) -> JSONPath {
    JSONPath(steps + [step])
  }
}

extension JSONPath: CustomStringConvertible {
  /// The path as jq writes it: `.fields["a-b"][0]`, `.` for the whole document.
  public var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .index(let index): text += "[\(index)]"
      case .key(let key) where Self.isIdentifier(key): text += "." + key
      case .key(let key): text += "[" + JSONText.quoted(key) + "]"
      }
    }
    return text.hasPrefix(".") ? text : "." + text
  }

  /// Whether jq takes `key` after a point, without quotes.
  private static func isIdentifier(_ key: String) -> Bool {
    guard let first = key.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return key.utf8.allSatisfy { byte in
      switch byte | 0x20 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): true
      default: byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
      }
    }
  }
}
