import Testing

@testable import PortolanCatalog

@Suite struct EntityDocumentTests {
  private func written(_ desired: String, over stored: String?, merging: Bool) -> String {
    String(
      decoding: EntityDocument.written(
        Array(desired.utf8), over: stored.map { Array($0.utf8) }, merging: merging), as: UTF8.self)
  }

  private let stored = #"""
    {"identifier":"a","blueprint":"b","title":"T","icon":"I","team":["x"],"properties":{"p":1,"q":{"r":1}},"relations":{"s":"t"}}
    """#

  @Test func whatIsNewIsInASetOrder() {
    #expect(
      written(
        #"{ "properties": {"p": null}, "team": "x", "blueprint": "b", "identifier": 7 }"#, over: nil,
        merging: true)
        == #"{"identifier":"7","blueprint":"b","team":["x"],"properties":{"p":null},"relations":{}}"#)
    #expect(
      written(#"{"identifier":true,"blueprint":"b","team":null}"#, over: nil, merging: false)
        == #"{"identifier":"true","blueprint":"b","team":null,"properties":{},"relations":{}}"#)
  }

  @Test func mergingKeepsWhatIsNotNamed() {
    #expect(
      written(
        #"{"identifier":"a","blueprint":"b","icon":null,"properties":{"q":{"z":2},"n":3}}"#, over: stored,
        merging: true)
        == #"{"identifier":"a","blueprint":"b","title":"T","icon":null,"team":["x"],"#
        + #""properties":{"p":1,"q":{"z":2},"n":3},"relations":{"s":"t"}}"#)
  }

  @Test func otherwiseItGoes() {
    #expect(
      written(#"{"identifier":"a","blueprint":"b","properties":{"n":3}}"#, over: stored, merging: false)
        == #"{"identifier":"a","blueprint":"b","properties":{"n":3},"relations":{}}"#)
  }

  @Test("what was written is what is desired", arguments: [true, false])
  func writtenIsUnchanged(merging: Bool) {
    let desired =
      #"{"identifier":"a","blueprint":"b","title":null,"team":"y","properties":{"p":2.0},"relations":{"s":["u","t"]}}"#
    let result = EntityDocument.written(Array(desired.utf8), over: Array(stored.utf8), merging: merging)
    #expect(EntityComparison(merges: merging).changes(from: result, to: Array(desired.utf8)).isEmpty)
    #expect(EntityDocument.written(Array(desired.utf8), over: result, merging: merging) == result)
  }

  @Test func relationsAreTheTextsInThem() {
    let json =
      #"{"relations":{"one":"a","many":["b","c","b"],"none":null,"query":{"rules":[]},"mixed":[1,"d"],"empty":[]}}"#
    let relations = EntityDocument.relations(of: Array(json.utf8))
    #expect(relations.map(\.name) == ["one", "many", "mixed"])
    #expect(relations.map(\.identifiers) == [["a"], ["b", "c"], ["d"]])
    #expect(EntityDocument.relations(of: Array("{}".utf8)).isEmpty)
  }

  @Test func aBareEntityHasOnlyItsName() {
    #expect(
      String(decoding: EntityDocument.bare(EntityKey("b", "a\"")), as: UTF8.self)
        == #"{"identifier":"a\"","blueprint":"b","properties":{},"relations":{}}"#)
  }
}
