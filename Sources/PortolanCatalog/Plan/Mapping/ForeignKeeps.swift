/// Which entities are as the mapping says and somebody else's: a small number for each entity of the catalog, once there
/// is one.
struct ForeignKeeps: Sendable {
  /// How many are told apart; all further ones are somebody's.
  private static let limit = 100

  /// By an entity's number in the snapshot: the place of who wrote it in ``names``, plus 1. 0 for all others.
  private var marks: [UInt8] = []
  private var names: [String] = []

  /// Notes of an entity who wrote it, or, with nil, that it is written.
  mutating func set(_ number: Int, _ datasource: String?) {
    guard let datasource else {
      if marks.indices.contains(number) { marks[number] = 0 }
      return
    }
    if marks.count <= number { marks += repeatElement(0, count: number + 1 - marks.count) }
    marks[number] = UInt8(clamping: place(datasource) + 1)
  }

  private mutating func place(_ datasource: String) -> Int {
    if let place = names.firstIndex(of: datasource) { return place }
    let name = names.count < Self.limit ? datasource : ""
    if let place = names.firstIndex(of: name) { return place }
    names.append(name)
    return names.count - 1
  }

  /// How many each has.
  var groups: [ForeignKeep] {
    var counts = Array(repeating: 0, count: names.count)
    for mark in marks where mark > 0 { counts[Int(mark) - 1] += 1 }
    return zip(names, counts).filter { $0.1 > 0 }.map { ForeignKeep($0, count: $1) }
      .sorted { ($1.count, $0.datasource) < ($0.count, $1.datasource) }
  }
}
