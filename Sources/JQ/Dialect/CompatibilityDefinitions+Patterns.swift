extension CompatibilityDefinitions {
  /// jq 1.7: regular expressions that match nothing, and replacements of every match.
  ///
  /// jq 1.6 loses the match at the end of the text, and crashes on one inside a text that is not ASCII.
  /// The second of each pair finds matches one by one, each search beginning behind the last match with
  /// `\A[\s\S]{n,}?\K`, in the text and one more character, so that none is empty. It is called for patterns
  /// that may match nothing.
  static let patterns =
    search("match", prefix: "") + search("__match", prefix: "__") + [
      matchOneByOne, matchArray, captureArray,
    ]

  private static let matchOneByOne = #"""
    def __match($re; $flags):
      if type != "string" or ($re | type) != "string" or ($flags | . != null and type != "string")
          or ($flags // "" | explode | .[[110]] | length > 0)
      then match($re; $flags)
      else . as $in | length as $length
        | (($flags // "") | explode | map(select(. != 103)) | implode) as $once
        | (($flags // "") != $once) as $isGlobal
        | (if $once | explode | .[[120]] | length > 0 then "\n)" else ")" end) as $close
        | ($re | test("\\\\[zZ]|\\(\\?<?[=!]") | not) as $isOpen
        | def from($start): if $start > $length then empty
            else [$in + (if $isOpen then "\n" else "" end)
                | match("\\A[\\s\\S]{\($start),}?\\K(?:" + $re + $close + (if $isOpen then "[\\s\\S]" else "" end); $once)]
                | .[0] as $found
              | if $found == null then empty
                else $found | if $isOpen then .length -= 1 | .string |= .[:-1] else . end
                  | ., if $isGlobal then from(.offset + (if .length == 0 then 1 else .length end)) else empty end
                end
            end;
          from(0)
      end;
    """#

  private static let matchArray = #"""
    def __match($re): if ($re | type) == "array" then __match($re[0]; $re[1]) else __match($re; null) end;
    """#

  private static let captureArray = #"""
    def __capture($re): if ($re | type) == "array" then __capture($re[0]; $re[1]) else __capture($re; null) end;
    """#

  /// What is built on the function `match`.
  private static func search(_ match: String, prefix: String) -> [String] {
    [
      #"""
      def \#(prefix)scan($re; $flags): \#(match)($re; "g" + $flags)
        | if (.captures | length) > 0 then [.captures[].string] else .string end;
      """#,
      "def \(prefix)scan($re): \(prefix)scan($re; null);",
      #"""
      def \#(prefix)splits($re; $flags): .[foreach (\#(match)($re; $flags + "g"), null) as {$offset, $length}
        (null; {start: .next, end: $offset, next: ($offset + $length)}; .)];
      """#,
      "def \(prefix)splits($re): \(prefix)splits($re; null);",
      "def \(prefix)split($re; $flags): [\(prefix)splits($re; $flags)];",
      #"""
      def \#(prefix)capture(re; mods): \#(match)(re; mods)
        | reduce (.captures[] | select(.name != null) | {(.name): .string}) as $pair ({}; . + $pair);
      """#,
      #"""
      def \#(prefix)sub($re; s; $flags): . as $in
        | (reduce \#(match)($re; $flags) as $edit ([0, []];
              .[0] as $previous | .[1] as $results
              | $in[$previous:$edit.offset] as $gap
              | [(if $edit.captures == [] then {} else
                  reduce ($edit.captures[] | select(.name != null) | {(.name): .string}) as $pair ({}; . + $pair)
                  end) | s] as $inserts
              | [$edit.offset + $edit.length,
                 if ($inserts | length) == 1 and ($results | length) < 2
                 then [$results[0] + ($gap + $inserts[0])]
                 else reduce range(0; $inserts | length) as $i ($results; .[$i] += $gap + $inserts[$i])
                 end])
            | .[0] as $previous | .[1][] + $in[$previous:]) // $in;
      """#,
      "def \(prefix)sub($re; s): \(prefix)sub($re; s; \"\");",
      "def \(prefix)gsub($re; s; $flags): \(prefix)sub($re; s; $flags + \"g\");",
      "def \(prefix)gsub($re; s): \(prefix)sub($re; s; \"g\");",
    ]
  }
}
