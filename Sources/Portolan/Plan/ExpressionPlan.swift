import JQ
import RawJSON

/// Expressions evaluated on the same document: what can be read off it, and what libjq must run.
struct ExpressionPlan: Sendable {
  /// How one expression gets its value.
  enum Way: Sendable {
    /// Read off the document.
    case plain(PlainReader)
    /// Evaluated on the document's bytes; where that cannot be, run by libjq as the expression of this number
    /// of ``fallbacks``.
    case native(BoundNative, fallback: Int)
    /// Run by libjq, as the expression of this number of ``interpreted``.
    case interpreted(Int)
  }

  let ways: [Way]
  /// For each expression that is a path, its node; -1 for the others. Most are found in the document, and
  /// there is nothing else to do for them.
  let nodes: [Int]
  /// Every path that is read.
  let tree: PathTree
  /// What expressions give whatever the document.
  let constants: ConstantTable
  /// The expressions that libjq runs.
  let interpreted: InterpretedPlan
  /// The expressions that libjq runs now and then.
  let fallbacks: InterpretedPlan

  init(_ expressions: [JQExpression]) {
    let forms = expressions.map(Form.init)
    let interpreted = InterpretedPlan(forms.compactMap(\.interpreted))
    let fallbacks = InterpretedPlan(forms.compactMap(\.fallback))
    let tree = PathTree(forms.flatMap(\.paths) + interpreted.paths + fallbacks.paths)
    var binder = Binder(tree: tree)
    ways = forms.map { binder.bind($0) }
    nodes = ways.map { if case .plain(let reader) = $0 { reader.node ?? -1 } else { -1 } }
    constants = binder.constants
    self.interpreted = interpreted
    self.fallbacks = fallbacks
    self.tree = tree
  }
}

extension ExpressionPlan {
  /// What kind of expression one is.
  private enum Form {
    case plain(PlainExpression)
    case native(NativeProgram, JQExpression)
    case other(JQExpression)

    init(_ expression: JQExpression) {
      if let plain = expression.plain {
        self = .plain(plain)
      } else if let native = NativeProgram(expression) {
        self = .native(native, expression)
      } else {
        self = .other(expression)
      }
    }

    var interpreted: JQExpression? {
      if case .other(let expression) = self { expression } else { nil }
    }

    var fallback: JQExpression? {
      if case .native(_, let expression) = self { expression } else { nil }
    }

    /// The paths that are read without libjq.
    var paths: [JSONPath] {
      switch self {
      case .plain(let plain): plain.paths
      case .native(let native, _): native.paths
      case .other: []
      }
    }
  }

  /// Binds expressions to the tree of their paths, and numbers those for libjq.
  private struct Binder {
    let tree: PathTree
    private(set) var constants = ConstantTable()
    private var interpreted = 0
    private var fallbacks = 0

    init(tree: PathTree) {
      self.tree = tree
    }

    mutating func bind(_ form: Form) -> Way {
      switch form {
      case .plain(let plain):
        if let reader = PlainReader(plain, in: tree, &constants) { return .plain(reader) }
      case .native(let native, _):
        fallbacks += 1
        if let bound = native.bound(to: tree) { return .native(bound, fallback: fallbacks - 1) }
      case .other:
        break
      }
      interpreted += 1
      return .interpreted(interpreted - 1)
    }
  }
}
