import RawJSON

/// Expressions made ready to be evaluated on the same document: what is read off it, and what libjq must run.
///
/// ```swift
/// let program = EvaluationProgram([JQExpression(".key"), JQExpression(".labels | join(\", \")")])
/// print(program.strategies)  // [path, native]
/// var evaluator = Evaluator(program, environment: JQEnvironment())
/// ```
package struct EvaluationProgram: Sendable {
  /// How one expression gets its value.
  enum Way: Sendable {
    /// Read off the document.
    case plain(PlainReader)
    /// Evaluated on the document's bytes; where that cannot be, run by libjq as the expression of this number
    /// of ``fallbacks``.
    case native(NativeProgram, fallback: Int)
    /// Run by libjq, as the expression of this number of ``interpreted``.
    case interpreted(Int)
  }

  /// Which way each expression goes.
  package let strategies: [EvaluationStrategy]

  let ways: [Way]
  /// For each expression that is a path, its node; -1 for the others. Most are found in the document, and
  /// there is nothing else to do for them.
  let nodes: [Int]
  /// Every path that is read.
  let tree: PathTree
  /// What expressions give whatever the document.
  let constants: ConstantTable
  /// The expressions that libjq runs on every document.
  let interpreted: InterpretedProgram
  /// The expressions that libjq runs now and then.
  let fallbacks: InterpretedProgram

  /// Prepares `expressions`, which are known by their places from then on. Nothing is compiled yet.
  package init(_ expressions: [JQExpression]) {
    var builder = Builder()
    for expression in expressions { builder.add(expression) }
    interpreted = InterpretedProgram(builder.interpreted, &builder.paths)
    fallbacks = InterpretedProgram(builder.fallbacks, &builder.paths)
    let tree = builder.paths.build()
    self.tree = tree
    strategies = builder.strategies
    ways = builder.ways
    nodes = builder.ways.map { way in
      if case .plain(let reader) = way, let path = reader.path { tree.node(path) } else { -1 }
    }
    constants = builder.constants
  }

  /// How many expressions there are.
  package var count: Int { ways.count }
}

extension EvaluationProgram {
  /// Sorts expressions by the way that they go, and numbers those for libjq.
  private struct Builder {
    var paths = PathTree.Builder()
    private(set) var constants = ConstantTable()
    private(set) var ways: [Way] = []
    private(set) var strategies: [EvaluationStrategy] = []
    private(set) var interpreted: [(expression: JQExpression, place: Int)] = []
    private(set) var fallbacks: [(expression: JQExpression, place: Int)] = []

    mutating func add(_ expression: JQExpression) {
      if let plain = expression.plain {
        let reader = PlainReader(plain, &paths, &constants)
        ways.append(.plain(reader))
        strategies.append(reader.readsDocument ? .path : .constant)
      } else if let native = NativeProgram(expression, &paths) {
        fallbacks.append((expression, ways.count))
        ways.append(.native(native, fallback: fallbacks.count - 1))
        strategies.append(.native)
      } else {
        interpreted.append((expression, ways.count))
        ways.append(.interpreted(interpreted.count - 1))
        strategies.append(expression.interpretation)
      }
    }
  }
}

/// Expressions that libjq runs, on one small document that holds what they read.
struct InterpretedProgram: Sendable {
  let expressions: [JQExpression]
  /// The places of the expressions in the ``EvaluationProgram``.
  let places: [Int]
  /// Makes of a document what libjq is given; nil where no expression wants one.
  let cut: CutPlan?

  /// Expressions with their places; the paths that they read are added to `paths`.
  init(_ expressions: [(expression: JQExpression, place: Int)], _ paths: inout PathTree.Builder) {
    self.expressions = expressions.map(\.expression)
    places = expressions.map(\.place)
    cut = expressions.isEmpty ? nil : CutPlan(self.expressions, &paths)
  }
}
