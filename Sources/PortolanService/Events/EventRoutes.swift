import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Portolan
import PortolanEvents

/// Where an API sends its events.
struct EventRoutes {
  /// How large a request may be: GitHub sends at most so much, and others less.
  static let largest = 25 << 20

  let door: EventDoor
  let metrics: MetricRegistry
  let log: Logger
  private let refusals = QuietLog(seconds: 60)

  /// Takes events at `path`, such as `/integration/webhook`.
  func add(to router: some RouterMethods<BasicRequestContext>, at path: String) {
    router.post(RouterPath(path), use: receive)
  }

  @Sendable private func receive(_ request: Request, _ context: BasicRequestContext) async throws -> Response
  {
    let start = ContinuousClock.now
    let body: [UInt8]
    do {
      var buffer = try await request.body.collect(upTo: Self.largest)
      body = buffer.readBytes(length: buffer.readableBytes) ?? []
    } catch is NIOTooManyBytesError {
      metrics.add(to: ServiceMetrics.received, "refused")
      return .json(.contentTooLarge) { $0.add("error", text: "an event has at most \(Self.largest) bytes") }
    }
    let answer = await door.receive(RawEvent(headers: Self.headers(request), body: body))
    metrics.add(to: ServiceMetrics.received, answer.word)
    metrics.observe(start.duration(to: .now) / .seconds(1), in: ServiceMetrics.answering)
    return response(answer)
  }

  private static func headers(_ request: Request) -> [String: String] {
    Dictionary(request.headers.map { ($0.name.canonicalName, $0.value) }) { "\($0), \($1)" }
  }

  private func response(_ answer: EventDoor.Answer) -> Response {
    switch answer {
    case .accepted, .duplicate, .ignored:
      return .json(.accepted) { $0.add("status", text: answer.word) }
    case .refused(let refusal):
      refusals.say { count in
        log.warning(
          "an event was refused: \(refusal)\(count > 0 ? " (and \(count) others in the last minute)" : "")")
      }
      return .json(.unauthorized) { $0.add("error", text: "the request is not seen to be genuine") }
    case .unavailable(let error):
      refusals.say { _ in log.error("events are not taken at the moment: \(error)") }
      var response = Response.json(.serviceUnavailable) {
        $0.add("error", text: "the event could not be kept; send it again")
      }
      response.headers[.retryAfter] = "30"
      return response
    }
  }
}

extension EventDoor.Answer {
  /// What it is called in an answer and in metrics.
  fileprivate var word: String {
    switch self {
    case .accepted: "accepted"
    case .duplicate: "duplicate"
    case .ignored: "ignored"
    case .refused: "refused"
    case .unavailable: "unavailable"
    }
  }
}
