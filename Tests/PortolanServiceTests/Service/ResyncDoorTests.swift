import Crypto
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import PortolanService

@Suite struct ResyncDoorTests {
  private static let secret = "a-resync-s3cret"
  private static let clientSecret = "ports-client-s3cret"

  /// The status of each request, and how many resyncs began.
  private func statuses(
    secret: String? = secret, clientSecret: String? = clientSecret, isOpen: Bool = false,
    _ requests: [(body: String, headers: [String: String])]
  ) async throws -> (statuses: [Int], bodies: [String], resyncs: [String], lines: [String]) {
    let bench = ServiceBench()
    let resyncs = HeldResyncs()
    let loop = resyncs.loop(.queue)
    let answers = AnswerList()
    try await bench.run {
      $0.pathPrefix = "/jira"
      $0.resyncDoor = try ResyncDoor(
        secret: secret, clientSecret: clientSecret, isOpen: isOpen, resync: loop, log: bench.lines.logger)
    } _: { client in
      for (body, headers) in requests {
        let answer = try await client.send(.post, "/resync", body, headers)
        await answers.add(answer.status, answer.body)
      }
    }
    resyncs.release()
    resyncs.release()
    await loop.waitForEnd()
    return (
      await answers.statuses, await answers.bodies, resyncs.events.filter { $0.hasPrefix("+") },
      bench.lines.all
    )
  }

  private static func signed(
    _ body: String, by secret: String = clientSecret, at time: Double = Date().timeIntervalSince1970
  ) -> [String: String] {
    let stamp = "\(Int(time * 1000))"
    let code = HMAC<SHA256>.authenticationCode(
      for: Array("\(stamp).\(body)".utf8), using: SymmetricKey(data: Array(secret.utf8)))
    return ["x-port-timestamp": stamp, "x-port-signature": "v1,\(Data(code).base64EncodedString())"]
  }

  @Test func takesItsSecretAndPortsSignature() async throws {
    let found = try await statuses([
      ("", ["authorization": "Bearer \(Self.secret)"]), ("{}", Self.signed("{}")),
    ])
    #expect(found.statuses == [202, 202])
    #expect(
      found.bodies == [
        #"{"status":"it begins"}"#, #"{"status":"it begins when the one that runs has ended"}"#,
      ])
    #expect(found.resyncs.count == 2)
    #expect(found.lines.first == "a resync was asked for at /resync: it begins")
  }

  @Test func refusesWhatIsForged() async throws {
    let found = try await statuses([
      ("", [:]), ("", ["authorization": "Bearer guess"]), ("", ["authorization": Self.secret]),
      ("{}", Self.signed("{}", by: "guess")), ("{ }", Self.signed("{}")),
      ("{}", Self.signed("{}", at: Date().timeIntervalSince1970 - 86_400)),
      ("{}", Self.signed("{}", by: Self.secret)),
      ("", ["authorization": "Bearer \(Self.clientSecret)"]),
    ])
    #expect(found.statuses == Array(repeating: 401, count: 8))
    #expect(Set(found.bodies) == [#"{"error":"the request is not seen to be genuine"}"#])
    #expect(found.resyncs.isEmpty && found.lines.count == 1)
  }

  @Test func takesAllWhereItIsOpen() async throws {
    let found = try await statuses(secret: nil, clientSecret: nil, isOpen: true, [("", [:])])
    #expect(found.statuses == [202] && found.resyncs.count == 1)
  }

  @Test func refusesAllWhereThereIsNoSecret() async throws {
    #expect(try await statuses(secret: nil, clientSecret: nil, [("", [:])]).statuses == [401])
  }

  @Test func tellsNothingOfWhatIsTooLarge() async throws {
    let found = try await statuses([(String(repeating: "x", count: 2 << 20), [:])])
    #expect(found.statuses == [413])
    #expect(
      found.bodies == [#"{"error":"Content Too Large"}"#]
        || found.bodies == [#"{"error":"Payload Too Large"}"#])
  }
}

/// What was answered, in its order.
private actor AnswerList {
  var statuses: [Int] = []
  var bodies: [String] = []

  func add(_ status: Int, _ body: String) {
    statuses.append(status)
    bodies.append(body)
  }
}
