/// Where the objects and arrays of a valid value end, numbered in the order in which they open.
///
/// One look at the bytes finds them all, so that a walk over a container steps over what is nested in it
/// without reading it again at each level.
struct ContainerEnds {
  private struct Entry {
    var end: Int
    /// The first number after this container's own and those inside it; while it is open, the number
    /// of the container around it.
    var next: Int
  }

  private var entries: [Entry] = []

  /// Finds the ends of the valid container that starts at `index`, which gets the number 0, and of those
  /// inside it.
  init(_ scanner: JSONScanner, from index: Int) {
    var innermost = -1
    var i = index
    repeat {
      switch scanner.byte(i) {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        entries.append(Entry(end: scanner.count, next: innermost))
        innermost = entries.count - 1
        i += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        i += 1
        guard innermost >= 0 else { return }
        let around = entries[innermost].next
        entries[innermost] = Entry(end: i, next: entries.count)
        innermost = around
      case UInt8(ascii: "\""):
        i = (try? scanner.skipString(i + 1)) ?? scanner.count
      default:
        i += 1
      }
    } while innermost >= 0 && i < scanner.count
  }

  /// The index after the container with `number`, and the number of the next container after it.
  func after(_ number: Int) -> (end: Int, next: Int)? {
    guard number < entries.count else { return nil }
    return (entries[number].end, entries[number].next)
  }
}

/// A value in a text.
struct JSONSpan {
  /// Where it is.
  var range: Range<Int>
  /// Its number in ``ContainerEnds`` if it is an object or an array.
  var container: Int
}

/// A member of an object: where its key and its value are.
package struct JSONMember {
  /// The key, quotes included.
  package var key: Range<Int>
  /// The value.
  package var value: Range<Int>
  /// The value's number in ``ContainerEnds`` if it is an object or an array.
  var container: Int

  /// The value, ready to be walked over.
  var span: JSONSpan { JSONSpan(range: value, container: container) }
}

/// Steps over the elements or the members of one valid container.
struct ContainerWalk {
  private let scanner: JSONScanner
  private let ends: ContainerEnds
  private var index: Int
  private var container: Int

  init(_ scanner: JSONScanner, _ ends: ContainerEnds, in span: JSONSpan) {
    self.scanner = scanner
    self.ends = ends
    index = scanner.skipWhitespace(span.range.lowerBound + 1)
    container = span.container + 1
  }

  /// The next element, nil after the last one.
  mutating func nextElement() -> JSONSpan? {
    guard scanner.byte(index) != UInt8(ascii: "]") else { return nil }
    return value(at: index)
  }

  /// The next member, nil after the last one; a key that is there twice comes twice.
  mutating func nextMember() -> JSONMember? {
    guard scanner.byte(index) != UInt8(ascii: "}"), let keyEnd = try? scanner.skipKeyText(index).end,
      let start = try? scanner.skipColon(keyEnd)
    else { return nil }
    let key = index..<keyEnd
    guard let value = value(at: start) else { return nil }
    return JSONMember(key: key, value: value.range, container: value.container)
  }

  private mutating func value(at start: Int) -> JSONSpan? {
    let number = container
    let end: Int
    switch scanner.byte(start) {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard let after = ends.after(number) else { return nil }
      (end, container) = after
    default:
      guard let after = try? scanner.skipValue(start) else { return nil }
      end = after
    }
    index = scanner.skipWhitespace(end)
    if scanner.byte(index) == UInt8(ascii: ",") { index = scanner.skipWhitespace(index + 1) }
    return JSONSpan(range: start..<end, container: number)
  }
}
