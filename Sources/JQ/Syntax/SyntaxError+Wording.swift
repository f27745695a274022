import RawJSON

extension SyntaxError: CustomStringConvertible {
  /// What is at fault, in one sentence, without the place.
  package var description: String {
    switch reason {
    case .foreignOperator, .curlyQuote, .unknownCharacter: "`\(found.text)` is not jq"
    case .singleQuote: "a single quote is not jq"
    case .unknownBlank: "this kind of blank (\(codePoint)) is not jq"
    case .nullByte: "a NUL byte is in the expression"
    case .variableWithoutName: "a variable's name must follow `$` at once"
    case .formatWithoutName: "a format's name must follow `@` at once"
    case .unknownEscape: "`\(found.text)` is not an escape of jq"
    case .shortUnicodeEscape: "`\\u` needs four hexadecimal digits"
    case .halfSurrogatePair:
      "`\(found.text.prefix(6))` is the first half of a surrogate pair without its second"
    case .unclosedString: "this string is never closed"
    case .unclosedBracket(let bracket): "this `\(bracket.rawValue)` is never closed"
    case .closesNothing: "this `\(found.text)` closes nothing"
    case .unclosedConditional: "this `if` has no `end`"
    case .cannotFollow: "`\(found.text)` cannot follow here"
    case .chainedOperator: "`\(found.text)` cannot follow another operator of its kind"
    case .tooManyOperators: "more than \(Parser.maximumDepth) operators are in a row here"
    case .tooManyBrackets: "more than \(Parser.maximumNesting) brackets, bodies or signs are open here"
    case .objectKeyNotString(let kind): "the key of an object must be a string, not \(kind.phrase)"
    case .wrongLoopParts(.reduce): "`reduce` takes two parts: the start and the step"
    case .wrongLoopParts(.foreach):
      "`foreach` takes two or three parts: the start, the step, and what is given each time"
    case .importPathNotPlain: "the path of a module must be plain text"
    case .metadataNotConstant: "the metadata of a module must be a constant object"
    default: "expected \(Self.list(expected.map(\.description))) \(place)"
    }
  }

  /// What could have been there instead; empty where that would not help.
  package var expected: [Expected] {
    switch reason {
    case .unclosedString: [.word("\"")]
    case .unclosedBracket(let bracket), .bracketNotClosedHere(let bracket): [.word(bracket.closing)]
    case .unclosedConditional, .conditionalNotClosedHere(hasElse: true, _): [.word("end")]
    case .conditionalNotClosedHere(hasElse: false, _): [.word("elif"), .word("else"), .word("end")]
    case .missingOperand: [.expression]
    case .cannotFollow: [.operator, .end]
    case .missingKeyAfterDot: isWordOrVariable ? [.quotedKey] : [.quotedKey, .word("[")]
    case .sliceAfterDot: [.word("]")]
    case .missingObjectKey: [.key]
    case .missingColonAfterComputedKey, .missingColonAfterKey, .missingColonInPattern,
      .missingColonBeforeBody:
      [.word(":")]
    case .dashInObjectKey: [.word(":"), .word(","), .word("}")]
    case .objectNotClosedHere: [.word(","), .word("}")]
    case .missingPattern: isName ? [.variable] : [.variable, .word("["), .word("{")]
    case .missingPipeAfterPattern, .missingPipeAfterLabel: [.word("|")]
    case .missingLabelName: [.newLabel]
    case .missingBreakLabel: [.label]
    case .missingThen: [.word("then")]
    case .missingLoopAs, .missingImportAs: [.word("as")]
    case .missingLoopParts: [.word("(")]
    case .missingFunctionName: [.functionName]
    case .missingParameter: [.parameter]
    case .commaBetweenParameters: [.word(";"), .word(")")]
    case .missingSemicolonAfterBody, .missingSemicolonAfterModule, .missingSemicolonAfterImport: [.word(";")]
    case .missingImportPath: [.modulePath]
    case .missingImportName: [.moduleName, .moduleVariable]
    case .foreignOperator, .singleQuote, .curlyQuote, .unknownBlank, .unknownCharacter, .nullByte,
      .variableWithoutName, .formatWithoutName, .unknownEscape, .shortUnicodeEscape, .halfSurrogatePair,
      .closesNothing, .chainedOperator, .tooManyOperators, .tooManyBrackets, .objectKeyNotString,
      .wrongLoopParts, .importPathNotPlain, .metadataNotConstant:
      []
    }
  }

