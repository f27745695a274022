import Portolan
import RawJSON
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite struct JSONEqualityTests {
  @Test func valuesAreTheSameIfAndOnlyIfTheSlowTwinSaysSo() {
    let seed = UInt64.random(in: 0..<1_000_000)
    var random = SeededRandom(seed: seed)
    var same = 0
    for round in 0..<6000 {
      let value = RandomValue(&random)
      let other = random.chance(2) ? value.changed(&random) : value
      let (first, second) = (value.json(&random), other.json(&random))
      let expected = value.normal == other.normal
      if expected { same += 1 }
      let found = JSONEquality.areEqual(
        JSONView(valid: Array(first.utf8)), JSONView(valid: Array(second.utf8)), numbers: .decimals)
      #expect(found == expected, "seed \(seed), round \(round): \(first) and \(second)")
    }
    #expect(same > 2000 && same < 5900)
  }

  @Test func entitiesChangeIfAndOnlyIfTheSlowTwinSaysSo() {
    let seed = UInt64.random(in: 0..<1_000_000)
    var random = SeededRandom(seed: seed)
    for round in 0..<2000 {
      let names = ["a", "b", "c"]
      let values = names.map { _ in RandomValue(&random) }
      let others = values.map { random.chance(2) ? $0.changed(&random) : $0 }
      let merges = random.chance(2)
      let named = names.indices.filter { _ in !random.chance(4) }
      let stored = RandomValue.object([("properties", .object(Array(zip(names, values))))])
      let desired = RandomValue.object([
        ("properties", .object(named.map { (names[$0], others[$0]) }))
      ])
      let changes = EntityComparison(merges: merges)
        .changes(from: Array(stored.json(&random).utf8), to: Array(desired.json(&random).utf8))
      let expected = names.indices.filter { index in
        if named.contains(index) { return values[index].normal != others[index].normal }
        return !merges && values[index].normal != "null"
      }
      #expect(
        Set(changes.map(\.field)) == Set(expected.map { "properties." + names[$0] }),
        "seed \(seed), round \(round)")
    }
  }

  @Test(
    "numbers are in the order of their values",
    arguments: [
      ("-1e400", "-1"), ("-1", "-0.5"), ("-0.5", "0"), ("0", "1e-999999999999999999999"),
      ("1e-999999999999999999999", "1e-999999999"), ("1e-999999999", "0.1"), ("0.1", "0.11"), ("0.11", "1"),
      ("1", "2"),
      ("9", "10"), ("9007199254740992", "9007199254740993"),
      ("9e999999999999999999", "1e1000000000000000001"),
      ("99e999999999999999999", "100e999999999999999999"),
      ("1e999999999999999998", "0.1e1000000000000000000"),
    ])
  func order(low: String, high: String) {
    let (low, high) = (JSONDecimal(low.utf8), JSONDecimal(high.utf8))
    #expect(low < high)
    #expect(!(high < low))
    #expect(low != high)
  }

  @Test(
    "exponents without end are read as they are",
    arguments: [
      ("1e999999999999999999", "10e999999999999999998"),
      ("1e1000000000000000000", "0.01e1000000000000000002"),
      ("1e1000000000000000000", "1000e999999999999999997"),
      ("100e-1000000000000000001", "1e-999999999999999999"),
      ("0e99999999999999999999", "-0"), ("1e0000000000000000000000001", "10"), ("1e-1", "0.10"),
    ])
  func exponents(first: String, second: String) {
    #expect(JSONDecimal(first.utf8) == JSONDecimal(second.utf8))
  }

  @Test func deeplyNestedValuesAreComparedToTheirEnd() {
    let (open, close) = (String(repeating: #"{"a":["#, count: 500), String(repeating: "]}", count: 500))
    func equal(_ first: String, _ second: String) -> Bool {
      JSONEquality.areEqual(
        JSONView(valid: Array((open + first + close).utf8)),
        JSONView(valid: Array((open + second + close).utf8)),
        numbers: .decimals)
    }
    #expect(equal("1", "1.0"))
    #expect(!equal("1", "2"))
  }
}
