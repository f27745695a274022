/// A fetcher that can be asked for the one object that an event is about.
///
/// An event only says that something has changed. What is written to the catalog is the object as the API has it when it
/// is asked, so that events may come late, twice or in another order.
///
/// ```swift
/// struct OrderFetcher: EventFetcher {
///   func fetch(_ request: FetchRequest) -> AsyncStream<RawPage> {
///     AsyncStream { $0.finish() }  // all orders
///   }
///
///   func objects(of event: RawEvent) throws -> [EventObject] {
///     guard let id = try JSONView(validating: event.body)["id"]?.text else { return [] }
///     return [EventObject(kind: "order", key: id, json: event.body)]
///   }
///
///   func fetch(_ object: EventObject, for request: FetchRequest) async throws -> RawPage? {
///     RawPage(object.json, objectsAt: .object)  // or what the API says of it now, or nil where it is gone
///   }
/// }
/// ```
public protocol EventFetcher: RawFetcher {
  /// The objects of all kinds that an event is about; none where it is about nothing that is fetched.
  ///
  /// - Throws: what keeps the event from being understood.
  func objects(of event: RawEvent) throws -> [EventObject]

  /// Asks for an object as it is now.
  ///
  /// - Parameters:
  ///   - object: which one.
  ///   - request: its kind, with the settings of the selectors that it is for.
  /// - Returns: one page with the object, as ``RawFetcher/fetch(_:)`` would give it; nil where it is not there any more,
  ///   or is not what those settings ask for.
  /// - Throws: what kept it from being asked.
  func fetch(_ object: EventObject, for request: FetchRequest) async throws -> RawPage?
}

/// What an API sent to say that something has changed.
public struct RawEvent: Sendable, Hashable, Codable {
  /// The request's headers, with names in small letters.
  public var headers: [String: String]
  /// The request's body, as it came.
  public var body: [UInt8]

  /// Creates an event.
  public init(headers: [String: String] = [:], body: [UInt8]) {
    self.headers = headers
    self.body = body
  }
}

/// An object that an event is about.
public struct EventObject: Sendable, Hashable, Codable {
  /// Its kind.
  public var kind: String
  /// What tells it from others of its kind: events with the same key are about the same object.
  public var key: String
  /// The object as far as the event has it: a JSON object. An object that is gone is mapped from it.
  public var json: [UInt8]
  /// Whether the event says that it is gone.
  public var isDeleted: Bool

  /// Creates an object.
  public init(kind: String, key: String, json: [UInt8], isDeleted: Bool = false) {
    self.kind = kind
    self.key = key
    self.json = json
    self.isDeleted = isDeleted
  }
}
