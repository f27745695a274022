import Portolan

/// What a catalog does not keep of a run whose entities it has: nothing that the run fails for.
package struct CatalogNotice: Error, Sendable, Hashable {
  /// What is not kept, and why.
  package var message: String
  /// What to do about it.
  package var advice: String?

  /// Creates a notice.
  package init(_ message: String, advice: String? = nil) {
    self.message = message
    self.advice = advice
  }

  /// It as a finding.
  var diagnostic: Diagnostic { Diagnostic(.warning, .catalog, message, help: advice) }
}
