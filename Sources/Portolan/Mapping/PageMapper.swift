import JQ
import RawJSON

/// Maps pages of raw objects of one kind, for some of its resources. It belongs to one thread at a time.
///
/// Sendable because of that: whoever takes one from a ``MapperPool`` uses it alone until it is given back.
final class PageMapper: @unchecked Sendable {
  /// What does not compile, for each resource.
  let rejections: [[Rejection]]
  private var work: PageWork

  /// A mapper for the resources at `places` of the config, all of one kind. It compiles what libjq must run.
  ///
  /// It plans the resources for itself: threads that share a plan count references to its parts in the same
  /// places of memory, and wait for each other there.
  init(_ config: PortAppConfig, _ places: [Int], kind: String, environment: JQEnvironment) {
    work = PageWork(kind: kind, config, places, environment)
    rejections = work.compile()
  }

  /// Maps a page: its entities are written into `buffer`, which is empty. What was lost of each object is kept if
  /// `keepsLosses`.
  func map(_ page: RawPage, keepsLosses: Bool, into buffer: consuming [UInt8]) -> MappedPage {
    work.map(page, keepsLosses: keepsLosses, into: buffer)
  }
}

/// What maps pages.
private struct PageWork: ~Copyable {
  /// A resource's mapper in a place of its own: it cannot be copied, and so be no element of an array.
  private final class Slot {
    var mapper: ResourceMapper

    init(_ mapper: consuming ResourceMapper) {
      self.mapper = mapper
    }
  }

  private let kind: String
  private let places: [Int]
  private let plans: [ResourcePlan]
  private let slots: [Slot]
  private var output = EntityWriter()

  init(kind: String, _ config: PortAppConfig, _ places: [Int], _ environment: JQEnvironment) {
    self.kind = kind
    self.places = places
    plans = places.map { ResourcePlan(config.resources[$0]) }
    slots = plans.map { Slot(ResourceMapper($0, environment: environment)) }
  }

  func compile() -> [[Rejection]] {
    slots.map { $0.mapper.compile() }
  }

  mutating func map(_ page: RawPage, keepsLosses: Bool, into buffer: consuming [UInt8]) -> MappedPage {
    var tallies = plans.map { ResourceTally($0, keepsLosses: keepsLosses) }
    var framer = page.framer
    output.object = ObjectPosition(number: 0, offset: 0)
    page.bytes.withScanner { map($0, &framer, &tallies) }
    let (lines, entries) = output.take(into: buffer)
    return MappedPage(
      batch: EntityBatch(
        kind: kind, page: page, lines: lines, entries: entries, places: places, tallies: tallies),
      framer: framer)
  }

  private mutating func map(_ text: JSONScanner, _ framer: inout Framer, _ tallies: inout [ResourceTally]) {
    while true {
      switch framer.next(text) {
      case .value(let start):
        begin(objectAt: start)
        // Most objects are valid: they are checked, mapped, and their end is found in one walk.
        if let end = map(objectAt: start, of: text, framer, &tallies) {
          framer.advance(to: end)
        } else if isUnfinished(text, start, framer) {
          return
        } else if let range = framer.recover(text, from: start) {
          reject(text.part(range), &tallies)
        } else {
          return
        }
      case .defect(let error):
        begin(objectAt: error.offset)
        for place in tallies.indices {
          tallies[place].countRaw(bytes: 0)
          tallies[place].countInvalid(JSONError(error.reason, at: 0), at: output.object)
        }
      case .unfinished, .end:
        return
      }
    }
  }

  private mutating func begin(objectAt offset: Int) {
    output.object.number += 1
    output.object.offset = offset
  }

  /// Maps the object at `start` for every resource.
  ///
  /// - Returns: the index after it; nil, with nothing done, where it is not valid.
  private mutating func map(
    objectAt start: Int, of text: JSONScanner, _ framer: Framer, _ tallies: inout [ResourceTally]
  ) -> Int? {
    guard text.byte(start) == UInt8(ascii: "{") else { return nil }
    var end: Int?
    for place in slots.indices {
      end = try? slots[place].mapper.map(text, at: start, framer, &tallies[place], into: &output)
      if end == nil { return nil }
    }
    return end
  }

  /// Whether what follows the page may make the value at `start` whole.
  private func isUnfinished(_ text: JSONScanner, _ start: Int, _ framer: Framer) -> Bool {
    guard framer.mayContinue else { return false }
    do throws(JSONError) {
      _ = try text.skipValue(start)
      return false
    } catch {
      return framer.isUnfinished(error)
    }
  }

  /// Counts what is in the place of a raw object, and is none.
  private func reject(_ value: JSONScanner, _ tallies: inout [ResourceTally]) {
    let error = value.objectError()
    for place in tallies.indices {
      tallies[place].countRaw(bytes: value.count)
      tallies[place].countInvalid(error, at: output.object, length: value.count)
    }
  }
}

/// A page's entities, and where the page's text stopped.
struct MappedPage: Sendable {
  var batch: EntityBatch
  /// After the last value that was whole.
  var framer: Framer
}

extension JSONScanner {
  /// Why the bytes are not one object.
  fileprivate func objectError() -> JSONError {
    do throws(JSONError) {
      let range = try checkDocument()
      return JSONError(.notAnObject, at: range.lowerBound)
    } catch {
      return error
    }
  }
}
