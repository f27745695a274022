/// What jq's own functions may take; those that are not here may take anything.
extension BoundednessJudge {
  /// The cost of the builtin `key`, called with `arguments`; nil where no bound is seen.
  mutating func builtin(_ key: String, _ arguments: [Expression]) -> EvaluationCost? {
    if Self.passing.contains(key) {
      return crossed(arguments)?.givingNothingNew.crossed(with: .pass).limited(to: .pass)
    }
    if let copies = Self.growing[key] {
      return crossed(arguments)?.givingNothingNew.crossed(with: .pass).limited(to: .pass).multiplied(
        by: copies)
    }
    if key == "join/1" { return join(arguments) }
    if let pattern = RegexCalls.pattern[key] { return search(key, pattern, arguments) }
    return closure(key, arguments)
  }

  private mutating func closure(_ key: String, _ arguments: [Expression]) -> EvaluationCost? {
    switch key {
    case "map/1", "map_values/1", "any/1", "all/1", "sort_by/1", "group_by/1", "unique_by/1", "min_by/1",
      "max_by/1", "with_entries/1", "INDEX/1":
      return crossed(arguments).map { EvaluationCost.elements.then($0).collected }
    case "select/1", "IN/2":
      return crossed(arguments)?.givingNothingNew.crossed(with: .constant).limited(to: .constant)
    case "limit/2", "skip/2", "debug/1": return crossed(arguments)?.crossed(with: .constant)
    case "first/1", "last/1", "nth/2", "add/1", "isempty/1", "IN/1": return crossed(arguments)?.collected
    case "any/2", "all/2", "INDEX/2": return following(arguments)?.collected
    case "range/1", "range/2":
      guard arguments.allSatisfy(\.isSmallCount), let bounds = crossed(arguments) else { return nil }
      // It counts up to as many whatever it is given.
      let count = EvaluationCost(
        time: 1, outputs: 1, isSingle: false, variables: [EvaluationCost.elsewhere], givesVariables: true)
      return bounds.then(count)
    case "recurse/0": return .everything
    case "recurse/1": return arguments.allSatisfy(\.descends) ? .everything : nil
    case "paths/0", "tostream/0": return .everything
    case "paths/1": return crossed(arguments).map(EvaluationCost.everything.then)
    case "del/1", "pick/1":
      return arguments.allSatisfy(\.isFixedPlace) ? crossed(arguments)?.crossed(with: .pass).collected : nil
    default: return nil
    }
  }

  /// The cost of the arguments, each run on the one before it.
  private mutating func following(_ arguments: [Expression]) -> EvaluationCost? {
    var total = EvaluationCost.constant
    for argument in arguments {
      guard let next = cost(argument) else { return nil }
      total = total.then(next)
    }
    return total
  }

  /// The separator stands between all elements.
  private mutating func join(_ arguments: [Expression]) -> EvaluationCost? {
    guard let separator = arguments.first, let cost = cost(separator) else { return nil }
    let joined = EvaluationCost.elements.then(cost.crossed(with: .constant)).collected
    return joined.limited(to: .pass).multiplied(by: max(6, cost.copies * (separator.textLength + 1)))
  }

  /// Matching can take ages with repetitions inside repetitions, and what is put in for each match
  /// can be as large as a variable.
  private mutating func search(_ key: String, _ pattern: Int, _ arguments: [Expression]) -> EvaluationCost? {
    guard arguments.indices.contains(pattern), let text = arguments[pattern].constantText,
      RegexShape(text).isHarmless
    else { return nil }
    let replaces = key.hasPrefix("sub/") || key.hasPrefix("gsub/")
    if let flags = arguments.dropFirst(RegexCalls.flags(String(key.prefix { $0 != "/" }))).first {
      let harmless: Set<Character> = ["g", "i", "n", "s"]
      let isPlain = flags.constantText?.allSatisfy(harmless.contains) ?? (flags.node == .null)
      guard isPlain else { return nil }
    }
    let isStream = ["match/", "scan/", "splits/"].contains { key.hasPrefix($0) }
    // A match of one character is an object of a dozen.
    let found = EvaluationCost(time: 1, outputs: 1, copies: 12, isSingle: false)
    guard replaces else { return isStream ? found : found.collected }
    guard let replacement = cost(arguments[1]) else { return nil }
    var result = EvaluationCost(time: 1, outputs: 1, copies: 2).then(replacement)
      .multiplied(by: arguments[1].textLength + 1)
    // Each output of the replacement is a text of its own.
    result.isSingle = replacement.isSingle
    result.outputs = replacement.outputs
    return result
  }

  /// Those whose outputs are several times as large as their inputs: an escape for a character, a number.
  private static let growing = [
    "tojson/0": 6, "tostring/0": 6, "fromjson/0": 4, "explode/0": 4, "implode/0": 4, "split/1": 4,
    "to_entries/0": 4, "keys/0": 2, "keys_unsorted/0": 2, "toarray/0": 1,
  ]

  /// Those that pass their input once and give one output that is no larger, whatever it is given.
  private static let passing = Set(
    """
    abs/0 acos/0 add/0 all/0 any/0 arrays/0 ascii_downcase/0 ascii_upcase/0 asin/0 atan/0 booleans/0 cbrt/0
    ceil/0 contains/1 cos/0 debug/0 empty/0 endswith/1 env/0 error/0 error/1 exp/0 exp10/0 exp2/0
    fabs/0 finites/0 first/0 flatten/0 floor/0 from_entries/0 fromdate/0 fromdateiso8601/0 getpath/1 gmtime/0
    halt/0 has/1 have_decnum/0 have_literal_numbers/0 in/1 index/1 indices/1 infinite/0 input/0
    input_filename/0 input_line_number/0 inputs/0 inside/1 isfinite/0 isinfinite/0 isnan/0 isnormal/0
    iterables/0 last/0 length/0 localtime/0 log/0 log10/0 log2/0 ltrim/0 ltrimstr/1 max/0 min/0 mktime/0
    nan/0 normals/0 not/0 now/0 nth/1 nulls/0 numbers/0 objects/0 pow/2 reverse/0 rindex/1 rint/0 round/0
    rtrim/0 rtrimstr/1 scalars/0 sin/0 sort/0 sqrt/0 startswith/1 stderr/0 strftime/1 strings/0 strptime/1
    tan/0 toboolean/0 todate/0 todateiso8601/0 tonumber/0 trim/0 trimstr/1 trunc/0 type/0 unique/0
    utf8bytelength/0 values/0 halt_error/0 halt_error/1
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
