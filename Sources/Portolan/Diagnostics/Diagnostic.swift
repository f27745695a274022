/// Something that a person should know about their mapping or their data: where, what, what to do.
///
/// The library returns diagnostics and prints none. ``text(width:)`` shows one to a person; a program decides by its
/// ``rule``, which stays the same from version to version, and not by its message.
///
/// ```swift
/// for diagnostic in config.diagnostics where diagnostic.severity == .error { print(diagnostic.text()) }
/// ```
public struct Diagnostic: Error, Sendable, Hashable, Codable {
  /// How bad it is.
  public enum Severity: String, Sendable, Hashable, Codable {
    /// It does not work as written.
    case error
    /// It works, but most likely not as meant.
    case warning
  }

  /// What kind of finding it is: the identifier that output shows, which stays stable.
  ///
  /// A rule is declared beside what finds it, so that whoever looks for something new can name it:
  ///
  /// ```swift
  /// extension Diagnostic.Rule {
  ///   static let staleToken = Diagnostic.Rule("stale-token")
  /// }
  /// ```
  public struct Rule: RawRepresentable, Sendable, Hashable, Codable, CustomStringConvertible {
    /// The identifier: small letters and hyphens.
    public let rawValue: String

    /// A rule of that identifier.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// A rule of that identifier.
    public init(_ identifier: String) {
      self.init(rawValue: identifier)
    }

    /// The identifier.
    public var description: String { rawValue }
  }

  /// What helps and is not done in a file. How it is done depends on what runs the mapping.
  public enum Remedy: Sendable, Hashable, Codable {
    /// Let expressions see the environment variable of that name.
    case allowVariable(String)
    /// Make what the mapping makes now what is expected.
    case updateSnapshots
    /// Take the raw objects from the list at that path of each document: `.values`.
    case cutPages(at: String)
  }

  /// How bad it is.
  public var severity: Severity
  /// What kind of finding it is.
  public var rule: Rule
  /// What is wrong: what was found, in one sentence.
  public var message: String
  /// What to do about it.
  public var help: String?
  /// What does it, where that is more than an edit of a file: ``help`` for a program.
  public var remedy: Remedy?
  /// The edit that mends it, where that is certain: nil where a person must choose.
  public var fix: Fix?
  /// Where it is, or where it begins.
  public var location: SourceLocation?
  /// The place after its last character, where that is known.
  public var end: SourceLocation?
  /// The place in the mapping, as `properties.url`.
  public var field: String?
  /// How many more like this one were found and are not listed.
  public var similar = 0
  /// The first of those that are like this one, which ``expanded`` lists.
  package private(set) var alike: [Diagnostic] = []
  /// Whether the line that it is about may hold a secret, so that nothing may show it.
  public var isLineSecret = false

  /// Keeps a finding that is like this one, as long as there are not too many.
  mutating func keep(_ other: Diagnostic) {
    if alike.count < Self.alikeLimit { alike.append(other) }
  }

  /// Keeps none of those that are like this one.
  mutating func dropAlike() { alike = [] }

  /// Creates a diagnostic.
  public init(
    _ severity: Severity, _ rule: Rule, _ message: String, help: String? = nil,
    remedy: Remedy? = nil, at location: SourceLocation? = nil, to end: SourceLocation? = nil,
    field: String? = nil
  ) {
    self.severity = severity
    self.rule = rule
    self.message = message
    self.help = help
    self.remedy = remedy
    self.location = location
    self.end = end
    self.field = field
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: error: message` and, on lines of their own, what to do and how many more there are.
  public var description: String {
    let place = location.map { "\($0): " } ?? ""
    let remedy = help.map { "\n  \($0)" } ?? ""
    let others = similar > 0 ? "\n  … and \(similar) more like this" : ""
    return "\(place)\(severity.rawValue): \(message)\(remedy)\(others)"
  }
}

/// What makes it impossible to go on: at least one error among the diagnostics.
///
/// ```swift
/// do {
///   print(try PortAppConfig(contentsOf: "port-app-config.yml").resources.count)
/// } catch {
///   for diagnostic in error.diagnostics { print(diagnostic.text()) }
/// }
/// ```
public struct DiagnosticsError: Error, Sendable, CustomStringConvertible {
  /// What was found, in the order of the file.
  public var diagnostics: [Diagnostic]

  /// Creates an error from what was found.
  public init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  /// Every diagnostic on lines of its own.
  public var description: String {
    diagnostics.map(\.description).joined(separator: "\n")
  }
}
