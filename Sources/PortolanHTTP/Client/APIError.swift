/// Why an API gave no usable answer. Its text says which request it was, and holds no secret.
public struct APIError: Error, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Reason: Sendable, Hashable {
    /// It answered with a status that is no answer; `excerpt` is how the body begins.
    case status(Int, excerpt: String)
    /// It took longer than the limit.
    case timeout
    /// There was no connection, or it was cut.
    case connection(String)
    /// The answer is larger than the limit, in bytes.
    case tooLarge(limit: Int)
    /// It asks to wait for longer than the limit.
    case wait(Duration)
    /// It led elsewhere too often, or to where it may not.
    case redirect(String)
    /// No credentials could be got.
    case credentials(String)
    /// The request itself is not possible: no URL, for example.
    case invalidRequest(String)
    /// The answer is not what was asked for: no JSON, a page that came before, …
    case invalidAnswer(String)
    /// A list that cannot be read to its end: a page that came before, fewer objects than it says that it has, …
    case incompleteList(String)
  }

  /// The request, as `GET https://example.org/issues?page=2`; empty where it is wrong before there is any.
  public var request: String
  /// What went wrong.
  public var reason: Reason
  /// How often it was tried.
  public var attempts: Int
  /// What to do, where that is known better than the reason tells.
  package var advice: String?

  /// Creates an error.
  public init(request: String, _ reason: Reason, attempts: Int = 1) {
    self.request = request
    self.reason = reason
    self.attempts = attempts
  }

  /// What is wrong before there is any request.
  init(setup message: String, advice: String) {
    self.init(request: "", .invalidRequest(message), attempts: 0)
    self.advice = advice
  }
}
