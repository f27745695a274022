import PortolanPort
import Testing

@Suite struct KafkaAccessTests {
  @Test("Port says whose the catalog is, and how its brokers are reached")
  func portSaysHowItsBrokersAreReached() async throws {
    let (organization, user, password) = try await FakePort().run { catalog, _ in
      let credentials = try await catalog.kafkaCredentials()
      return (try await catalog.organization(), credentials.user, credentials.password)
    }
    #expect(organization == PortOrganization(identifier: "org_1"))
    #expect(organization.resyncTopic == "org_1.change.log")
    #expect(user == "name" && password == "s3cret")
  }

  @Test("an organization may have a topic for these requests alone")
  func anOrganizationMayHaveATopicOfItsOwn() async throws {
    let state = FakePort.State(flags: ["OCEAN_KAFKA_INTEGRATION_RESYNC_REQUESTS_TOPIC_ENABLED"])
    let organization = try await FakePort(state).run { catalog, _ in try await catalog.organization() }
    #expect(organization.resyncTopic == "org_1.integration.resync.requests")
  }
}
