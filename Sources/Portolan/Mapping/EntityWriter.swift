import JQ
import RawJSON

/// Writes the entities of a page, one a line, and remembers what it knows of each.
struct EntityWriter: ~Copyable {
  /// How large the memory is that is kept for the next page.
  private static let sizeLimit = 4 << 20

  private var lines = ByteBuffer()
  private var entries: [EntityBatch.Entry] = []
  /// The raw object that is being mapped.
  var object = ObjectPosition(number: 0, offset: 0)

  /// Appends the entity that the evaluated fields make by a mapping of a resource.
  mutating func add(
    _ template: EntityTemplate, _ fields: borrowing Evaluator, resource: Int, mapping: Int
  ) {
    let start = lines.count
    let (identifier, blueprint) = template.write(fields, into: &lines)
    entries.append(
      EntityBatch.Entry(
        range: start..<lines.count, identifier: identifier, blueprint: blueprint, resource: resource,
        mapping: mapping, object: object.offset))
    lines.append(UInt8(ascii: "\n"))
  }

  /// Takes what was written, into an empty `buffer`, and starts over.
  mutating func take(into buffer: consuming [UInt8]) -> (lines: [UInt8], entries: [EntityBatch.Entry]) {
    var buffer = buffer
    lines.append(to: &buffer)
    if lines.count > Self.sizeLimit { lines = ByteBuffer() } else { lines.removeAll() }
    defer { entries.removeAll(keepingCapacity: true) }
    return (buffer, entries)
  }
}

/// Which of a page's raw objects one is.
struct ObjectPosition: Sendable, Hashable {
  /// Its number, counted from 1.
  var number: Int
  /// Where it begins, in bytes from the page's start.
  var offset: Int
}
