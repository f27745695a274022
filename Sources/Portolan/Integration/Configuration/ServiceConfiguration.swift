import RawJSON

/// What a user has set for an integration that runs as a service: what asks it to resync, and how often it does so by
/// itself; by the conventions of Ocean's users and from the same places as ``IntegrationConfiguration``.
///
/// ```swift
/// let configuration = ServiceConfiguration.load(in: ".", environment: ["OCEAN__EVENT_LISTENER__TYPE": "ONCE"])
/// print(configuration.listener)
/// ```
public struct ServiceConfiguration: Sendable {
  /// What asks an integration to resync.
  public enum Listener: String, Sendable, Hashable, CaseIterable {
    /// It resyncs when it starts and when the catalog says so, and takes live events.
    case polling = "POLLING"
    /// It resyncs once, and ends.
    case once = "ONCE"
    /// Port sends a request to `/resync`.
    case webhook = "WEBHOOK"
    /// Port writes to a topic of Kafka.
    case kafka = "KAFKA"
    /// It only takes live events.
    case webhooksOnly = "WEBHOOKS_ONLY"
  }

  /// What becomes of a resync that is asked for while one runs.
  public enum ResyncPolicy: String, Sendable, Hashable, CaseIterable {
    /// The one that runs is ended.
    case replace
    /// It waits for the end of the one that runs.
    case queue
  }

  /// What is said elsewhere, instead of what is set.
  private var chosen: Listener?
  private let listening: IntegrationConfiguration
  private let running: IntegrationConfiguration

  /// What holds in a folder.
  ///
  /// - Parameters:
  ///   - folder: the one that holds `.port`, where `.env` and `config.yaml` are looked for.
  ///   - environment: the process's variables, or those of them that may be used.
  /// - Returns: always one; what is wrong is in its ``diagnostics``.
  public static func load(in folder: String, environment: [String: String]) -> ServiceConfiguration {
    func load(_ spec: [IntegrationSpec.Configuration], _ section: ConfigurationSection)
      -> IntegrationConfiguration
    {
      ConfigurationJudge(
        IntegrationSpec(kinds: [], configurations: spec),
        ConfigurationSources(folder: folder, environment: environment, section: section)
      ).judge()
    }
    return ServiceConfiguration(
      listening: load(listenerSettings, .listener), running: load(serviceSettings, .service))
  }

  // MARK: Listening

  /// What asks it to resync.
  public var listener: Listener {
    get { chosen ?? listening["type"]?.text.flatMap { Listener(rawValue: $0) } ?? .polling }
    set { chosen = newValue }
  }
  /// Whether it resyncs when it starts: by default where it polls, and with ``Listener/once``.
  public var resyncsOnStart: Bool {
    listening["resyncOnStart"].map { $0.json == "true" } ?? (listener == .polling || listener == .once)
  }
  /// How many seconds are between two questions to the catalog.
  public var pollingInterval: Double { Self.number("interval", listening) ?? 60 }
  /// The secret that a request to `/resync` has to know besides Port's own signature; nil where none is set.
  public var resyncSecret: String? { listening["secret"]?.text }
  /// The brokers of Kafka, as `host:9092,host:9092` or a JSON array; nil where none is set.
  public var brokers: String? { listening["brokers"]?.text ?? listening["brokers"]?.json }
  /// How a broker is spoken to: `SASL_SSL`, `PLAINTEXT`, …
  public var securityProtocol: String {
    isKafkaSecured ? listening["securityProtocol"]?.text ?? "SASL_SSL" : "PLAINTEXT"
  }
  /// How one is known to a broker.
  public var authenticationMechanism: String {
    listening["authenticationMechanism"]?.text ?? "SCRAM-SHA-512"
  }
  /// Whether brokers ask for a name and a password.
  public var isKafkaSecured: Bool { listening["kafkaSecurityEnabled"]?.json != "false" }
  /// The name for a broker; nil for what Port gives.
  public var kafkaUser: String? { listening["username"]?.text }
  /// The password for a broker; nil for what Port gives.
  public var kafkaPassword: String? { listening["password"]?.text }
  /// Another topic than that of Port's organization.
  public var kafkaTopic: String? { listening["topic"]?.text }

  // MARK: Running

  /// How many seconds are between two resyncs that it begins by itself; nil where it begins none.
  public var resyncInterval: Double? {
    Self.number("scheduledResyncInterval", running).flatMap { $0 > 0 ? $0 * 60 : nil }
  }
  /// What becomes of a resync that is asked for while one runs.
  public var resyncPolicy: ResyncPolicy {
    running["resyncPolicy"]?.text.flatMap { ResyncPolicy(rawValue: $0) } ?? .replace
  }
  /// How the service is called from outside: `https://portolan.example.com`; nil where it is not.
  public var baseURL: String? {
    running["baseUrl"]?.text.map { url in String(url.reversed().drop { $0 == "/" }.reversed()) }
  }
  /// What stands before every path, as `/jira`; empty for nothing.
  public var pathPrefix: String {
    let parts = (running["pathPrefix"]?.text ?? "").split(separator: "/")
    return parts.isEmpty ? "" : "/" + parts.joined(separator: "/")
  }
  /// How many objects of events are worked on at the same time.
  public var eventWorkers: Int { Self.number("eventWorkersCount", running).map { Int($0) } ?? 8 }
  /// For how many seconds one object of an event may be worked on.
  public var eventTimeLimit: Double { Self.number("maxEventProcessingSeconds", running) ?? 90 }
  /// How many seconds what is under way has when the service is to end.
  public var grace: Double { Self.number("maxWaitSecondsBeforeShutdown", running) ?? 20 }

