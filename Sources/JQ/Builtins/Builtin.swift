import RawJSON

/// What is known of one of jq's own functions: a row of ``Builtins``.
///
/// A fact that a row does not state is the one that is safe to assume: the function reads everything, may take
/// any time and memory, gives any kind of value and is evaluated by libjq alone.
package struct Builtin: Sendable {
  /// Its name and the number of its arguments.
  package let signature: Signature
  /// What to write instead of a function that jq 1.7 removed; nil for one that jq has.
  package private(set) var replacement: String?
  /// The definition that gives an older libjq the function as jq 1.8 means it, nil where each has it so.
  private(set) var definition: Definition?
  /// The definition that shuts its door to the outside world, nil where it has none.
  private(set) var closing: String?

  /// What it reads of its input, where that is known more closely than "all of it".
  private(set) var reads: Reading?
  /// What it takes its arguments for.
  private(set) var arguments = ArgumentUse.unknown
  /// What evaluating it may take, nil where no bound is known.
  private(set) var cost: Cost?
  /// What it takes besides, in nanoseconds for the bytes of its input, nil where `cost` is all.
  private(set) var work: Growth?
  /// The pattern that it searches, nil where it searches none.
  package private(set) var search: Search?
  /// The kind of every value that it gives, null aside; nil where that depends.
  package private(set) var kind: JSONKind?
  /// How it is evaluated without libjq, nil where it is not.
  private(set) var native: NativeForm?
  /// What else is true of it.
  private(set) var traits: Traits = []

  /// The row of the function `name` with so many arguments, of which no fact is stated yet.
  init(_ name: String, _ arity: Int) {
    signature = Signature(name, arity)
  }

  /// Whether it picks among its inputs or among what its argument gives.
  package var picks: Bool { traits.contains(.picks) }

  /// The first jq that has it as jq 1.8 means it, as `1.7`; nil where each has, or none.
  package var since: String? { definition?.builtInSince?.name }
}

extension Builtin {
  /// One `def`, and which libjq needs it.
  struct Definition: Sendable {
    let text: String
    /// The first libjq that has the function as it is meant, nil where none has.
    let builtInSince: LibJQVersion?
  }

  /// What a function reads of its input, and gives of it.
  ///
  /// It holds for libjq 1.6 to 1.8. Errors count: a function whose error shows a container reads all of it.
  enum Reading: Sendable {
    /// `empty`, `range(a; b)`: nothing but its arguments, all of them.
    case nothing(gives: AbstractValue)
    /// `not`, `type`: the input's type.
    case kind
    /// `values`, `strings`: the type; it gives the input or nothing.
    case filter
    /// `length`, `keys`: how many elements or which members there are.
    case shape(gives: AbstractValue)
    /// `has(e)`: the member that its argument names.
    case member
    /// `to_entries`
    case entries
    /// `with_entries(f)`
    case withEntries
    /// `map(f)`
    case map
    /// `map_values(f)`
    case mapValues
    /// `select(f)`
    case select
    /// `first`, `last`
    case element
    /// `nth(0)`: an element where its argument is a number that is written there, otherwise unknown.
    case elementAtConstant
    /// `first(f)`, `limit(n; f)`: some of the outputs of its last argument; all of those before it is read.
    case outputs
    /// `isempty(f)`
    case isEmpty
    /// `any`, `all(f)`, `any(g; f)`: whether the last argument holds for what the first gives, or for `.[]`.
    case test
    /// `toarray`
    case toArray
    /// `sort_by(f)`, `group_by(f)`, `min_by(f)`: the elements, in an order or by a choice that all of `f` is
    /// read for; `depth` counts the arrays around an element in the result.
    case arrangement(depth: Int)
  }

  /// What a function takes its arguments for.
  enum ArgumentUse: Sendable {
    /// For their values or for their paths.
    case unknown
    /// For their values.
    case values
    /// For the places that they name, as `path(f)` does.
    case paths
    /// For new values of places that it names itself, as `map_values(f)` does.
    case updates
  }

  /// What evaluating a function may take.
  enum Cost: Sendable {
    /// It passes its input once, and gives one output that is no larger, whatever its arguments.
    case pass
    /// `tojson`: as `pass`, but the output may be so many times as large.
    case growth(by: Int)
    /// `map(f)`: what its arguments take for each element, collected into one output.
    case eachElement
    /// `select(f)`: what its arguments take; it gives its input or a truth.
    case choice
    /// `limit(n; f)`: what its arguments take, and their outputs.
    case outputs
    /// `first(f)`: what its arguments take, collected into one output.
    case collection
    /// `any(g; f)`: what each argument takes for the outputs of the one before it, collected.
    case chain
    /// `range(n)`: bounded where its arguments count something that is there.
    case count
    /// `paths(f)`: what its arguments take for everything inside its input.
    case everything
    /// `recurse`: each value inside its input once.
    case visit
    /// `recurse(f)`: as `everything`, where its argument leads into the input.
    case descent
    /// `del(f)`: bounded where its argument names places that are written there.
    case places
    /// `join(s)`: its argument is put between all elements.
    case joining
  }