  /// Where what was expected belongs, as the end of a sentence.
  private var place: String {
    switch reason {
    case .bracketNotClosedHere(let bracket): "to close `\(bracket.rawValue)`"
    case .conditionalNotClosedHere: "to go on with `if`"
    case .missingOperand(let word): word.map { "after `\($0)`" } ?? "at the start"
    case .missingKeyAfterDot: "after `.`"
    case .sliceAfterDot: "after a key in `.[`"
    case .missingObjectKey: "in an object"
    case .missingColonAfterComputedKey: "after a key in parentheses"
    case .missingColonAfterKey, .dashInObjectKey: "after a key"
    case .objectNotClosedHere: "after an entry of an object"
    case .missingPattern: isName ? "after `as`" : "in the pattern after `as`"
    case .missingColonInPattern: "after a key in a pattern"
    case .missingPipeAfterPattern: "after the variables of `as`"
    case .missingLabelName: "after `label`"
    case .missingPipeAfterLabel(let name): "after `label $\(name)`"
    case .missingBreakLabel: "after `break`"
    case .missingThen(let word): "after the condition of `\(word.rawValue)`"
    case .missingLoopAs(let word): "after what `\(word.rawValue)` reads"
    case .missingLoopParts(let word): "after the variables of `\(word.rawValue)`"
    case .missingFunctionName: "after `def`"
    case .missingParameter, .commaBetweenParameters: "in a definition"
    case .missingColonBeforeBody(let name): "before the body of `\(name)`"
    case .missingSemicolonAfterBody(let name): "after the body of `\(name)`"
    case .missingSemicolonAfterModule: "after the module's metadata"
    case .missingSemicolonAfterImport: "after a directive"
    case .missingImportPath: "after `import` or `include`"
    case .missingImportAs: "after the path"
    case .missingImportName: "after `as`"
    default: "here"
    }
  }

