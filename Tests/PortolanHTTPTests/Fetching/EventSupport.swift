import Foundation
import RawJSON
import Testing

@testable import Portolan
@testable import PortolanHTTP

extension RawEvent {
  /// The event in a file of `Tests/Events`: `jira/issue-created`.
  static func sample(_ name: String, headers: [String: String] = [:]) throws -> RawEvent {
    RawEvent(headers: headers, body: Array(try Data(contentsOf: URL(filePath: "Tests/Events/\(name).json"))))
  }

  static func json(_ text: String) -> RawEvent { RawEvent(body: Array(text.utf8)) }
}

extension EventObject {
  /// A member of the object, as text.
  func text(_ key: String) -> String? {
    JSONView(valid: json)[key].map { $0.text ?? $0.json }
  }

  /// What an event says of it, for comparison: `issue 10214`, `issue 10214 deleted`.
  var summary: String { "\(kind) \(key)" + (isDeleted ? " deleted" : "") }
}

extension EventFetcher {
  /// The one object of an event, as it is now.
  func object(
    of event: RawEvent, _ kind: String, selector: String = "{}"
  ) async throws -> JSONView? {
    let object = try #require(try objects(of: event).first { $0.kind == kind })
    let page = try await fetch(object, for: FetchRequest(kind: kind, selector: selector))
    var objects: [JSONView] = []
    page?.forEachObject { objects.append(JSONView(valid: $0.json)) }
    #expect(objects.count == (page == nil ? 0 : 1))
    return objects.first
  }
}

extension JSONView {
  /// A member as text, `-` where there is none.
  func text(_ key: String) -> String { self[key].map { $0.text ?? $0.json } ?? "-" }
}
