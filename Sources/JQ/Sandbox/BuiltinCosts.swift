/// What jq's own functions may take; those that are not here may take anything.
struct BuiltinCosts {
  /// See ``EvaluationCost``.
  var iterations = 0
  var copies = 1
  /// Whether the arguments are evaluated for each part of the input.
  var runsArguments = false

  /// The cost of the builtin `key`, called with `arguments`; nil where no bound is seen.
  static func cost(_ key: String, _ arguments: [Expression]) -> BuiltinCosts? {
    if simple.contains(key) { return BuiltinCosts(iterations: 1) }
    if overElements.contains(key) { return BuiltinCosts(iterations: 1, copies: 1, runsArguments: true) }
    if let pattern = searches[key] { return search(arguments, pattern) }
    switch key {
    case "map/1", "select/1", "first/1", "last/1", "limit/2", "isempty/1", "add/1", "error/1", "nth/2",
      "skip/2":
      return BuiltinCosts(iterations: 1)
    case "range/1", "range/2": return arguments.allSatisfy(\.isSmallCount) ? BuiltinCosts(iterations: 1) : nil
    case "del/1": return arguments.allSatisfy(\.isFixedPlace) ? BuiltinCosts(iterations: 1) : nil
    case "recurse/1": return arguments.allSatisfy(\.descends) ? BuiltinCosts(iterations: 1, copies: 2) : nil
    case "map_values/1": return BuiltinCosts(iterations: 1, runsArguments: true)
    case "tojson/0", "@json": return BuiltinCosts(iterations: 1, copies: 2)
    default: return nil
    }
  }

  private static let overElements: Set<String> = [
    "any/1", "all/1", "any/2", "all/2", "sort_by/1", "group_by/1", "unique_by/1", "min_by/1", "max_by/1",
    "with_entries/1", "IN/1", "INDEX/1",
  ]

  /// Which argument is the pattern. Matching can take ages with repetitions inside repetitions.
  private static let searches = [
    "test/1": 0, "test/2": 0, "match/1": 0, "match/2": 0, "capture/1": 0, "capture/2": 0, "scan/1": 0,
    "scan/2": 0, "splits/1": 0, "splits/2": 0, "split/2": 0, "sub/2": 0, "sub/3": 0, "gsub/2": 0, "gsub/3": 0,
  ]

  private static func search(_ arguments: [Expression], _ pattern: Int) -> BuiltinCosts? {
    guard arguments.indices.contains(pattern), case .string(let template) = arguments[pattern].node,
      let text = template.constant, RegexShape(text).isHarmless
    else { return nil }
    return BuiltinCosts(iterations: 1, copies: 4)
  }

  private static let simple = Set(
    """
    abs/0 acos/0 add/0 all/0 any/0 arrays/0 ascii_downcase/0 ascii_upcase/0 asin/0 atan/0 booleans/0 cbrt/0
    ceil/0 contains/1 cos/0 debug/0 debug/1 empty/0 endswith/1 env/0 error/0 exp/0 exp10/0 exp2/0 explode/0
    fabs/0 finites/0 first/0 flatten/0 floor/0 from_entries/0 fromdate/0 fromdateiso8601/0 fromjson/0
    getpath/1 gmtime/0 halt/0 has/1 have_decnum/0 have_literal_numbers/0 implode/0 in/1 index/1 indices/1
    infinite/0 input/0 input_filename/0 input_line_number/0 inputs/0 inside/1 isfinite/0 isinfinite/0 isnan/0
    isnormal/0 iterables/0 join/1 keys/0 keys_unsorted/0 last/0 length/0 localtime/0 log/0 log10/0 log2/0
    ltrim/0 ltrimstr/1 max/0 min/0 mktime/0 nan/0 normals/0 not/0 now/0 nth/1 nulls/0 numbers/0 objects/0
    pow/2 reverse/0 rindex/1 rint/0 round/0 rtrim/0 rtrimstr/1 scalars/0 sin/0 sort/0 split/1 sqrt/0
    startswith/1 stderr/0 strftime/1 strings/0 strptime/1 tan/0 to_entries/0 toarray/0 toboolean/0 todate/0
    todateiso8601/0 tonumber/0 tostring/0 transpose/0 trim/0 trimstr/1 trunc/0 type/0 unique/0
    utf8bytelength/0 values/0
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
