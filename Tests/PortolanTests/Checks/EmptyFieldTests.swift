import Testing

@testable import Portolan

@Suite("Fields that are null for every item")
struct EmptyFieldTests {
  private let objects =
    #"[{"id": "a", "fields": {"summary": "s", "list": [{"name": 1}]}}, {"id": "b", "fields": {}}]"#

  private func found(_ expression: String, _ objects: String? = nil, port: String = "") async throws
    -> [Diagnostic]
  {
    let yaml = resource(
      "identifier: .id\nblueprint: '\"thing\"'\nproperties:\n  p: \(expression)", port: port)
    return try await checks(yaml, ["thing": objects ?? self.objects]).filter { $0.rule == .absentKey }
  }

  @Test(
    "the key that none has, and the nearest one that they do have",
    arguments: [
      (".fields.sumary", "`.fields.sumary` is in none of 2 objects; they have `.fields.summary`"),
      (".field.summary", "`.field` is in none of 2 objects; they have `.fields`"),
      (".fields.sumary | length", "they have `.fields.summary`"),
      (".nowhere // .fields.sumary", "they have `.fields.summary`"),
      (
        "'[.fields.list[]?.nam | values] | first'",
        "`.fields.list[].nam` is not in the one object there; it has `.fields.list[].name`"
      ),
      (".nowhere", "`.nowhere` is in none of 2 objects"),
    ])
  func absent(expression: String, message: String) async throws {
    let found = try await found(expression)
    #expect(found.count == 1)
    #expect(found.first?.message.hasSuffix(message) == true, "\(found)")
    #expect(found.first?.location?.line == 9)
  }

  @Test(
    "nothing is said of a key that is there, a constant, or a field that has a value once",
    arguments: [".null", ".fields.summary", "'null'", ".fields.list[0].nope?.more // .id"])
  func present(expression: String) async throws {
    let objects = self.objects.replacing(#""id": "a","#, with: #""id": "a", "null": null,"#)
    #expect(try await found(expression, objects).isEmpty)
  }

  @Test("one object is too few to say so, unless it has a key that is like it")
  func single() async throws {
    #expect(try await found(".nothing", #"{"id": "a", "summary": 1}"#).isEmpty)
    #expect(try await found(".sumary", #"{"id": "a", "summary": 1}"#).count == 1)
  }

  @Test("only items that passed count, as itemsToParse made them")
  func items() async throws {
    let objects = #"{"id": "a", "list": [{"name": 1}, {"name": 2}]}"#
    let found = try await found(".item.nam", objects, port: "itemsToParse: .list")
    #expect(
      found.first?.message.hasSuffix("`.item.nam` is in none of 2 objects; they have `.item.name`") == true)
  }

  @Test("several fields that read the same absent key are one finding")
  func shared() async throws {
    let yaml = things("properties:\n  p: .none.a\n  q: .none.b\n  r: .none")
    let found = try await checks(yaml, ["thing": objects])
    #expect(found.map(\.rule) == [.absentKey])
    #expect(found.first?.similar == 2)
    #expect(found.first?.help == "they have `id`, `fields`; fix the path, or add a fixture that has the key")
  }
}
