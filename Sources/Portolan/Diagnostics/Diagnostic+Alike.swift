extension Diagnostic {
  /// How many findings that are like one are kept with it.
  static let alikeLimit = 100

  /// Counts findings that are like this one, keeps the first of them, and counts `unkept` more.
  mutating func count(_ others: some Sequence<Diagnostic>, and unkept: Int = 0) {
    for other in others {
      similar += 1
      keep(other)
    }
    similar += unkept
  }

  /// The finding and those that are like it, one after another: as many as were kept, the last of them with how many
  /// more there are.
  package var expanded: [Diagnostic] {
    var all = [self] + alike
    for place in all.indices {
      all[place].severity = severity
      all[place].similar = 0
    }
    all[0].dropAlike()
    all[all.count - 1].similar = similar - alike.count
    return all
  }
}
