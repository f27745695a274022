import CJSONScan

extension JSONScanner {
  /// How many newlines there are, and the index after the last one; 0 where there is none.
  package func lines() -> (newlines: Int, lastStart: Int) {
    var newlines = 0
    var lastStart = 0
    while true {
      // Safe: `json_scan_line` reads nothing at or past the end that it is given.
      let newline = json_scan_line(base + lastStart, base + count) - base
      if newline == count { return (newlines, lastStart) }
      newlines += 1
      lastStart = newline + 1
    }
  }
}
