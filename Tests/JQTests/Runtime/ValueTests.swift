import CLibJQ
import RawJSON
import Testing

@testable import JQ

@Suite("JSON to libjq's values and back")
struct ValueTests {
  @Test(
    "what goes in comes out",
    arguments: [
      "null", "true", "false", "0", "-1", "123456789012345", "-999999999999999", "1.5", "-0.25", "\"\"",
      "\"é😀\"",
      #""\"\\\n\u0000\u001f\u007f""#, "[]", "{}", "[[],[{}],null]", #"{"a":{"":[1,"2"]}}"#,
      "9007199254740991",
    ])
  func same(_ json: String) throws {
    #expect(try value(json).json == json)
  }

  @Test(
    "what is not kept as it was",
    arguments: [
      (" [ 1 , 2 ] ", "[1,2]"), ("1.0", "1"), ("1e2", "100"), ("0.10", "0.10"), (#""\u0061\/""#, "\"a/\""),
      (#"{"a":1,"b":2,"\u0061":3}"#, #"{"a":3,"b":2}"#), (#""\ud800""#, "\"\u{FFFD}\""),
    ])
  func normalised(_ json: String, _ expected: String) throws {
    // From 1.7 on libjq keeps a number's digits; the value is what counts.
    let found = try value(json).json
    #expect(found == expected || Double(found).map { $0 == Double(expected) } == true)
  }

  @Test("a thousand levels")
  func deep() throws {
    let levels = JSONScanner.maximumDepth
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
      let json = String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)
      #expect(try value(json).json == json)
    }
  }

  @Test("a result that is nested deeper than what is read is an error, not a crash", arguments: [1025, 3000])
  func tooDeep(_ levels: Int) throws {
    let machine = try JQMachine("reduce range(\(levels)) as $i (null; [.])")
    machine.start(try value("null"))
    guard case .value(let deep) = machine.next() else {
      Issue.record("no value")
      return
    }
    var output = Array("x".utf8)
    #expect(deep.write(into: &output) == false)
    #expect(output == Array("x".utf8))
    #expect(deep.json == "(a value nested too deeply)")
  }

  @Test("the value is what libjq's own parser makes of the bytes", arguments: 0..<12 as Range<UInt64>)
  func againstParser(_ batch: UInt64) throws {
    for seed in batch * 50..<batch * 50 + 50 {
      var generator = ValueGenerator(seed: seed)
      let json = generator.value(depth: 0)
      let mine = try value(json)
      let theirs = JQValue(consuming: jv_parse(json))
      #expect(jv_equal(mine.copied(), theirs.copied()) == 1, "seed \(seed): \(json)")
      #expect(mine.json == theirs.json, "seed \(seed): \(json)")
      let again = try value(mine.json)
      // An infinity is written as the largest double.
      if !json.contains("e400") {
        #expect(jv_equal(mine.copied(), again.copied()) == 1, "seed \(seed): \(json)")
      }
      #expect(again.json == mine.json, "seed \(seed): \(json)")
    }
  }
}
