/// What an expression may give, as far as it matters where in the input it comes from.
///
/// It stands for every value that each of its parts allows. A number, a string, a boolean or null that the
/// expression made is no part: what it was made of has been read.
struct AbstractValue: Sendable, Hashable {
  /// The kinds of containers that may be among the values, apart from those at `paths`.
  struct Containers: OptionSet, Sendable, Hashable {
    let rawValue: Int

    /// Containers whose whole content has been read already.
    static let read = Containers(rawValue: 1)

    /// Arrays that the expression made, with `rest` as their elements.
    static let arrays = Containers(rawValue: 2)

    /// Objects that the expression made, with `members`, and with `rest` under any other name.
    static let objects = Containers(rawValue: 4)
  }

  /// Where in the input the values are that may be given unchanged.
  let paths: Set<ReadPath>
  let containers: Containers
  let members: [String: AbstractValue]
  /// None or one: what made arrays hold, and made objects under names that are not in `members`.
  let rest: [AbstractValue]
  /// How much there is to walk, every way to a part counted.
  let weight: Int

  /// Numbers, strings, booleans, null, or nothing at all.
  static let scalar = AbstractValue()

  /// Any value that tells nothing that has not been read already.
  static let opaque = AbstractValue(containers: .read)

  /// The input itself.
  static let input = AbstractValue(paths: [.root])

  static func array(of elements: AbstractValue) -> AbstractValue {
    AbstractValue(containers: .arrays, rest: [elements])
  }

  init(
    paths: Set<ReadPath> = [], containers: Containers = [], members: [String: AbstractValue] = [:],
    rest: [AbstractValue] = []
  ) {
    self.paths = paths
    self.containers = containers
    self.members = members
    self.rest = rest
    let inside = members.values.reduce(rest.first?.weight ?? 0) { Self.sum($0, $1.weight) }
    weight = Self.sum(inside, paths.count + 1)
  }

  /// The sum, held far below what could overflow.
  private static func sum(_ first: Int, _ second: Int) -> Int {
    min(first + second, 1 << 30)
  }

  /// Whether it is certainly no array and no object.
  var isScalar: Bool { paths.isEmpty && containers.isEmpty }

  /// The values of both.
  func union(_ other: AbstractValue) -> AbstractValue {
    if self == other { return self }
    // Where only one side knows a name, the other's object may hold it under `rest`, which stays.
    let members = members.merging(other.members) { $0.union($1) }
    let rest =
      self.rest.isEmpty ? other.rest : other.rest.isEmpty ? self.rest : [self.rest[0].union(other.rest[0])]
    return AbstractValue(
      paths: paths.union(other.paths), containers: containers.union(other.containers), members: members,
      rest: rest)
  }
}
