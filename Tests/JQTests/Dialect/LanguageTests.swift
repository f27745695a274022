import Testing

@testable import JQ

@Suite("One language on every libjq")
struct LanguageTests {
  static let samples =
    LanguageSample.syntax + LanguageSample.errors + LanguageSample.updates + LanguageSample.streams
    + LanguageSample.texts + LanguageSample.patterns + LanguageSample.numbers

  @Test("a program gives what jq 1.8 gives", arguments: samples)
  func same(_ sample: LanguageSample) throws {
    let outcome = try run("[\(sample.program)\n]", on: sample.input)
    #expect(outcome == .value(try value(sample.expected).json), "\(sample.program)")
  }

  @Test("toarray, which jq 1.8 does not have, is there")
  func toarray() throws {
    #expect(try run("map(toarray)", on: "[1,[2],null]") == .value("[[1],[2],[null]]"))
  }

  @Test(
    "what 1.7 removed is named, with what to write instead",
    arguments: ["leaf_paths", "recurse_down", "pow10", "scalars_or_empty"])
  func removed(_ name: String) throws {
    let batch = JQBatch(
      [JQExpression(name), JQExpression("def \(name): 1; \(name)")], environment: JQEnvironment())
    #expect(batch.rejections[0]?.message.contains("write `") == true)
    #expect(batch.rejections[1] == nil)
  }

  @Test("a user's function of the same name is the user's")
  func ownFunctions() throws {
    let found = try run(["def trim: 1; trim", "def limit(a; b): 2; limit(1; 2)", "def add(f): f; add(3)"])
    #expect(found == [.value("1"), .value("2"), .value("3")])
  }
}
