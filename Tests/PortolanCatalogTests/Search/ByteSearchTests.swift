import TestSupport
import Testing

@testable import PortolanCatalog

@Suite struct ByteSearchTests {
  @Test func bytesAreFoundWhereTheSlowTwinFindsThem() {
    let seed = UInt64.random(in: 0..<1_000_000)
    var random = SeededRandom(seed: seed)
    func bytes(_ most: Int) -> [UInt8] {
      (0..<Int.random(in: 0...most, using: &random)).map { _ in UInt8.random(in: 0..<2, using: &random) }
    }
    for round in 0..<5000 {
      let (pattern, text) = (bytes(6), bytes(24))
      let isThere = pattern.isEmpty || text.indices.contains { text[$0...].starts(with: pattern) }
      #expect(
        ByteSearch(pattern).isFound(in: text) == isThere,
        "seed \(seed), round \(round): \(pattern) in \(text)")
    }
  }

  @Test func noTextsTakeLong() {
    let search = ByteSearch(Array(repeating: 1, count: 500_000) + [2])
    var isFound = true
    let time = processorTime { isFound = search.isFound(in: Array(repeating: 1, count: 1_000_000)) }
    #expect(!isFound)
    #expect(time < .seconds(5))
  }
}
