import Testing

@testable import JQ

/// Expressions that reach an assertion of one libjq or another where nothing keeps them from it: see
/// docs/jq-versions.md. Each costs its field, here and on the other libjqs.
enum AssertionSamples {
  /// Dates of what is no date.
  static let dates = [
    #"strftime("%Y")"#, "todate", "todateiso8601", #"strflocaltime("%Y")"#, "gmtime", "localtime", "mktime",
    #"dateadd("seconds"; 1)"#, #"datesub("seconds"; 1)"#, "date", "dateadd(.; .)", #"strptime("%Y")"#,
    "strptime(.)", "strftime(.)", "strflocaltime(.)", "fromdate", "[.] | mktime",
    "[., ., ., ., ., .] | mktime",
    #"[., ., ., ., ., ., ., .] | strftime("%c")"#, "[., ., ., ., ., ., ., .] | todate",
    #"[., ., ., ., ., ., ., .] | strflocaltime("%c %Z")"#,
  ]
  /// Slices and positions that are no numbers.
  static let positions = [
    "[1, 2][nan:]", "[1, 2][:nan]", #""abc"[nan:]"#, "[1, 2][nan:nan] = [1]", "[1, 2] | .[nan:] |= []",
    "path([1, 2][nan:])?", "[1, 2] | path(.[nan:])", "[1, 2] | del(.[nan:])", "[1, 2] | del(.[:nan])",
    "[1, 2] | .[{start: nan, end: null}]", "[1, 2] | .[{start: null, end: nan}]",
    "[1, 2] | .[{start: nan, end: nan}] = [3]", "[1, 2] | getpath([{start: nan, end: null}])",
    "[1, 2] | path(getpath([{start: nan, end: null}]))", "[1, 2] | setpath([{start: nan, end: null}]; [1])",
    "[1, 2] | delpaths([[{start: nan, end: nan}]])", "[1, 2] | pick(.[nan:])", "[1, 2] | try .[{}] catch .",
    "[1, 2] | .[infinite:]", "[1, 2] | .[-infinite:infinite]", "[1, 2] | .[.[0] * nan:]",
    "[1, 2] | .[nan] = 1",
    ". as $n | [1, 2] | try .[$n:] catch .", ". as $n | [1, 2] | try .[{start: $n, end: $n}] catch .",
    ". as $n | [1, 2] | try getpath([$n]) catch .", ". as $n | [1, 2] | try has($n) catch .",
  ]
  /// Texts of what is no character, and of what is no text.
  static let texts = [
    "[.] | implode", "[-1] | implode", "[nan] | implode", "[1e20] | implode", "[55296] | implode",
    "[1114112] | implode", ". * \"a\"", "\"a\" * nan", "\"a\" * -1", "tojson", "tostring", "@text", "@sh",
    "@csv",
    "[.] | @csv", "[.] | @tsv", "ltrimstr(.)", "splits(.)", "test(.)", "[match(.; .)]", "ascii", "@base32d",
    #""\u0000" | tojson"#, "@json \"\\(.)\"", "[.] | join(.)", "error(.)", "try error(null) catch .",
    "tojson | fromjson",
    "[.] | flatten(nan)", "{} | .[nan]?", "[nan] | sort", "[[nan]] | unique", "{a: nan} | tojson",
    "ldexp(.; .)",
    "[.] | transpose", "limit(nan; 1)", "first(range(nan; 1))", "[.] | nth(nan)", "getpath(.)", "delpaths(.)",
    "to_entries", "from_entries", "[.] | from_entries", "tostream", "fromstream(.)", "modulemeta", "input",
    "[.] | .[[nan]]", "[.] | index(.)", "bsearch(.)", "[.] | bsearch(nan)", "significand", "frexp", "modf",
    "jn(nan; 1)", "yn(infinite; 1)", "gamma", "logb", "drem(.; 0)", "@urid", "splits(\"\"; .)",
    "getpath([.])",
  ]
  static let inputs = [
    "null", "0", "-1", "1.5", "1e20", "-1e20", "1e17", "-1e17", "1e400", "-1e400", "4294967296",
    "-2147483649",
    "1114112", "55296", #""""#, #""a""#, #""\u0000""#, #""%""#, "[]", "[0]", #"["a"]"#, "[1e20]", "[[0]]",
    "[2024,1,1]", "[1e400,1e20,1,1,1,1,1,1]", "[2024,13,99,99,99,99,9,999]", "{}", #"{"start":0,"end":null}"#,
    #"{"key":null}"#, #"["a",1,1,1,1,1,1,1]"#,
  ]

  /// Evaluates `expressions` on every input. A failure is a value like any other; what must not happen is that it
  /// does not come back.
  static func evaluate(_ expressions: [String]) throws {
    let guarded = expressions + ["\"still here\""]
    let batch = JQBatch(
      guarded.map { JQExpression($0) },
      environment: JQEnvironment(limits: JQLimits(timeout: .milliseconds(300), memory: 128 << 20)))
    for input in inputs {
      let found = try outcomes(of: batch, guarded.count, on: input)
      try #require(found.last == .value("\"still here\""), "\(input)")
    }
  }
}

#if compiler(>=6.2)
  /// In processes of their own, so that an assertion fails its test and ends no other.
  @Suite("Assertions of libjq", .serialized)
  struct AssertionTests {
    @Test("dates of what is no date")
    func dates() async {
      await #expect(processExitsWith: .success) { try AssertionSamples.evaluate(AssertionSamples.dates) }
    }

    @Test("slices and positions that are no numbers")
    func positions() async {
      await #expect(processExitsWith: .success) { try AssertionSamples.evaluate(AssertionSamples.positions) }
    }

    @Test("texts of what is no text")
    func texts() async {
      await #expect(processExitsWith: .success) { try AssertionSamples.evaluate(AssertionSamples.texts) }
    }
  }
#endif
