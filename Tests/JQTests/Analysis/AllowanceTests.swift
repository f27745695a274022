import Testing

@testable import JQ

@Suite("How large an input is evaluated in this process")
struct AllowanceTests {
  private func allowance(_ expression: String, _ limits: JQLimits = JQLimits()) throws -> Int {
    Allowance(try #require(JQExpression(expression).cost, "\(expression)"), limits).bytes
  }

  @Test(
    "an ordinary expression is evaluated here for objects far larger than APIs have",
    arguments: [
      ".a * 2", "{a: .b}", "[.a[] | . * 2]", "to_entries | map(.key)", ".a | tojson | @base64", "$ENV.HOME",
      ".a | sort_by(.b) | reverse | first",
      #"[.items[] | {id, name: (.name | ascii_upcase)}]"#, "if .a > 10 then 1 else 2 end", "keys",
      ". as $x | $x.a", #"test("^A")"#, ".a | group_by(.b) | map({k: .[0].b, n: length})",
      "now | todate", "(.a | fromdate) - (.b | fromdate)",
      #"with_entries(select(.value != null))"#, #".a | contains("x")"#,
    ])
  func ordinary(_ expression: String) throws {
    let bytes = try allowance(expression)
    #expect(bytes >= 20_000, "\(expression): \(bytes)")
  }

  @Test(
    "where pairs are made or texts searched, it is for what APIs' lists and texts usually are",
    arguments: [
      ".a[] as $x | .b[] | select(.id == $x.id)", #".s | gsub("[^a-zA-Z0-9-]"; "-")"#, ".a - .b",
      #".created | sub("\\..*$"; "Z")"#, #".url | capture("(?<org>[^/]+)/(?<repo>[^/]+)$")"#, ".a[] |= . + 1",
      #"[.s | match("a"; "g")]"#, "del(.a[].b)", ".tags | index(.x)", "[recurse(.a)]",
      "reduce .items[] as $i (0; . + $i.count)", "[.. | .name? // empty]",
      #".tags | to_entries | map("\(.key)=\(.value)") | join(",")"#, ".a | trim",
    ])
  func quadratic(_ expression: String) throws {
    let bytes = try allowance(expression)
    #expect(bytes >= 1000 && bytes <= 100_000, "\(expression): \(bytes)")
  }

  @Test("an input that is larger than what an expression reads of it is measured by that")
  func measured() throws {
    let text = String(repeating: "x", count: 5000)
    let input = try value(#"{"a":[{"b":1,"c":"\#(text)"},{"b":"é"}],"d":{"k":"\#(text)"},"e":null}"#)
    let extents = ["1", ".a | map(.b)", ".d.k", "."].map { expression in
      input.extent(of: JQExpression(expression).program?.reads ?? .all, upTo: .max)
    }
    #expect(extents[0].bytes < 10)
    #expect(extents[1].bytes < 60 && extents[1].values == 6)
    #expect(extents[2].bytes > 5000)
    #expect(extents[3].bytes > 10_000)
    let stopped = input.extent(of: .all, upTo: 10)
    #expect(stopped.bytes > 10 && stopped.bytes < 6000)
  }

  @Test("limits as small or as large as may be trap nowhere")
  func oddLimits() throws {
    for limits in [
      JQLimits(timeout: .zero, memory: 0), JQLimits(timeout: .seconds(Int64.max), memory: .max),
      JQLimits(timeout: .seconds(-1), memory: -1),
    ] {
      #expect(try allowance(".a[] as $x | .a[]", limits) > 100)
      #expect(try allowance(".a", limits) > 100_000)
    }
  }
}
