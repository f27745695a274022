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

  /// The index after the container with `number`, and the number of the next container behind it.
  func after(_ number: Int) -> (end: Int, next: Int)? {
    guard number < entries.count else { return nil }
    return (entries[number].end, entries[number].next)
  }
}
