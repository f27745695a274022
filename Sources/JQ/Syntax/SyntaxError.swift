import RawJSON

/// Why a text is not a jq program, and where.
///
/// Its ``description`` and ``help`` say so in a sentence.
package struct SyntaxError: Error, Sendable, Hashable {
  /// Why the text cannot go on as jq.
  package var reason: Reason

  /// The text that is at fault, in UTF-8 byte offsets of the source; empty at its end.
  package var range: Range<Int>

  /// What that text is.
  package var found: Found

  /// Makes an error.
  package init(_ reason: Reason, at range: Range<Int>, found: Found) {
    self.reason = reason
    self.range = range
    self.found = found
  }
}

extension SyntaxError {
  /// What is at fault. Each case shows jq text that causes it.
  package enum Reason: Sendable, Hashable {
    // MARK: Text that is no word of jq

    /// `.a && .b`, `1 === 1`, `.a ?? "none"`
    case foreignOperator(ForeignOperator)
    /// `split(',')`
    case singleQuote
    /// `“a”`
    case curlyQuote
    /// A blank other than a space, a tab and the end of a line, as U+00A0.
    case unknownBlank
    /// `.é`
    case unknownCharacter
    /// A NUL byte.
    case nullByte
    /// `$ x`
    case variableWithoutName
    /// `@ base64`
    case formatWithoutName
    /// `"\d"`
    case unknownEscape
    /// `"\u12"`
    case shortUnicodeEscape
    /// `"\ud83d"`
    case halfSurrogatePair

    // MARK: What is open

    /// `"a`, at the quote
    case unclosedString
    /// `(.a`, at the bracket
    case unclosedBracket(Bracket)
    /// `(1]`, at what comes before the end
    case bracketNotClosedHere(Bracket)
    /// `1)`
    case closesNothing
    /// `if . then 1`, at the `if`; `elseIf` where `else if` has opened a second one
    case unclosedConditional(elseIf: Bool)
    /// `(if . then 1)`, at what comes instead of `elif`, `else` or `end`
    case conditionalNotClosedHere(hasElse: Bool, elseIf: Bool)

    // MARK: Operands and operators

    /// `1 +`, and at the start `| 1`
    case missingOperand(after: String?)
    /// `.a b`
    case cannotFollow
    /// `1 == 2 == 3`
    case chainedOperator
    /// `1+1+1+…`, higher than ``Parser/maximumDepth``
    case tooManyOperators
    /// `((((…`, deeper than ``Parser/maximumNesting``
    case tooManyBrackets

    // MARK: Paths and objects

    /// `. foo`, `.a.$x`
    case missingKeyAfterDot
    /// `.a.[1:2]`
    case sliceAfterDot
    /// `{1: 2}`, `{,}`
    case missingObjectKey
    /// `{(1): 2}`
    case objectKeyNotString(JSONKind)
    /// `{(.a)}`
    case missingColonAfterComputedKey
    /// `{a = 1}`
    case missingColonAfterKey
    /// `{a-b: 1}`
    case dashInObjectKey
    /// `{a: 1; b: 2}`
    case objectNotClosedHere

    // MARK: Patterns, labels and loops

    /// `. as x | 1`
    case missingPattern
    /// `. as {a} | 1`
    case missingColonInPattern
    /// `. as $x 1`
    case missingPipeAfterPattern
    /// `label x | 1`
    case missingLabelName
    /// `label $x 1`
    case missingPipeAfterLabel(name: String)
    /// `break`
    case missingBreakLabel
    /// `if . 1 end`
    case missingThen(after: ConditionalWord)
    /// `reduce .[] (0; 1)`
    case missingLoopAs(LoopWord)
    /// `reduce .[] as $x 0`
    case missingLoopParts(LoopWord)
    /// `reduce .[] as $x (0)`
    case wrongLoopParts(LoopWord)

    // MARK: Definitions and modules

    /// `def 1: 2; 3`
    case missingFunctionName
    /// `def f(): 1; f`
    case missingParameter
    /// `def f(a, b): 1; f`
    case commaBetweenParameters
    /// `def f 1; f`
    case missingColonBeforeBody(function: String)
    /// `def f: 1`
    case missingSemicolonAfterBody(function: String)
    /// `module {} 1`
    case missingSemicolonAfterModule
    /// `import "a" as b {} 1`
    case missingSemicolonAfterImport
    /// `import a as b; 1`
    case missingImportPath
    /// `import "a\(1)" as b; 1`
    case importPathNotPlain
    /// `import "a"; 1`
    case missingImportAs
    /// `import "a" as 1; 2`
    case missingImportName
    /// `module 1; 2`
    case metadataNotConstant
  }