  /// How a function is evaluated without libjq.
  enum NativeForm: Sendable {
    /// `length`: of its input alone.
    case function(NativeFunction)
    /// `split("/")`: where its argument is a string that is written there, and not empty.
    case ofText(@Sendable (String) -> NativeFunction)
    /// `join("")`: where its argument is a string that is written there.
    case ofAnyText(@Sendable (String) -> NativeFunction)
    /// `first`, `last`: the element at a position, from the end where it is negative.
    case element(Int)
    /// `map(f)`
    case map
    /// `select(f)`
    case select
    /// `empty`
    case empty
    /// `strings`: lets values of these kinds through.
    case filter([JSONKind])
  }

  /// A search of a regular expression. Its cost is that of the pattern, where that can be read.
  package struct Search: Sendable {
    package enum Output: Sendable {
      /// Whether it is found.
      case verdict
      /// One value made of what is found.
      case value
      /// A value for each match.
      case matches
      /// The text, with what the second argument gives in place of each match.
      case replacement
    }

    /// The argument that is the pattern.
    package let pattern: Int
    /// The argument that holds the flags, where there are so many.
    package let flags: Int
    let gives: Output
  }

  /// What is true of a function or not.
  struct Traits: OptionSet, Sendable {
    let rawValue: Int

    /// It picks among its inputs, or among the outputs of its argument.
    static let picks = Traits(rawValue: 1)
    /// As a place it is its input's or none: `select(f) = 1` sets what is there.
    static let staysInPlace = Traits(rawValue: 2)
    /// It gives a number that is no larger than its input.
    static let counts = Traits(rawValue: 4)
    /// It may never end, or is left by a `break` of its own.
    static let mayNotEnd = Traits(rawValue: 8)
    /// It ends the whole program, and what runs together with it.
    static let ends = Traits(rawValue: 16)
    /// It makes as many values of a text as the text has characters.
    static let breaksTexts = Traits(rawValue: 32)
    /// It compares each part of its input with each part of its argument: with a constant, that is little.
    static let pairs = Traits(rawValue: 64)
  }
}

// What a row says, fact by fact.
extension Builtin {
  private func with(_ change: (inout Builtin) -> Void) -> Builtin {
    var row = self
    change(&row)
    return row
  }

  func reads(_ reading: Reading) -> Builtin { with { $0.reads = reading } }
  func takes(_ arguments: ArgumentUse) -> Builtin { with { $0.arguments = arguments } }
  func costs(_ cost: Cost) -> Builtin { with { $0.cost = cost } }
  func works(_ factor: Double, _ power: Int = 1) -> Builtin {
    with { $0.work = Growth(factor: factor, power: power) }
  }
  func gives(_ kind: JSONKind) -> Builtin { with { $0.kind = kind } }
  func native(_ form: NativeForm) -> Builtin { with { $0.native = form } }
  func closed(_ definition: String) -> Builtin { with { $0.closing = definition } }

  var picking: Builtin { with { $0.traits.insert(.picks) } }
  var stayingInPlace: Builtin { with { $0.traits.insert(.staysInPlace) } }
  var counting: Builtin { with { $0.traits.insert(.counts) } }
  var endless: Builtin { with { $0.traits.insert(.mayNotEnd) } }
  var breakingTexts: Builtin { with { $0.traits.insert(.breaksTexts) } }
  var pairing: Builtin { with { $0.traits.insert(.pairs) } }
  var ending: Builtin { with { $0.traits.insert(.ends) } }

  /// It searches its first argument; the flags are the argument `flags`, where there are so many.
  func searches(flags: Int = 1, gives output: Search.Output) -> Builtin {
    with {
      $0.search = Search(pattern: 0, flags: flags, gives: output)
      $0.arguments = .values
    }
  }

  /// Libraries before `version` are given this definition.
  func before(_ version: LibJQVersion, _ definition: String) -> Builtin {
    with { $0.definition = Definition(text: definition, builtInSince: version) }
  }

  /// Every library is given this definition: none has the function.
  func always(_ definition: String) -> Builtin {
    with { $0.definition = Definition(text: definition, builtInSince: nil) }
  }

  /// jq 1.7 removed it.
  func removed(for replacement: String) -> Builtin { with { $0.replacement = replacement } }
}
