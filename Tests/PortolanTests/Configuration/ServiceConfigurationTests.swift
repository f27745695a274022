import Foundation
import Portolan
import TestSupport
import Testing

@Suite("What is set for a service")
struct ServiceConfigurationTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(_ environment: [String: String] = [:]) -> ServiceConfiguration {
    .load(in: folder.path, environment: environment)
  }

  @Test("nothing set: Ocean's defaults")
  func nothing() {
    let found = load()
    #expect(found.diagnostics.isEmpty && found.secrets.isEmpty)
    #expect(found.listener == .polling && found.resyncsOnStart && found.pollingInterval == 60)
    #expect(found.resyncInterval == nil && found.resyncPolicy == .replace && found.resyncSecret == nil)
    #expect(found.baseURL == nil && found.pathPrefix.isEmpty)
    #expect(found.eventWorkers == 8 && found.eventTimeLimit == 90 && found.grace == 20)
    #expect(found.isKafkaSecured && found.securityProtocol == "SASL_SSL")
    #expect(found.authenticationMechanism == "SCRAM-SHA-512" && found.brokers == nil)
  }

  @Test("the environment comes before .env, and .env before config.yaml")
  func precedence() throws {
    try folder.write(
      "config.yaml",
      """
      eventListener: {type: WEBHOOK, secret: "{{ from env ASK }}", interval: 10, resyncOnStart: true}
      scheduledResyncInterval: 90
      resyncPolicy: queue
      baseUrl: https://portolan.example.com/
      pathPrefix: jira/
      eventWorkersCount: 3
      """)
    try folder.write(
      ".env", "OCEAN__EVENT_LISTENER__INTERVAL=20\nOCEAN__EVENT_WORKERS_COUNT=4\nASK=secret-of-env\n")
    let found = load(["OCEAN__EVENT_WORKERS_COUNT": "5"])
    #expect(found.diagnostics.isEmpty)
    #expect(found.listener == .webhook && found.resyncSecret == "secret-of-env" && found.resyncsOnStart)
    #expect(found.secrets == ["secret-of-env"])
    #expect(found.pollingInterval == 20 && found.eventWorkers == 5)
    #expect(found.resyncInterval == 5400 && found.resyncPolicy == .queue)
    #expect(found.baseURL == "https://portolan.example.com" && found.pathPrefix == "/jira")
  }

  @Test("a whole block is JSON, and a variable of one setting comes before it")
  func block() {
    var found = load(["OCEAN__EVENT_LISTENER": #"{"type":"ONCE"}"#])
    #expect(found.listener == .once && found.resyncsOnStart && found.diagnostics.isEmpty)
    found = load([
      "OCEAN__EVENT_LISTENER":
        #"{"type": "KAFKA", "brokers": "a:9092,b:9092", "kafkaSecurityEnabled": false}"#
    ])
    #expect(found.listener == .kafka && !found.resyncsOnStart)
    #expect(found.brokers == "a:9092,b:9092")
    #expect(!found.isKafkaSecured && found.securityProtocol == "PLAINTEXT")
    found = load([
      "OCEAN__EVENT_LISTENER": #"{"type": "POLLING", "interval": 3}"#, "OCEAN__EVENT_LISTENER__INTERVAL": "7",
    ])
    #expect(found.pollingInterval == 7)
  }

  @Test(
    "only polling and once resync at the start, unless something else is set",
    arguments: ServiceConfiguration.Listener.allCases)
  func start(listener: ServiceConfiguration.Listener) {
    let type = ["OCEAN__EVENT_LISTENER__TYPE": listener.rawValue]
    #expect(load(type).resyncsOnStart == (listener == .polling || listener == .once))
    for isOn in [true, false] {
      let set = type.merging(["OCEAN__EVENT_LISTENER__RESYNC_ON_START": "\(isOn)"]) { $1 }
      #expect(load(set).resyncsOnStart == isOn)
    }
  }

  @Test("a value that is none is an error, which names what may be written, and the default holds")
  func wrong() throws {
    try folder.write(
      "config.yaml", "eventListener: {type: POLING}\nresyncPolicy: both\nscheduledResyncInterval: often\n")
    let found = load(["OCEAN__BASE_URL": "nonsense"])
    #expect(found.listener == .polling && found.resyncPolicy == .replace && found.resyncInterval == nil)
    #expect(found.baseURL == nil)
    #expect(found.diagnostics.count == 4)
    #expect(found.diagnostics.allSatisfy { $0.severity == .error && $0.rule == .wrongConfiguration })
    let listener = found.diagnostics.first { $0.message.contains("POLING") }
    #expect(listener?.help?.contains("\"WEBHOOKS_ONLY\"") == true && listener?.location?.line == 1)
  }

  @Test(
    "a number out of bounds is an error, and the default holds",
    arguments: [
      ("OCEAN__EVENT_LISTENER__INTERVAL", "0"), ("OCEAN__EVENT_LISTENER__INTERVAL", "-5"),
      ("OCEAN__SCHEDULED_RESYNC_INTERVAL", "-1"), ("OCEAN__EVENT_WORKERS_COUNT", "99999999999999999999"),
      ("OCEAN__MAX_EVENT_PROCESSING_SECONDS", "0"),
      ("OCEAN__MAX_WAIT_SECONDS_BEFORE_SHUTDOWN", "1000000000000"),
    ])
  func bounds(variable: String, value: String) {
    let found = load([variable: value])
    #expect(found.pollingInterval == 60 && found.resyncInterval == nil && found.eventWorkers == 8)
    #expect(found.eventTimeLimit == 90 && found.grace == 20)
    let problem = found.diagnostics.first
    #expect(found.diagnostics.count == 1 && problem?.severity == .error)
    #expect(problem?.message.contains("`\(variable)` is ") == true)
  }

  @Test("a schedule of 0 minutes is none")
  func noSchedule() {
    let found = load(["OCEAN__SCHEDULED_RESYNC_INTERVAL": "0"])
    #expect(found.resyncInterval == nil && found.diagnostics.isEmpty)
  }

  @Test("no message shows a secret, and one in a file that is committed is warned of")
  func secrets() throws {
    try folder.write(
      "config.yaml", "eventListener: {type: WEBHOOK, secret: s3cr3t-Value, password: 0th3r-Value}")
    let found = load()
    #expect(found.secrets == ["s3cr3t-Value", "0th3r-Value"])
    #expect(found.diagnostics.filter { $0.rule == .exposedSecret }.count == 2)
    let text = found.diagnostics.map(\.description).joined()
    #expect(!text.contains("3cr3t") && !text.contains("0th3r"))
  }
}
