import PortolanCatalog
import PortolanHTTP
import RawJSON

/// An answer of Port's API.
struct PortAnswer: Sendable {
  /// The status; 413 too where the answer itself was too large to be read.
  let status: Int
  /// What it says, nil where that is no JSON.
  let document: JSONView?
  /// What was asked, for messages.
  let request: String
  /// When it was given, by the server's clock, in seconds since 1970; nil where it does not say.
  let date: Double?
  /// What hides secrets in texts for people.
  let mask: SecretMask
  private let body: [UInt8]
  /// What to say of it where it was too large to be read.
  private var unread: String?

  /// Reads an answer.
  init(_ response: APIResponse, _ mask: SecretMask) {
    status = response.status
    body = response.body
    request = response.request
    date = response[header: "date"].first.flatMap { CalendarDate.http($0, now: 0) }
    self.mask = mask
    // In a text that is not UTF-8, an identifier could become another one.
    document =
      String(validating: body, as: UTF8.self) == nil ? nil : try? JSONView(validating: body)
  }

  /// An answer that was too large.
  init(tooLarge failure: APIError, _ mask: SecretMask) {
    status = 413
    document = nil
    body = []
    request = failure.request
    unread = failure.message
    date = nil
    self.mask = mask
  }

  /// Whether what was asked for was done.
  var isDone: Bool { (200..<300).contains(status) }

  /// Whether there is no such route, or no such thing.
  var isUnknownRoute: Bool { [404, 405, 501].contains(status) }

  /// Whether it can be taken for what the API says: an answer that was done, and is no JSON, was cut, or is somebody
  /// else's.
  var isWhole: Bool { !isDone || status == 204 || status == 205 || document != nil }

  /// The API's word for what is wrong: `not_found`, `invalid_request`.
  var code: String { document?["error"]?.text.map { line($0) } ?? "" }

  /// The API's own words, in one line.
  var message: String {
    if let text = document?["message"]?.text, !text.isEmpty { return line(text) }
    return BodyExcerpt.of(body, mask)
  }

  /// It in a few words: `401 invalid_credentials: the secret is wrong`.
  var summary: String {
    let words = code.isEmpty || code == message ? [message] : [code, message]
    return (["\(status)"] + [words.filter { !$0.isEmpty }.joined(separator: ": ")]).joined(separator: " ")
  }

  /// It as an entity's refusal.
  var refusal: WriteOutcome.Refusal {
    WriteOutcome.Refusal(status: status, code: code, message: message)
  }

  /// A text of the catalog for people: one line, without secrets, and not longer than anybody reads.
  func line(_ text: String) -> String { BodyExcerpt.of(Array(text.utf8), mask, longest: 1000) }

  /// It as an error, for whoever cannot use it.
  var problem: CatalogError {
    let text = unread ?? "\(request) was answered with \(summary)"
    switch status {
    case 200..<300:
      return CatalogError(
        .unreadable, "\(request) was answered with what cannot be used: \(BodyExcerpt.of(body, mask))",
        advice: "is the base URL that of Port's API, and nothing between here and there that answers for it?")
    case 401:
      return CatalogError(
        .credentials, text, advice: "check the client id and the client secret: their token is not taken")
    case 403:
      return CatalogError(.refused, text, advice: "give the credentials the right to do this, in Port")
    case 404: return CatalogError(.notFound, text)
    case 400..<500: return CatalogError(.refused, text)
    default: return CatalogError(.unavailable, text, advice: PortAPI.again)
    }
  }

  /// It as an error that says what of it cannot be used.
  func unreadable(_ what: String) -> CatalogError {
    CatalogError(
      .unreadable, "\(request) was answered with what cannot be used: \(what)",
      advice: "is the base URL that of Port's API? if so, run again")
  }
}
