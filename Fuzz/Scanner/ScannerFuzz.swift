import RawJSON
import ReferenceJSON

/// libFuzzer calls this with bytes that it makes up: the scanner must say of them what the slow parser says.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzScanner(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  ScannerTrial.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// The scanner and the slow parser on the same bytes. What differs ends the process: that is how libFuzzer
/// learns of it.
private enum ScannerTrial {
  private static let paths: [JSONPath] = [
    JSONPath(), JSONPath([.key("a")]), JSONPath([.key("a"), .key("b")]), JSONPath([.key("a"), .index(0)]),
    JSONPath([.key("a"), .index(2), .key("é")]), JSONPath([.key("a"), .key("b"), .key("a"), .index(1)]),
    JSONPath([.key("é")]), JSONPath([.key("e\u{301}")]), JSONPath([.key("")]), JSONPath([.key("\u{FFFD}")]),
    JSONPath([.key("b")]),
  ]
  private static let tree = PathTree(paths)

  static func run(_ bytes: [UInt8]) {
    let reference = ReferenceParser.parse(bytes)
    bytes.withScanner { scanner in
      let range = try? scanner.checkDocument()
      require(range == reference?.range, "checkDocument gives \(range as Any), \(reference?.range as Any)")
      if let range, let reference {
        require(copy(scanner, range) == reference.copy(of: bytes), "the copy differs")
      }
      find(scanner, reference, bytes)
    }
    view(bytes, reference)
  }

  /// A view of bytes that are not valid may show anything, but must not trap.
  private static func view(_ bytes: [UInt8], _ reference: ReferenceNode?) {
    var writer = JSONWriter(.indented)
    writer.value(JSONView(valid: bytes))
    guard let reference else { return }
    require(ReferenceValue(writer.bytes)?.json == reference.copy(of: bytes), "the indented copy differs")
  }

  private static func find(_ scanner: JSONScanner, _ reference: ReferenceNode?, _ bytes: [UInt8]) {
    var matches = PathMatches(tree)
    let isFound = (try? scanner.find(tree, &matches)) != nil
    guard let reference, case .object = reference.value else {
      require(!isFound, "find takes what is no object")
      return
    }
    require(isFound, "find does not take an object")
    for path in paths {
      let range = tree.node(path).flatMap { matches[$0] }
      let expected = reference.find(path)
      require(range == expected?.range, "\(path) is at \(range as Any), \(expected?.range as Any)")
      if let range, let expected {
        require(copy(scanner, range) == expected.copy(of: bytes), "\(path) is copied wrongly")
      }
    }
  }

  private static func copy(_ scanner: JSONScanner, _ range: Range<Int>) -> [UInt8] {
    var output: [UInt8] = []
    scanner.copy(range, into: &output)
    return output
  }

  private static func require(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { fatalError(message()) }
  }
}
