import HTTPTypes
import Hummingbird
import PortolanCatalog
import RawJSON

/// Why a request is not done, as its client is told: `{"ok": false, "error": code, "message": words}`.
struct APIError: Error {
  var status: HTTPResponse.Status
  /// A word for programs.
  var code: String
  /// Words for people.
  var message: String

  init(_ status: HTTPResponse.Status, _ code: String, _ message: String) {
    self.status = status
    self.code = code
    self.message = message
  }

  /// There is no such thing: `the blueprint "service"`.
  static func notFound(_ thing: String) -> APIError {
    APIError(.notFound, "not_found", "there is no \(thing)")
  }

  /// The request says something that cannot be done.
  static func invalid(_ message: String) -> APIError {
    APIError(.unprocessableContent, "invalid_request", message)
  }

  /// What the catalog has against one entity.
  init(_ refusal: WriteOutcome.Refusal) {
    self.init(HTTPResponse.Status(code: refusal.status), refusal.code, refusal.message)
  }

  /// What the catalog has against the whole request.
  init(_ error: CatalogError) {
    switch error.kind {
    case .notFound: self.init(.notFound, "not_found", error.description)
    case .refused: self.init(.unprocessableContent, "invalid_request", error.description)
    case .busy, .stale: self.init(.conflict, "conflict", error.description)
    case .credentials: self.init(.unauthorized, "invalid_credentials", error.description)
    case .unavailable: self.init(.serviceUnavailable, "unavailable", error.description)
    case .unreadable: self.init(.internalServerError, "internal_error", error.description)
    }
  }

  var response: Response {
    .json(status) { body in
      body.add("ok", false)
      body.add("error", text: code)
      body.add("message", text: message)
    }
  }
}
