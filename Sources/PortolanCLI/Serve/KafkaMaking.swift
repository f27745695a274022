import Logging
import Portolan
import PortolanCatalog
import PortolanEvents
import PortolanKafka
import PortolanPort
import PortolanService

/// Puts together what a service has to do with Kafka, as settings say.
struct KafkaMaking {
  let configuration: ServiceConfiguration
  let owner: Datasource
  let catalog: any CatalogSetup
  let health: HealthState
  let log: Logger

  /// What asks for resyncs where a topic says so.
  ///
  /// With Port, the topic, the name and the password come from there, unless they are set.
  ///
  /// - Throws: `UsageError` where something is not set, or Port does not answer.
  func listener() async throws(UsageError) -> @Sendable (ResyncLoop) async -> Void {
    let settings = try await settings(asksPort: true)
    let organization = try await organization()
    guard let topic = configuration.kafkaTopic ?? organization?.resyncTopic else {
      throw UsageError(
        "it is not known in which topic of Kafka resyncs are asked for",
        "set OCEAN__EVENT_LISTENER__TOPIC; with --to port, Port says which one it is")
    }
    let group = [organization?.identifier, owner.type, owner.identifier].compactMap(\.self).joined(
      separator: ".")
    log.info("resyncs are asked for in the topic \(topic) of \(settings), as the group \(group)")
    let listener = KafkaListener(
      settings, topic: topic, group: group, integration: owner.identifier, health: health, log: log)
    return { await listener.run($0) }
  }

  /// The queue of events in a topic.
  ///
  /// - Throws: `UsageError` where something is not set, or no broker answers.
  func queue(_ topic: String) async throws(UsageError) -> KafkaEventQueue {
    let settings = try await settings(asksPort: false)
    let options = KafkaEventQueue.Options(
      topic: topic, group: "portolan.\(owner.type).\(owner.identifier).events")
    do {
      return try await KafkaEventQueue.start(settings, options, health: health, log: log)
    } catch {
      throw UsageError(
        "events cannot be kept in Kafka: \(error)",
        "correct OCEAN__EVENT_LISTENER__BROKERS, or wait for the brokers")
    }
  }
}

extension KafkaMaking {
  private func organization() async throws(UsageError) -> PortOrganization? {
    guard let port = catalog as? PortCatalog else { return nil }
    do {
      return try await port.organization()
    } catch {
      throw UsageError(catalog: error)
    }
  }

  /// The brokers.
  ///
  /// - Parameter asksPort: whether the name and the password may be those that Port gives for its own brokers.
  /// - Returns: how they are spoken to.
  /// - Throws: `UsageError` where something is missing or wrong.
  private func settings(asksPort: Bool) async throws(UsageError) -> KafkaSettings {
    guard let brokers = configuration.brokers else {
      throw UsageError(
        "Kafka's brokers are not set",
        "set OCEAN__EVENT_LISTENER__BROKERS to host:port, several with commas between")
    }
    guard let security = KafkaSettings.SecurityProtocol(rawValue: configuration.securityProtocol) else {
      let all = KafkaSettings.SecurityProtocol.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError(
        "`\(configuration.securityProtocol)` is no way to speak to Kafka's brokers",
        "set OCEAN__EVENT_LISTENER__SECURITY_PROTOCOL to one of \(all)")
    }
    let hasUser = security == .saslSSL || security == .saslPlaintext
    let user = hasUser ? try await user(asksPort) : nil
    do {
      let settings = KafkaSettings(
        brokers: try KafkaSettings.brokers(in: brokers), securityProtocol: security,
        saslMechanism: hasUser ? configuration.authenticationMechanism : nil, user: user?.name,
        password: user?.password)
      try settings.check()
      return settings
    } catch {
      throw UsageError(
        "Kafka cannot be used with what is set: \(error)", "correct it; `portolan config` shows what holds")
    }
  }

  private func user(_ asksPort: Bool) async throws(UsageError) -> (name: String, password: String) {
    switch (configuration.kafkaUser, configuration.kafkaPassword) {
    case (let name?, let password?): return (name, password)
    case (nil, nil) where asksPort:
      guard let port = catalog as? PortCatalog else { break }
      do {
        let given = try await port.kafkaCredentials()
        return (given.user, given.password)
      } catch {
        throw UsageError(catalog: error)
      }
    default: break
    }
    throw UsageError(
      "Kafka's brokers ask for a name and a password, and not both are set",
      "set OCEAN__EVENT_LISTENER__USERNAME and OCEAN__EVENT_LISTENER__PASSWORD, or OCEAN__EVENT_LISTENER__KAFKA_SECURITY_ENABLED=false where they ask for none"
    )
  }
}
