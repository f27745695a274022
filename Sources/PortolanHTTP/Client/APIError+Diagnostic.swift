import Portolan

extension Diagnostic.Rule {
  /// A request got no answer that can be used.
  package static let requestFailed = Diagnostic.Rule("request-failed")
  /// A request was refused, or there are no credentials for it.
  package static let notAuthorized = Diagnostic.Rule("not-authorized")
}

extension APIError {
  /// It as a finding.
  package var diagnostic: Diagnostic {
    Diagnostic(.error, rule, message, help: help)
  }

  private var rule: Diagnostic.Rule {
    switch reason {
    case .status(401, _), .status(403, _), .credentials: .notAuthorized
    default: .requestFailed
    }
  }
}

extension APIResponse {
  /// The answer as an error, for whoever cannot use its status. The mask is the client's, which hides what the body may
  /// repeat.
  package func statusError(_ mask: SecretMask) -> APIError {
    APIError(request: request, .status(status, excerpt: BodyExcerpt.of(body, mask)))
  }
}