  /// The text at fault.
  package enum Found: Sendable, Hashable {
    /// Nothing: the program ends here.
    case end
    /// `name`
    case name(String)
    /// `if`
    case keyword(String)
    /// `.name`
    case field(String)
    /// `$name`, `$__loc__`
    case variable(String)
    /// `12`, `.5`
    case number(String)
    /// `@base64`
    case format(String)
    /// The quote with which a string begins.
    case string
    /// `;`
    case symbol(String)
    /// What is no word of jq, or more than one.
    case text(String)
  }

  /// What could have been there.
  package enum Expected: Sendable, Hashable {
    /// This keyword or symbol.
    case word(String)
    /// The end of the program.
    case end
    /// Any operator.
    case `operator`
    /// Any expression.
    case expression
    /// The key of an object.
    case key
    /// `"key"`
    case quotedKey
    /// `$name`, in a pattern
    case variable
    /// The name that `def` gives a function.
    case functionName
    /// A parameter of a function: `f` or `$x`.
    case parameter
    /// The name after `label`.
    case newLabel
    /// The name of a label that is known.
    case label
    /// The path of a module, in double quotes.
    case modulePath
    /// The name after `as` in an `import`.
    case moduleName
    /// `$name`, in an `import`
    case moduleVariable
  }

  /// An operator of other languages.
  package enum ForeignOperator: String, Sendable, Hashable, CaseIterable {
    /// `&&`
    case and = "&&"
    /// `||`
    case or = "||"
    /// `===`
    case equal = "==="
    /// `!==`
    case notEqual = "!=="
    /// `<>`
    case lessOrGreater = "<>"
    /// `??`
    case alternative = "??"
    /// `!`
    case not = "!"

    /// What jq writes instead.
    package var replacement: String {
      switch self {
      case .and: "and"
      case .or: "or"
      case .equal: "=="
      case .notEqual, .lessOrGreater: "!="
      case .alternative: "//"
      case .not: "not"
      }
    }
  }

  /// What is opened and must be closed.
  package enum Bracket: String, Sendable, Hashable {
    /// `(`
    case parenthesis = "("
    /// `[`
    case bracket = "["
    /// `{`
    case brace = "{"
    /// `\(`
    case interpolation = "\\("

    /// What closes it.
    package var closing: String {
      switch self {
      case .parenthesis, .interpolation: ")"
      case .bracket: "]"
      case .brace: "}"
      }
    }
  }

  /// The words that a condition follows.
  package enum ConditionalWord: String, Sendable, Hashable {
    /// `if`
    case `if`
    /// `elif`
    case elif
  }

  /// The words that begin a loop.
  package enum LoopWord: String, Sendable, Hashable {
    /// `reduce`
    case reduce
    /// `foreach`
    case foreach
  }
}

extension SyntaxError.Found {
  /// The text as it was written; empty at the end of the program.
  package var text: String {
    switch self {
    case .end: ""
    case .name(let text), .keyword(let text), .field(let text), .variable(let text), .number(let text),
      .format(let text), .symbol(let text), .text(let text):
      text
    case .string: "\""
    }
  }

  /// Whether an operand begins with it, so that the operator before it may be what is missing.
  var beginsOperand: Bool {
    switch self {
    case .name, .variable, .number, .string, .format: true
    case .symbol(let text): text == "(" || text == "{"
    case .end, .keyword, .field, .text: false
    }
  }
}
