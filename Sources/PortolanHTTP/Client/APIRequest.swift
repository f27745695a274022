/// A request to an API.
///
/// ```swift
/// let request = APIRequest(.post, "/search", query: [APIField("expand", "names")], body: .json(Array("{}".utf8)))
/// print(request.method, request.url)
/// ```
public struct APIRequest: Sendable {
  /// What is done.
  public enum Method: String, Sendable {
    /// Reads.
    case get = "GET"
    /// Asks for something with a body.
    case post = "POST"
  }

  /// What is sent with a request.
  public enum Body: Sendable {
    /// A JSON document, UTF-8.
    case json([UInt8])
    /// A form, percent-encoded.
    case form([APIField])
  }

  /// What is done.
  public var method: Method
  /// A path below the client's base URL, or a whole URL. Its own query is kept.
  public var url: String
  /// Parameters that are added to the URL, percent-encoded.
  public var query: [APIField]
  /// Headers besides those of the client.
  public var headers: [APIField]
  /// What is sent, nil for nothing.
  public var body: Body?

  /// Creates a request.
  public init(
    _ method: Method, _ url: String, query: [APIField] = [], headers: [APIField] = [],
    body: Body? = nil
  ) {
    self.method = method
    self.url = url
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// A text as one segment of a path, percent-encoded: what is in it leads nowhere else.
  ///
  /// ```swift
  /// let request = APIRequest(.get, "/projects/\(APIRequest.segment("acme/web"))/pipelines")
  /// print(request.url)  // /projects/acme%2Fweb/pipelines
  /// ```
  public static func segment(_ text: String) -> String {
    // One or two points would lead to this folder, or out of it.
    [".", ".."].contains(text) ? text.replacing(".", with: "%2E") : PercentEncoding.encode(text)
  }
}

/// A name and its value: a header, a query parameter, a field of a form.
public struct APIField: Sendable, Hashable {
  /// The name.
  public var name: String
  /// The value, not encoded.
  public var value: String

  /// Creates a field.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// An API's answer.
public struct APIResponse: Sendable {
  /// The status: 200, 404, …
  public var status: Int
  /// The headers, as they came.
  public var headers: [APIField]
  /// The body, decompressed.
  public var body: [UInt8]
  /// What was asked, for messages: the method and the URL, without any secret.
  public var request: String
  /// The URL that answered, after any redirects, without what the authentication adds. It is what links in the body
  /// are relative to, and not for messages.
  public var url: String

  /// Creates an answer.
  package init(status: Int, headers: [APIField], body: [UInt8], request: String, url: String) {
    self.status = status
    self.headers = headers
    self.body = body
    self.request = request
    self.url = url
  }

  /// The values of a header, whatever case its name is written in.
  public subscript(header name: String) -> [String] {
    headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
  }
}
