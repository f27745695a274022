/// The builtins of jq whose reading is known more closely than that of any function.
///
/// What is said of them holds for libjq 1.6 to 1.8. Errors count: a builtin whose error shows a container
/// reads all of it.
enum Builtin {
  /// `empty`, `range(a; b)`: nothing but the arguments is read, all of them.
  case ofArguments([Expression], gives: AbstractValue)

  /// `not`, `type`: the input's type.
  case ofKind

  /// `values`, `strings`: the input, or nothing, by its type.
  case byKind

  /// `length`, `keys`: how many elements or which members there are.
  case ofShape(gives: AbstractValue)

  /// `has("a")`
  case hasMember(String)

  /// `has(e)`
  case has(Expression)

  /// `to_entries`
  case entries

  /// `with_entries(f)`
  case withEntries(Expression)

  /// `map(f)`
  case map(Expression)

  /// `map_values(f)`
  case mapValues(Expression)

  /// `select(f)`
  case select(Expression)

  /// `first`, `last`, `nth(0)`
  case element

  /// `first(f)`, `limit(n; f)`: some of the outputs of `f`.
  case outputs(of: Expression, count: Expression?)

  /// `isempty(f)`
  case isEmpty(Expression)

  /// `any`, `all(f)`, `any(g; f)`: whether `condition` holds; `generator` is `.[]` where it is nil.
  case test(generator: Expression?, condition: Expression?)

  /// `toarray`
  case toArray

  /// `sort_by(f)`, `group_by(f)`, `min_by(f)`: the input's elements, in an order or by a choice that all of
  /// `f` is read for; `depth` counts the arrays around an element in the result.
  case arrangement(by: Expression?, depth: Int)

  /// What `name` with `arguments` calls, nil for a function that this does not know.
  init?(_ name: String, _ arguments: [Expression]) {
    let known: Builtin? =
      switch arguments.count {
      case 0: Self.plain(name)
      case 1: Self.unary(name, arguments[0])
      case 2: Self.binary(name, arguments[0], arguments[1])
      default: name == "range" ? .ofArguments(arguments, gives: .scalar) : nil
      }
    guard let known else { return nil }
    self = known
  }

  private static func plain(_ name: String) -> Builtin? {
    switch name {
    case "empty", "now", "nan", "infinite", "have_literal_numbers", "have_decnum":
      .ofArguments([], gives: .scalar)
    case "env": .ofArguments([], gives: .opaque)
    case "not", "type": .ofKind
    case "values", "nulls", "booleans", "numbers", "strings", "arrays", "objects", "iterables", "scalars":
      .byKind
    case "length": .ofShape(gives: .scalar)
    case "keys", "keys_unsorted": .ofShape(gives: .array(of: .scalar))
    case "to_entries": .entries
    case "first", "last": .element
    case "any", "all": .test(generator: nil, condition: nil)
    case "toarray": .toArray
    case "reverse": .arrangement(by: nil, depth: 1)
    default: nil
    }
  }

  private static func unary(_ name: String, _ argument: Expression) -> Builtin? {
    switch name {
    case "map": .map(argument)
    case "select": .select(argument)
    case "map_values": .mapValues(argument)
    case "with_entries": .withEntries(argument)
    case "has": argument.constantString.map(hasMember) ?? .has(argument)
    case "first", "last": .outputs(of: argument, count: nil)
    case "nth" where argument.isConstantNumber: .element
    case "any", "all": .test(generator: nil, condition: argument)
    case "isempty": .isEmpty(argument)
    case "range", "error": .ofArguments([argument], gives: .scalar)
    case "add": .ofArguments([argument], gives: .opaque)
    case "sort_by", "unique_by": .arrangement(by: argument, depth: 1)
    case "group_by": .arrangement(by: argument, depth: 2)
    case "min_by", "max_by": .arrangement(by: argument, depth: 0)
    default: nil
    }
  }

  private static func binary(_ name: String, _ first: Expression, _ second: Expression) -> Builtin? {
    switch name {
    case "limit", "skip", "nth": .outputs(of: second, count: first)
    case "any", "all": .test(generator: first, condition: second)
    case "range", "IN": .ofArguments([first, second], gives: .scalar)
    default: nil
    }
  }

  /// Functions that evaluate their arguments for their values, not for their paths.
  static let takingValues: Set<String> = [
    "IN", "capture", "contains", "endswith", "flatten", "getpath", "in", "index", "indices", "inside", "join",
    "ltrimstr", "match", "rindex", "rtrimstr", "scan", "setpath", "split", "splits", "startswith",
    "strflocaltime", "strftime", "strptime", "sub", "gsub", "test", "trimstr",
  ]
}
