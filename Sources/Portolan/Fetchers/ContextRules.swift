import JQ

/// The rules on what an expression of a `fetcher.yml` can know where it is.
struct ContextRules {
  private let use: FetcherExpressionUse

  init(_ use: FetcherExpressionUse) {
    self.use = use
  }

  func findings() -> [Diagnostic] {
    guard let program = use.lint.jq.program else { return [] }
    let unknown = FetcherExpression.contextNames(in: program).compactMap { name in
      FetcherContext(rawValue: name.name).flatMap { use.known.contains($0) ? nil : finding($0, name.range) }
    }
    return unknown.prefix(ExpressionRules.limit) + [nothing].compactMap { $0 }
  }

  private func finding(_ context: FetcherContext, _ range: Range<Int>) -> Diagnostic {
    let (reason, help) = wording(context)
    return use.lint.finding(
      .error, .unavailableValue, "`\(context.rawValue)` is null here: \(reason)", help: help, in: range)
  }

  private func wording(_ context: FetcherContext) -> (reason: String, help: String) {
    switch context {
    case .login:
      ("only what `auth.login.use` says knows it", "put it there, as a header of all other requests")
    case .event:
      (
        "only what `event` says of an event's objects knows it: `key` and `deleted`",
        "an object may be asked for after several events: put what is needed of them into it, in `objects`"
      )
    case .object:
      ("only the requests of `event`, its `parent` and `keep` know it", "write `.` for the object")
    case .webhook:
      ("only what `events.create` says knows it", "write it there")
    case .page where use.kind != nil:
      ("only the requests of a list know it", "an object is asked for without pages")
    case .selector where use.isOfEvent:
      ("an event is read once for all selectors", "`keep` says which objects a selector asks for")
    case .parent where use.isOfEvent:
      ("an event is read before anything is asked for", "use what the event holds")
    case .parent where use.known.contains(.object) && use.kind?["parent"] != nil:
      (
        "it is found by the object as it is now",
        "write `.` for the object; `add`, `join` and `keep` know its parent"
      )
    case .parent where use.kind?["parent"] != nil:
      ("this says what the parents are", "use `config` or `selector`")
    case .parent where use.kind != nil:
      ("the kind has no `parent`", "add `parent:` with the kind whose objects it is asked for")
    default:
      ("this holds for all kinds", "use `config` here, or write it in the requests of a kind")
    }
  }

  /// A `.` where there is no value.
  private var nothing: Diagnostic? {
    guard use.input == .nothing, let place = use.lint.body?.inputPlace else { return nil }
    let names = FetcherContext.allCases.filter(use.known.contains).map { "`\($0.rawValue)`" }
    let path = String(decoding: Array(use.lint.text.utf8)[place], as: UTF8.self)
    let parent =
      use.known.contains(.parent) ? "write `parent\(path == "." ? "" : path)` for the parent's" : nil
    return use.lint.finding(
      .error, .unavailableValue, "`.` is null here: there is no object yet",
      help: parent ?? "what is known here: \(names.joined(separator: ", "))", in: place)
  }
}

extension FetcherExpressionUse {
  /// Whether it is on an event of a kind, or on an object as far as the event has it.
  fileprivate var isOfEvent: Bool { kind != nil && !known.contains(.selector) }
}

extension JQ.Expression {
  /// Where a path begins with the input of the whole expression.
  fileprivate var inputPlace: Range<Int>? {
    if isInputPath { return range }
    switch node {
    case .pipe(let left, _): return left.inputPlace
    case .bind(let source, _, let body): return source.inputPlace ?? body.inputPlace
    case .definition(_, let body), .label(_, let body): return body.inputPlace
    case .reduce(let source, _, _, _), .foreach(let source, _, _, _, _): return source.inputPlace
    // What arguments are evaluated on depends on the function.
    case .call: return nil
    default: return children.lazy.compactMap(\.inputPlace).first
    }
  }

  private var isInputPath: Bool {
    switch node {
    case .identity, .recurse: true
    case .field(let target, _), .index(let target, _), .optional(let target), .iterate(let target),
      .slice(let target, _, _):
      target.isInputPath
    default: false
    }
  }
}

extension Diagnostic.Rule {
  /// A value that is always null where an expression reads it.
  public static let unavailableValue = Self("unavailable-value")
}
