/// What is done to the catalog's blueprints and the like before entities are written.
public struct SetupStep: Sendable, Hashable, Codable {
  /// What is done.
  public enum Action: String, Sendable, Hashable, Codable {
    /// It is created.
    case create
    /// It is changed, as the user asked for.
    case change
    /// It is not as the files say, and stays so, since the user did not ask to change it.
    case differs
    /// It is not there, and is not created, since others are.
    case missing
  }

  /// What it is about.
  public enum Subject: String, Sendable, Hashable, Codable {
    /// The integration itself, with its mapping.
    case integration
    /// A blueprint.
    case blueprint
    /// An action.
    case action
    /// A scorecard.
    case scorecard
    /// A page.
    case page
  }

  /// What is done.
  public var action: Action
  /// What it is about.
  public var subject: Subject
  /// What that is known by.
  public var identifier: String
  /// The document that is written, as JSON.
  public var json: String
  /// The blueprint that a scorecard is for.
  public var blueprint: String?
  /// What differs, by the path in the document: `schema.properties.url.format`.
  public var differences: [Difference]

  /// Something that differs.
  public struct Difference: Sendable, Hashable, Codable {
    /// Where.
    public var path: String
    /// The catalog's JSON, nil where it is not there.
    public var before: String?
    /// The files' JSON, nil where it is not there.
    public var after: String?

    /// Creates a difference.
    public init(_ path: String, before: String?, after: String?) {
      self.path = path
      self.before = before
      self.after = after
    }
  }

  /// Creates a step.
  public init(
    _ action: Action, _ subject: Subject, _ identifier: String, json: String, blueprint: String? = nil,
    differences: [Difference] = []
  ) {
    self.action = action
    self.subject = subject
    self.identifier = identifier
    self.json = json
    self.blueprint = blueprint
    self.differences = differences
  }

  /// Whether applying the plan does it.
  public var isDone: Bool { action == .create || action == .change }
}
