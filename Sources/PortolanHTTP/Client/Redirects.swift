/// A request on its way: where to, and what it carries there.
struct Hop: Sendable {
  /// What is done.
  var method: APIRequest.Method
  /// Where, without what the authentication adds.
  var url: RequestURL
  /// What it says, without what the authentication adds.
  var headers: [APIField]
  /// What is sent.
  var body: [UInt8]?
  /// Whether the authentication signs it.
  var isSigned: Bool
  /// Whether it changes something.
  var writes = false
  /// When it is sent again.
  var repeats = APIRequest.Repeats.always
}

/// How redirects are followed: at most five, never out of encryption, and with no credential and no body to another
/// origin. What writes stays what it is, where it is: it is neither made a GET nor led to another origin.
struct RedirectRule: Sendable {
  /// How many are followed.
  static let most = 5

  /// What may not leave the origin.
  var mask: SecretMask

  /// Where an answer leads; nil for one that leads nowhere.
  ///
  /// - Throws: ``RedirectProblem`` for a place that it may not lead to.
  func next(_ hop: Hop, status: Int, location: String?) throws(RedirectProblem) -> Hop? {
    guard [301, 302, 303, 307, 308].contains(status), let location else { return nil }
    var next = hop
    do {
      next.url = try hop.url.resolving(location)
    } catch {
      throw RedirectProblem(message: "it leads to what \(error.message)")
    }
    if status <= 303 {
      guard !hop.writes else {
        throw RedirectProblem(
          message: "its status \(status) would make a GET of it, which changes nothing: \(place(next.url))")
      }
      if hop.method == .post { next.headers.removeAll { $0.name.lowercased().hasPrefix("content-") } }
      next.method = .get
      next.body = nil
    }
    guard next.url.origin != hop.url.origin else { return next }
    let origin = next.url.origin
    guard origin.isEncrypted || !hop.url.origin.isEncrypted else {
      throw RedirectProblem(
        message: "it leads from https to http (\(origin.authority)), where anybody can read along")
    }
    guard next.body == nil else {
      throw RedirectProblem(
        message: "it leads to another host (\(origin.authority)), which is not sent the body")
    }
    guard !hop.writes else {
      throw RedirectProblem(
        message: "it leads to another host (\(origin.authority)), where nothing is changed for it")
    }
    next = leaving(next)
    guard !mask.finds(in: next.url.text) else {
      throw RedirectProblem(
        message: "it leads to another host (\(origin.authority)) by a URL with a credential in it")
    }
    return next
  }

  private func place(_ url: RequestURL) -> String { "it leads to \(url.origin.authority)\(url.path)" }

  /// The request as it may go to an origin that is not the credentials' own.
  func leaving(_ hop: Hop) -> Hop {
    var hop = hop
    hop.isSigned = false
    hop.headers.removeAll { isSecret($0.name, $0.value) }
    hop.url.removeParameters { _, value in mask.finds(in: value) }
    return hop
  }

  /// Whether a header is for the credentials' own origin alone.
  func isSecret(_ name: String, _ value: String) -> Bool {
    let lower = name.lowercased()
    return lower == "cookie" || lower.contains("auth") || SecretMask.isSecretName(lower)
      || mask.finds(in: value)
  }
}

/// Why a redirect is not followed.
struct RedirectProblem: Error {
  /// What is wrong, in a sentence that begins with what the answer does.
  var message: String
}
