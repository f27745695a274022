import Portolan
import Testing

@testable import PortolanCatalog

@Suite("What a sync asks of a catalog before it deletes")
struct PlannedDeletionTests {
  @Test("A planner names those that go with what is deleted")
  func namedDependents() async throws {
    let catalog = MemoryCatalog(["service": ["on": "service"]])
    let owned = EntityKey("service", "owned")
    catalog.put(owned, #"{"identifier":"owned","blueprint":"service"}"#, by: planOwner.description)
    for number in 0..<9 {
      catalog.put(
        EntityKey("service", "other\(number)"),
        #"{"identifier":"other\#(number)","blueprint":"service","relations":{"on":["owned"]}}"#,
        by: "somebody")
    }
    var config = ConfigText(resources: [.init("item", makes: "thing")])
    config.settings = ["deleteDependentEntities: true", "entityDeletionThreshold: 1"]
    let plan = try await plan(config, [:], catalog)
    for number in 0..<9 {
      #expect(try SyncWork(file: plan.file).isDependent(EntityKey("service", "other\(number)")))
    }
    #expect(try await plan.apply(to: catalog).result.deleted == 1)
  }

  @Test("Where the catalog does not say whose an entity is, all that are owned are asked for")
  func ownersThatAreNotSaid() async throws {
    let catalog = MemoryCatalog()
    let key = EntityKey("thing", "a")
    catalog.put(key, #"{"identifier":"a","blueprint":"thing"}"#, by: planOwner.description)
    var config = ConfigText(resources: [.init("item", makes: "thing")])
    config.settings = ["entityDeletionThreshold: 1"]
    let plan = try await plan(config, [:], catalog)
    catalog.put(key, #"{"identifier":"a","blueprint":"thing"}"#, by: nil)
    let error = await #expect(throws: CatalogError.self) { try await plan.apply(to: catalog) }
    #expect(error?.kind == .stale && error?.message.contains("thing/a is not owned any more") == true)
  }
}
