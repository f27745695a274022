/// Who writes entities: an integration, as the catalog knows it.
///
/// An entity is owned by the integration whose datasource it has. The version does not matter, so that an integration
/// goes on with the entities of its older versions, and with those that Ocean wrote under the same type and identifier.
///
/// ```swift
/// let owner = Datasource(type: "jira", identifier: "my-jira", version: "1.0.0")
/// print(owner)  // port-ocean/jira/1.0.0/my-jira/exporter
/// ```
public struct Datasource: Sendable, Hashable, Codable {
  /// What kind of integration it is, in small letters: `jira`.
  public let type: String
  /// Which of that kind it is: `my-jira`.
  public let identifier: String
  /// Its version; empty where there is none.
  public let version: String

  /// The datasource of an integration; `type` is made small, as Ocean does.
  public init(type: String, identifier: String, version: String = "") {
    self.type = type.lowercased()
    self.identifier = identifier
    self.version = version
  }

  /// What every datasource that is the same owner begins with.
  public var prefix: String { "port-ocean/\(type)/" }

  /// What every datasource that is the same owner ends with.
  public var suffix: String { "/\(identifier)/exporter" }

  /// Whether what `datasource` wrote is owned by this one, whatever its version.
  public func owns(_ datasource: String) -> Bool {
    let text = Array(datasource.utf8)
    let (prefix, suffix) = (Array(prefix.utf8), Array(suffix.utf8))
    return text.count >= prefix.count + suffix.count - 1 && text.starts(with: prefix)
      && text.suffix(suffix.count).elementsEqual(suffix)
  }
}

extension Datasource: CustomStringConvertible {
  /// The datasource as the catalog keeps it: `port-ocean/{type}/{version}/{identifier}/exporter`.
  public var description: String { "\(prefix)\(version)\(suffix)" }
}
