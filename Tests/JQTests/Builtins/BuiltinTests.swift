import CLibJQ
import RawJSON
import Testing

@testable import JQ

@Suite("The table of builtins")
struct BuiltinTests {
  /// What the loaded libjq itself lists.
  private static func listed() throws -> Set<Signature> {
    let list = try JQMachine("builtins | join(\" \")")
    list.start(JQValue(consuming: jv_null()))
    defer { list.stop() }
    guard case .value(let names) = list.next(), let text = names.string else { return [] }
    return Set(text.split(separator: " ").compactMap { Signature($0) })
  }

  @Test("a function has one row")
  func once() {
    #expect(Set(Builtins.rows.map(\.signature)).count == Builtins.rows.count)
    #expect(Builtins.signatures.allSatisfy(Builtins.has))
    #expect(Builtins[Signature("pow10", 0)] != nil && !Builtins.has(Signature("pow10", 0)))
  }

  @Test("libjq's own functions have rows, and what it does not have is defined for it")
  func names() throws {
    let listed = try Self.listed()
    #expect(listed.count > 150)
    let known = Set(Builtins.rows.map(\.signature))
    #expect(listed.subtracting(known).map(\.description).sorted() == [])
    let missing = Builtins.signatures.subtracting(listed).compactMap { Builtins[$0] }
    for row in missing {
      let isDefined = row.definition.map { definition in
        definition.builtInSince.map { LibJQVersion.loaded < $0 } ?? true
      }
      #expect(isDefined ?? (row.closing != nil), "\(row.signature)")
    }
  }

  @Test("a definition defines its row's function, in the language of every libjq")
  func definitions() throws {
    for row in Builtins.rows {
      for text in [row.definition?.text, row.closing].compactMap({ $0 }) {
        #expect(try Parser.parse(text).definitions.map(\.signature) == [row.signature])
      }
      if row.closing != nil { #expect(row.definition == nil, "\(row.signature)") }
    }
  }

  @Test("what a row says fits the number of its arguments")
  func arities() {
    for row in Builtins.rows {
      let arity = row.signature.arity
      switch row.native {
      case nil: break
      case .function, .element, .empty, .filter: #expect(arity == 0, "\(row.signature)")
      case .ofText, .ofAnyText, .map, .select: #expect(arity == 1, "\(row.signature)")
      }
      switch row.reads {
      case nil, .nothing: break
      case .kind, .filter, .shape, .entries, .element, .toArray: #expect(arity == 0, "\(row.signature)")
      case .member, .withEntries, .map, .mapValues, .select, .elementAtConstant, .isEmpty:
        #expect(arity == 1, "\(row.signature)")
      case .outputs: #expect(arity > 0, "\(row.signature)")
      case .test: #expect(arity <= 2, "\(row.signature)")
      case .arrangement: #expect(arity <= 1, "\(row.signature)")
      }
      if let search = row.search {
        #expect(search.pattern < arity && search.flags <= arity && row.cost == nil, "\(row.signature)")
        if search.gives == .replacement { #expect(arity > 1, "\(row.signature)") }
      }
    }
  }

  private static let inputs = [
    "null", "true", "0", "-1.5", "3", #""""#, #""a,b""#, #""2024-02-29T12:00:00Z""#, "[]", "[1,2]",
    #"["a","b"]"#,
    "[[1]]", "{}", #"{"a":1}"#, #"[{"key":"a","value":1}]"#,
  ]

  @Test("values are of the kind that the row says, or null")
  func kinds() throws {
    for row in Builtins.rows {
      guard let kind = row.kind else { continue }
      let arguments = ["\"a\"", ".", "\",\""].prefix(row.signature.arity).joined(separator: "; ")
      let call = row.signature.arity == 0 ? row.signature.name : "\(row.signature.name)(\(arguments))"
      for input in Self.inputs {
        guard case .value(let json)? = try run("try (\(call) | type) catch null", on: input) else { continue }
        #expect(json == "null" || json == "\"null\"" || json == "\"\(kind.rawValue)\"", "\(call) on \(input)")
      }
    }
  }

  @Test("filters let through what libjq lets through")
  func filters() throws {
    for row in Builtins.rows {
      guard case .filter(let kinds) = row.native else { continue }
      for input in Self.inputs {
        let found = try run(row.signature.name, on: input)
        let kind = input.utf8.first.map { JSONKind(firstByte: $0) }
        #expect((found != .nothing) == kind.map(kinds.contains), "\(row.signature) on \(input)")
      }
    }
  }

  @Test("what certainly ends does, and what may not is not said to")
  func costs() {
    for row in Builtins.rows where row.traits.contains(.mayNotEnd) && row.signature.arity == 1 {
      #expect(!JQExpression("\(row.signature.name)(.)").isBounded, "\(row.signature)")
    }
    for row in Builtins.rows {
      guard case .pass = row.cost else { continue }
      let arguments = Array(repeating: ".", count: row.signature.arity).joined(separator: "; ")
      let call = row.signature.arity == 0 ? row.signature.name : "\(row.signature.name)(\(arguments))"
      #expect(JQExpression(call).isBounded, "\(call)")
    }
  }
}

@Suite("Signatures of functions")
struct SignatureTests {
  @Test("they are written and read as jq writes them")
  func text() {
    for text in ["map/1", "m::f/0", "range/12"] { #expect(Signature(text)?.description == text) }
    for text in ["", "map", "/1", "map/", "map/x", "map/-1"] { #expect(Signature(text) == nil, "\(text)") }
    #expect(
      ["b/0", "a/2", "a/1", "a_b/0"].compactMap { Signature($0) }.sorted().map(\.description)
        == ["a/1", "a/2", "a_b/0", "b/0"])
  }
}
