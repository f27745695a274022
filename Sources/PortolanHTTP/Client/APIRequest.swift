/// A request to an API.
///
/// ```swift
/// let request = APIRequest(.post, "/search", query: [APIField("expand", "names")], body: .json(Array("{}".utf8)))
/// print(request.method, request.url)
/// ```
///
/// A POST is a search, which only reads, unless it says that it ``writes``; every other method but GET does:
///
/// ```swift
/// let upsert = APIRequest(.put, "/services/web", body: .json(Array(#"{"tier": 1}"#.utf8)))
/// let order = APIRequest(.post, "/orders", body: .json(Array("{}".utf8)), writes: true, repeats: .ifUnsent)
/// print(upsert.repeats, order.repeats)  // always ifUnsent
/// ```
public struct APIRequest: Sendable {
  /// What is done.
  public enum Method: String, Sendable {
    /// Reads.
    case get = "GET"
    /// Asks for something with a body, or makes something.
    case post = "POST"
    /// Puts something in the place of what is there.
    case put = "PUT"
    /// Changes a part of what is there.
    case patch = "PATCH"
    /// Removes.
    case delete = "DELETE"
  }

  /// When a request is sent again.
  public enum Repeats: Sendable, Hashable {
    /// Whenever its answer was lost, or is that the API cannot answer now: it reads, or does no harm when it is done
    /// twice.
    case always
    /// Only where it certainly was not done: there was no connection, or the API refused it for its limits or its
    /// credentials.
    case ifUnsent
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
  /// Whether it changes something. Then no redirect makes another request of it, or leads it to another origin.
  public var writes: Bool
  /// When it is sent again.
  public var repeats: Repeats

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - method: what is done.
  ///   - url: a path below the client's base URL, or a whole URL.
  ///   - query: parameters to add.
  ///   - headers: headers besides those of the client.
  ///   - body: what is sent.
  ///   - writes: whether it changes something; nil for what the method says: PUT, PATCH and DELETE do.
  ///   - repeats: when it is sent again; nil for always, but of PATCH, which may add to what is there.
  public init(
    _ method: Method, _ url: String, query: [APIField] = [], headers: [APIField] = [],
    body: Body? = nil, writes: Bool? = nil, repeats: Repeats? = nil
  ) {
    self.method = method
    self.url = url
    self.query = query
    self.headers = headers
    self.body = body
    self.writes = writes ?? ![.get, .post].contains(method)
    self.repeats = repeats ?? (method == .patch ? .ifUnsent : .always)
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
