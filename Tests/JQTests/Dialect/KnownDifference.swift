@testable import JQ

/// Why some of jq's own test programs give something else here, on this libjq or on every one.
enum KnownDifference {
  /// The reason for `program`, nil where it must give what jq expects.
  static func reason(_ program: String) -> String? {
    if let reason = everywhere.first(where: { program.contains($0.part) })?.reason { return reason }
    if LibJQVersion.loaded >= .v1_8 { return nil }
    if program == "." { return digits }
    return before1_8.first { program.contains($0.part) }?.reason
  }

  private static let closed = "a mapping reads no module, no other input and no environment"
  private static let limited = "it takes more than a mapping's expression may"

  private static let everywhere: [(part: String, reason: String)] = [
    ("import \"", closed), ("include \"", closed), ("modulemeta", closed), ("PAGER", closed),
    ("try input catch", closed), ("inputs", closed), ("input_line_number", closed),
    ("get_search_list", closed),
    ("$__prog_args", closed), ("range(10001)", "a result may be nested 10000 levels deep"),
  ]

  private static let words = "libjq's own message for the error"
  private static let unicode = "NUL ends a text in contains and tonumber of 1.6"
  private static let digits = "1.6 keeps no digits that a double does not hold"
  private static let deep = "1.6 reads text with fromjson down to 256 levels"

  private static let before1_8: [(part: String, reason: String)] = [
    (".[999999999] = 0", limited), (". * 1000000000", limited), ("del(.[nan", "1.6 does not end"),
    ("| try tonumber catch .", unicode), ("contains(\"\"), contains(\"a\")", unicode),
    ("contains(\"cd\"), contains(\"b\\u0000\")", unicode), ("contains(\"@\")", unicode),
    ("try (getpath([\"a\",0,\"b\"]) |= 5) catch .", words), ("error(\"foo\") elif . == 1 then .a", words),
    ("try -. catch .", words), ("try (.-.) catch .", words),
    ("number (12345678901234567890123456...)", words),
    ("try join(\",\") catch .", words), ("try 0[implode] catch .", words), (".[nan] = 9", words),
    (".[1.5:3.5] = \"xyz\"", words), ("try (\"foobar\" | .[1.5]) catch .", words),
    ("try [\"ok\", setpath([1]; 1)]", words), ("try fromjson catch .", words),
    ("try @base64d catch .", words),
    ("range(9999)", deep), ("100000000000000000", digits), ("have_literal_numbers", digits),
  ]
}
