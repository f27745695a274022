import Foundation
import Portolan
import Testing

@Suite("An entity as a value of one's own type")
struct DecodedEntityTests {
  private struct Service: Decodable, Equatable {
    struct Properties: Decodable, Equatable {
      var size: Int64
      var price: Decimal
      var note: String?
    }
    var identifier: String
    var properties: Properties
  }

  private struct Titled: Decodable {
    var title: String
  }

  private func entity(_ object: String) throws -> Entity {
    let yaml = """
      resources:
        - kind: service
          port:
            entity:
              mappings:
                identifier: .name
                blueprint: '"service"'
                properties: {size: .size, price: .price, note: .note}
      """
    let mapping = CompiledMapping(try PortAppConfig(yaml: Array(yaml.utf8), file: "config.yml"))
    return try #require(mapping.map(object: Array(object.utf8), kind: "service").first { _ in true })
  }

  @Test("numbers keep their digits, and null is nil")
  func decoded() throws {
    let entity = try entity(
      #"{"name":"a","size":9007199254740993,"price":12345678901234567.125,"note":null}"#)
    let price = try #require(Decimal(string: "12345678901234567.125"))
    let expected = Service(
      identifier: "a", properties: .init(size: 9_007_199_254_740_993, price: price, note: nil))
    #expect(try entity.decode(Service.self) == expected)
    let inferred: Service = try entity.decode()
    #expect(inferred == expected)
  }

  @Test("a key that is missing, and a value of another type, throw")
  func missing() throws {
    let entity = try entity(#"{"name":"a","size":"large","price":1}"#)
    #expect(throws: DecodingError.self) { try entity.decode(Titled.self) }
    #expect(throws: DecodingError.self) { try entity.decode(Service.self) }
  }
}
