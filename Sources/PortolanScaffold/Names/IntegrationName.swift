import Portolan

/// The name of an integration: letters, digits and hyphens, with a letter in front.
package struct IntegrationName: Sendable, Hashable {
  /// How long a name may be: its folder's path has to fit everywhere.
  private static let limit = 60

  /// The name.
  package let text: String

  /// Takes `text` for a name.
  ///
  /// - Throws: `Diagnostic` where it is none.
  package init(_ text: String) throws(Diagnostic) {
    let characters = text.unicodeScalars
    let isName =
      characters.count <= Self.limit
      && characters.allSatisfy { $0 == "-" || ($0.isASCII && $0.properties.isAlphanumeric) }
      && (characters.first?.properties.isAlphabetic ?? false) && !text.hasSuffix("-")
    guard isName else {
      throw Diagnostic(
        .error, .invalidName, "`\(text)` is no name for an integration",
        help: "use letters, digits and hyphens, with a letter in front: \(Self.proposal(text))")
    }
    self.text = text
  }

  private static func proposal(_ text: String) -> String {
    let words = Words(of: text).all.drop { $0.first?.isNumber ?? true }
    return words.isEmpty ? "acme" : String(words.joined(separator: "-").prefix(limit))
  }

  /// The name in camel case, with which blueprints begin: `acmeCloud`.
  var camelCase: String { Words(of: text).camelCase ?? text }

  /// The name for a person: `Acme Cloud`.
  var title: String {
    Words(of: text).all.map { Self.spellings[$0] ?? Words([$0]).capitalized }.joined(separator: " ")
  }

  /// How some write themselves.
  private static let spellings = [
    "github": "GitHub", "gitlab": "GitLab", "pagerduty": "PagerDuty", "newrelic": "New Relic",
    "launchdarkly": "LaunchDarkly", "firehydrant": "FireHydrant", "sonarqube": "SonarQube",
    "servicenow": "ServiceNow",
    "opsgenie": "Opsgenie", "aws": "AWS", "gcp": "GCP",
  ]
}

extension Unicode.Scalar.Properties {
  fileprivate var isAlphanumeric: Bool { isAlphabetic || numericType != nil }
}

extension Diagnostic.Rule {
  /// A name that an integration or kind cannot have.
  package static let invalidName = Self("invalid-name")
}