  private static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  private var codePoint: String {
    let digits = String(found.text.unicodeScalars.first?.value ?? 0, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private var isName: Bool {
    if case .name = found { true } else { false }
  }

  private var isWordOrVariable: Bool {
    switch found {
    case .name, .keyword, .variable: true
    default: false
    }
  }
}

// MARK: Help

extension SyntaxError {
  /// What to write instead, or where to look.
  package var help: String {
    specificHelp ?? confusion ?? missingOperator ?? generalHelp
  }

  /// The help that belongs to the reason.
  private var specificHelp: String? {
    switch reason {
    case .foreignOperator(.not): "negate with `not`: `(.a | not)`"
    case .foreignOperator(let symbol): "use `\(symbol.replacement)`"
    case .singleQuote: "jq strings take double quotes: \"…\""
    case .curlyQuote: "jq strings take straight double quotes: \"…\""
    case .unknownBlank: "use an ordinary space"
    case .nullByte: "remove it; a string can hold it as `\\u0000`"
    case .variableWithoutName: "write `$name`"
    case .formatWithoutName: "write `@base64`"
    case .unknownEscape: "a backslash itself is written `\\\\`"
    case .shortUnicodeEscape: "write it as in `\\u00e9`"
    case .halfSurrogatePair: "write both halves, `\\ud83d\\ude00`, or the character itself"
    case .unclosedString: "add a `\"` where it ends"
    case .unclosedBracket(let bracket): "add `\(bracket.closing)` where what it holds ends"
    case .closesNothing: "remove it"
    case .unclosedConditional(elseIf: true), .conditionalNotClosedHere(_, elseIf: true):
      "`else if` opens a second `if`, which needs its own `end`; `elif` goes on with the first"
    case .unclosedConditional(elseIf: false): "`if … then … else …` takes an `end` after it"
    case .chainedOperator: "use parentheses, or `and` between two comparisons"
    case .tooManyOperators: "split the chain in parentheses, or take a list and `add` or `any`"
    case .tooManyBrackets: "take the inner ones out into a `def`"
    case .missingKeyAfterDot: keyHelp
    case .sliceAfterDot: "a slice takes no dot before it: `.a[1:2]`"
    case .missingObjectKey: objectKeyHelp
    case .objectKeyNotString: "put it in double quotes, or use `tostring`"
    case .missingColonAfterComputedKey: "as in `{(.a): .b}`"
    case .missingColonAfterKey: "as in `{a: 1}`"
    case .dashInObjectKey: "a key with `-` takes double quotes: `{\"a-b\": 1}`"
    case .missingPattern: isName ? "write `$\(found.text)`" : "as in `.a as $x | …`"
    case .missingColonInPattern: "as in `{name: $name}` or `{$name}`"
    case .missingPipeAfterPattern: "as in `.a as $x | …`"
    case .missingLabelName: "as in `label $out | …`"
    case .missingBreakLabel: "as in `break $out`"
    case .missingThen: "write `then` after the condition: `if … then … else … end`"
    case .missingLoopAs(let word), .missingLoopParts(let word), .wrongLoopParts(let word):
      "write `\(word.rawValue) .[] as $x (0; . + $x)`"
    case .missingParameter: "as in `def f(g; $x): …;`"
    case .commaBetweenParameters: "`;` separates parameters"
    case .missingSemicolonAfterBody: "a definition ends with `;`"
    case .missingSemicolonAfterImport: "`import` and `include` end with `;`"
    case .missingImportAs: "as in `import \"path\" as name;`"
    default: nil
    }
  }

  private var keyHelp: String? {
    switch found {
    case .name(let name), .keyword(let name): "write `.\(name)` without a blank"
    case .variable(let name): "write `.[\(name)]`"
    default: nil
    }
  }

  private var objectKeyHelp: String {
    switch found {
    case .number(let text): "write `\"\(text)\"`"
    case .field(let text): "write `\(text.dropFirst()): \(text)`"
    default: "a computed key takes parentheses: `{(.a): .b}`"
    }
  }

  /// What the text is often mistaken for.
  private var confusion: String? {
    switch found {
    case .symbol(";"): "`;` separates the arguments of a function and ends a definition; use `|` or `,`"
    case .symbol(":"): "`:` belongs in `{a: 1}` and `.[1:2]`; a choice is `if … then … else … end`"
    case .symbol("?//"): "write `? //` with a blank between them"
    case .number(let text) where text.hasPrefix("."): "an element is taken with `.[\(text.dropFirst())]`"
    case .keyword("as"): "only an expression outside operators and objects takes `as`; use parentheses"
    case .keyword("def"), .keyword("label"): "use parentheses around it"
    default: nil
    }
  }

  /// Two operands in a row: what joins them is missing.
  private var missingOperator: String? {
    switch reason {
    case .cannotFollow, .bracketNotClosedHere:
      found.beginsOperand ? "is a `|` or another operator missing?" : nil
    default: nil
    }
  }

  private var generalHelp: String {
    if expected.contains(.word("end")) { return "`if … then … else …` takes an `end` after it" }
    if expected.isEmpty { return "a text takes double quotes" }
    return found == .end ? "write what is missing at the end" : "check what is right before this place"
  }
}

extension SyntaxError.Expected: CustomStringConvertible {
  /// What is expected, with its article.
  package var description: String {
    switch self {
    case .word(let text): "`\(text)`"
    case .end: "end of the expression"
    case .operator: "an operator"
    case .expression: "an expression"
    case .key: "a key"
    case .quotedKey: "a key in double quotes"
    case .variable: "a variable"
    case .functionName: "the function's name"
    case .parameter: "a parameter"
    case .newLabel: "the label's name"
    case .label: "a label's name"
    case .modulePath: "the path in double quotes"
    case .moduleName: "a name"
    case .moduleVariable: "`$name`"
    }
  }
}
