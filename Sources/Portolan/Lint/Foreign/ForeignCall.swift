/// What jq writes for a function or method of another language, with its arguments as they were typed.
enum ForeignCall {
  /// A function behind a `|`: `gsub("a"; "b")`
  case function(String)
  /// What follows what is meant at once: `[0:3]`
  case part(String)
  /// An operator and what is on its right: `+ "b"`
  case operation(String)

  /// What is written for `name(arguments)`, where these are not also what the function is about; nil where that is not
  /// certain.
  init?(_ name: String, _ arguments: [String]) {
    switch (name, arguments.count) {
    case ("replace", 2), ("replaceAll", 2):
      self = .function("gsub(\(arguments[0].asPattern); \(arguments[1]))")
    case ("filter", 1): self = .function("map(select(\(arguments[0])))")
    case ("includes", 1): self = .function("contains(\(arguments[0]))")
    case ("indexOf", 1): self = .function("index(\(arguments[0]))")
    case ("startsWith", 1): self = .function("startswith(\(arguments[0]))")
    case ("endsWith", 1): self = .function("endswith(\(arguments[0]))")
    case ("substring", 1...2), ("slice", 1...2):
      guard arguments.allSatisfy({ Int($0) != nil }) else { return nil }
      self = .part("[\(arguments[0]):\(arguments.dropFirst().first ?? "")]")
    case ("substr", 2):
      // Its second argument is how many.
      guard let start = Int(arguments[0]), let count = Int(arguments[1]), start >= 0 else { return nil }
      self = .part("[\(start):\(start + count)]")
    case ("concat", 1...): self = .operation("+ " + arguments.joined(separator: " + "))
    case ("coalesce", 1...), ("default", 1), ("if_null", 1):
      self = .operation("// " + arguments.joined(separator: " // "))
    default: return nil
    }
  }

  /// What is written for the function `name(arguments)`, of which the first may be what it is about; in parentheses
  /// unless it `isFree`.
  static func written(_ name: String, _ arguments: [String], isFree: Bool) -> String? {
    if let whole = whole(name.lowercased(), arguments) {
      return isFree || !whole.contains(" ") ? whole : "(\(whole))"
    }
    if let call = ForeignCall(name, arguments) { return call.of(".", isFree: isFree) }
    guard let subject = arguments.first, Int(subject) == nil,
      let call = ForeignCall(name, Array(arguments.dropFirst()))
    else { return nil }
    return call.of(subject, isFree: isFree)
  }

  /// What is written for a function that needs no `|`, as all that it works on is among its arguments: `.a // .b` for
  /// `coalesce(.a, .b)`.
  private static func whole(_ name: String, _ arguments: [String]) -> String? {
    switch (name, arguments.count) {
    case ("if", 3), ("iif", 3), ("ternary", 3):
      "if \(arguments[0]) then \(arguments[1]) else \(arguments[2]) end"
    case ("coalesce", 2...), ("ifnull", 2), ("isnull", 2), ("nvl", 2), ("default", 2):
      arguments.joined(separator: " // ")
    case ("concat", 2...), ("concatenate", 2...): arguments.joined(separator: " + ")
    case ("left", 2) where arguments[0].isPath: "\(arguments[0])[:\(arguments[1])]"
    case ("right", 2) where arguments[0].isPath: "\(arguments[0])[-\(arguments[1]):]"
    default: nil
    }
  }

  /// What is written for it, of `subject`.
  func of(_ subject: String, isFree: Bool) -> String {
    let whole: String
    switch self {
    case .function(let call) where subject == ".": return call
    case .function(let call): whole = "\(subject) | \(call)"
    case .part(let part): return (subject.isPath ? subject : "(\(subject))") + part
    case .operation(let operation): whole = "\(subject) \(operation)"
    }
    return isFree ? whole : "(\(whole))"
  }
}

extension String {
  /// Whether it is a path that something may follow at once.
  var isPath: Bool {
    first == "." && utf8.allSatisfy { $0.continuesName || ".\"[]?".utf8.contains($0) }
  }

  /// A literal text as a regular expression that finds just it.
  fileprivate var asPattern: String {
    guard count > 1, hasPrefix("\""), hasSuffix("\""), !contains("\\") else { return self }
    return String(flatMap { "^$.|?*+()[]{}".contains($0) ? "\\\\\($0)" : String($0) })
  }
}
