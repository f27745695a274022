import Testing

@testable import JQ

@Suite("Dates out of range")
struct DateRangeTests {
  @Test(
    "a number that is no date costs its field, and not the process",
    arguments: [
      #".b | strftime("%Y")"#, ".b | todate", ".b | todateiso8601", #".b | strflocaltime("%Y")"#,
      ".b | gmtime",
      ".b | localtime", #"[.b] | map(strftime("%Y"))"#, #".b | strftime("%Y", "%m")"#,
    ],
    ["1e20", "-1e20", "1e17", "-1e17", "1e400", "-1e400"])
  func outOfRange(_ expression: String, _ number: String) throws {
    let found = try run([expression, ".a"], on: #"{"a":1,"b":\#(number)}"#)
    #expect(found[0].isFailure)
    #expect(found[1] == .value("1"))
  }

  @Test("a number that is a date is formatted as ever")
  func inRange() throws {
    let input = #"{"b":1709251198}"#
    #expect(
      try run([#".b | strftime("%Y-%m-%d")"#, ".b | todate", #".b | gmtime | strftime("%H:%M")"#], on: input)
        == [
          .value(#""2024-02-29""#), .value(#""2024-02-29T23:59:58Z""#), .value(#""23:59""#),
        ])
    #expect(try run(#".b | strflocaltime("%s") | length"#, on: input) == .value("10"))
  }
}