  /// Everything that is wrong or doubtful.
  public var diagnostics: [Diagnostic] {
    listening.diagnostics + running.diagnostics.filter { !listening.diagnostics.contains($0) }
      + (listening.settings + running.settings).compactMap(Self.rangeProblem)
  }

  /// The values that nothing may show.
  public var secrets: [String] { listening.secrets + running.secrets }

  /// Each setting, by its path in a `config.yaml`, with what it is and the variable that sets it.
  package var rows: [(setting: IntegrationConfiguration.Setting, description: String?, variable: String)] {
    zip(listening.settings, Self.listenerSettings).map { setting, known in
      var shown = setting
      shown.name = "eventListener.\(known.name)"
      return (shown, known.description, ConfigurationSection.listener.variable(for: known.name))
    }
      + zip(running.settings, Self.serviceSettings).map {
        ($0, $1.description, ConfigurationSection.service.variable(for: $0.name))
      }
  }

}

// MARK: Numbers

extension ServiceConfiguration {
  /// From where to where numbers go: none makes a service that asks without a pause, or never ends.
  private static let ranges: [String: ClosedRange<Int>] = [
    "interval": 1...86_400, "scheduledResyncInterval": 0...525_600, "eventWorkersCount": 1...256,
    "maxEventProcessingSeconds": 1...86_400, "maxWaitSecondsBeforeShutdown": 0...3600,
  ]

  /// A number that is set and may be; nil for any other.
  private static func number(_ name: String, _ settings: IntegrationConfiguration) -> Double? {
    guard let number = settings[name].flatMap({ Double($0.json) }), isInRange(number, name) else {
      return nil
    }
    return number
  }

  private static func isInRange(_ number: Double, _ name: String) -> Bool {
    guard let range = ranges[name] else { return true }
    return number >= Double(range.lowerBound) && number <= Double(range.upperBound)
  }

  /// What is wrong with a number that may not be.
  private static func rangeProblem(_ setting: IntegrationConfiguration.Setting) -> Diagnostic? {
    guard let range = ranges[setting.name], let json = setting.json, let number = Double(json),
      !isInRange(number, setting.name)
    else { return nil }
    var spelling = setting.name
    var location: SourceLocation?
    switch setting.origin {
    case .environment(let variable): spelling = variable
    case .file(let place): location = place
    case .standard, .missing: break
    }
    return Diagnostic(
      .error, .wrongConfiguration, "`\(spelling)` is \(json), which is not allowed",
      help: "write a number from \(range.lowerBound) to \(range.upperBound)", at: location)
  }
}

// MARK: What can be set

extension ServiceConfiguration {
  private typealias Setting = IntegrationSpec.Configuration

  /// The names of what can be set at the top of a `config.yaml`.
  static var names: [String] { serviceSettings.map(\.name) }

  private static let listenerSettings = [
    Setting(
      name: "type", defaultJSON: "\"POLLING\"", allowedValues: Listener.allCases.map { "\"\($0.rawValue)\"" },
      description: "What asks the integration to resync"),
    Setting(name: "resyncOnStart", type: "boolean", description: "Whether it resyncs when it starts"),
    Setting(
      name: "interval", type: "integer", defaultJSON: "60",
      description: "Seconds between two questions to the catalog, with POLLING"),
    Setting(
      name: "secret", sensitive: true,
      description: "What a request to /resync knows, in the header Authorization: Bearer, with WEBHOOK"),
    Setting(name: "brokers", description: "Kafka's brokers, with commas between, with KAFKA"),
    Setting(name: "topic", description: "The topic of resync requests, with KAFKA"),
    Setting(
      name: "securityProtocol", defaultJSON: "\"SASL_SSL\"", description: "How brokers are spoken to"),
    Setting(
      name: "authenticationMechanism", defaultJSON: "\"SCRAM-SHA-512\"",
      description: "How one is known to a broker"),
    Setting(
      name: "kafkaSecurityEnabled", type: "boolean", defaultJSON: "true",
      description: "Whether brokers ask for a name and a password"),
    Setting(name: "username", description: "The name for a broker"),
    Setting(name: "password", sensitive: true, description: "The password for a broker"),
  ]

  private static let serviceSettings = [
    Setting(
      name: "scheduledResyncInterval", type: "integer",
      description: "Minutes between two resyncs that it begins by itself"),
    Setting(
      name: "resyncPolicy", defaultJSON: "\"replace\"",
      allowedValues: ResyncPolicy.allCases.map { "\"\($0.rawValue)\"" },
      description: "What a resync that is asked for does to one that runs"),
    Setting(name: "baseUrl", type: "url", description: "How the service is called from outside"),
    Setting(name: "pathPrefix", description: "What stands before every path of the service"),
    Setting(
      name: "eventWorkersCount", type: "integer", defaultJSON: "8",
      description: "How many objects of events are worked on at the same time"),
    Setting(
      name: "maxEventProcessingSeconds", type: "integer", defaultJSON: "90",
      description: "Seconds that one object of an event may take"),
    Setting(
      name: "maxWaitSecondsBeforeShutdown", type: "integer", defaultJSON: "20",
      description: "Seconds that what is under way has when the service is to end"),
  ]
}
