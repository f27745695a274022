import Testing

@testable import YAMLTree

/// The values are those of PyYAML 6.0.3's safe loaders, but for timestamps, which stay text.
@Suite("Types of scalars")
struct ScalarTypeTests {
  @Test(
    "JSON has the value that YAML 1.1 gives",
    arguments: [
      ("~", "null"), ("null", "null"), ("Null", "null"), ("NULL", "null"), ("nULL", #""nULL""#),
      ("'~'", #""~""#),
      ("yes", "true"), ("No", "false"), ("ON", "true"), ("off", "false"), ("True", "true"), ("y", #""y""#),
      ("tRUE", #""tRUE""#), ("\"yes\"", #""yes""#),
      ("0", "0"), ("-0", "0"), ("+12", "12"), ("1_000", "1000"), ("0777", "511"), ("0o7", #""0o7""#),
      ("08", #""08""#),
      ("0x_fF", "255"), ("-0b101", "-5"), ("0b", #""0b""#), ("1:30", "90"), ("-1:30:00", "-5400"),
      ("1:60", #""1:60""#),
      ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
      ("-123456789012345678901234567890", "-123456789012345678901234567890"),
      ("0xFFFFFFFFFFFFFFFFFF", #""0xFFFFFFFFFFFFFFFFFF""#),
      ("1.5", "1.5"), ("1.", "1.0"), (".5", "0.5"), ("-.5", #""-.5""#), ("1e3", #""1e3""#),
      ("1.5e3", #""1.5e3""#),
      ("1.5e+3", "1500.0"), ("1_0.2_5", "10.25"), ("1:30.5", "90.5"), ("-1:30.5", "-90.5"), (".", #"".""#),
      ("1.2.3", #""1.2.3""#), ("+.inf", #""+.inf""#), (".nan", #"".nan""#), ("1.0e+999", #""1.0e+999""#),
      ("2001-12-14", #""2001-12-14""#), ("2001-12-14 21:59:43.10 -5", #""2001-12-14 21:59:43.10 -5""#),
      ("!!str 5", #""5""#), ("!!str", #""""#), ("!!int '0x1F'", "31"), ("!!float 5", "5.0"),
      ("!!float 1e3", "1000.0"),
      ("!!bool 'Yes'", "true"), ("!!null x", "null"), ("!!timestamp 5", #""5""#), ("! 5", "5"),
      ("=", #""=""#),
    ])
  func json(yaml: String, json: String) throws {
    #expect(try YAMLParser.parse("- " + yaml).json() == "[\(json)]")
  }

  @Test("accessors give the value of its type only")
  func accessors() throws {
    let node = { (yaml: String) in try #require(try YAMLParser.parse("- " + yaml).sequence?.first) }
    #expect(try node("yes").boolean == true)
    #expect(try node("'yes'").boolean == nil)
    #expect(try node("0x10").integer == 16)
    #expect(try node("0x10").number == 16)
    #expect(try node("0.25").number == 0.25)
    #expect(try node("0.25").integer == nil)
    #expect(try node("99999999999999999999").integer == nil)
    #expect(try node("99999999999999999999").number == 1e20)
    #expect(try node("-.INF").number == -Double.infinity)
    #expect(try node(".NaN").number?.isNaN == true)
    #expect(try node("5").string == "5")
    #expect(try node("[5]").string == nil)
    #expect(try node("[5]").sequence?.count == 1)
    #expect(try node("{a: 5}").mapping?["a"]?.integer == 5)
    #expect(try node("{a: 5}").mapping?["b"] == nil)
    #expect(try node("!!str ~").isNull == false)
    #expect(try node("").isNull)
    #expect(try node("!!str x").tag == "tag:yaml.org,2002:str")
    #expect(try node("!!seq [a]").tag == "tag:yaml.org,2002:seq")
  }

  @Test(
    "a node's kind reads well in a message",
    arguments: [
      ("{}", "a mapping"), ("[]", "a list"), ("Yes", "the boolean Yes"), ("5", "the number 5"),
      ("1.5", "the number 1.5"),
      ("'5'", "text"), ("foo", "text"), ("~", "nothing"), ("", "nothing"),
    ])
  func kindName(yaml: String, name: String) throws {
    #expect(try YAMLParser.parse("- " + yaml).sequence?.first?.kindName == name)
  }

  @Test("JSON escapes what it must, and keys stay as written")
  func jsonText() throws {
    let yaml = "yes: \"\\\"\\\\\\n\\t\\r\\0\\x1fé😀/\"\n'1': [a, {}, []]\n"
    #expect(try YAMLParser.parse(yaml).json() == #"{"yes":"\"\\\n\t\r\u0000\u001fé😀/","1":["a",{},[]]}"#)
  }
}
