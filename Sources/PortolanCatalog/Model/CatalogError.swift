import Portolan

/// What keeps a catalog from doing what it was asked: where, what, and what to do.
public struct CatalogError: Error, Sendable, Hashable {
  /// What kind of failure it is.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// The credentials were refused: nothing else will be taken either.
    case credentials
    /// Another run of the same integration is at work.
    case busy
    /// The catalog is not what it was when the plan was made.
    case stale
    /// There is no such thing.
    case notFound
    /// The request was refused, for what is in it.
    case refused
    /// It could not be reached, or gave up: what was asked for may have been done or not.
    case unavailable
    /// What was found is no catalog, or is broken.
    case unreadable
  }

  /// What kind of failure it is.
  public var kind: Kind
  /// What is wrong, in one sentence.
  public var message: String
  /// What to do about it.
  public var advice: String?

  /// Creates an error.
  public init(_ kind: Kind, _ message: String, advice: String? = nil) {
    self.kind = kind
    self.message = message
    self.advice = advice
  }

  /// Whether what comes after it in the same run fails as well.
  public var endsRun: Bool { kind == .credentials || kind == .busy || kind == .stale || kind == .unreadable }

  /// The error as a finding.
  public var diagnostic: Diagnostic { Diagnostic(.error, .catalog, message, help: advice) }
}

extension CatalogError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String { message + (advice.map { "; \($0)" } ?? "") }
}

extension Diagnostic.Rule {
  /// A catalog did not do what it was asked.
  public static let catalog = Self("catalog")
}
