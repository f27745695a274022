import Portolan
import RawJSON

/// Makes properties of what a kind's objects have.
struct Properties {
  /// How many properties a blueprint gets at most: more is nothing that a person reads.
  static let limit = 30

  /// What could become a property.
  private struct Candidate {
    /// The keys that lead to it.
    var path: [String]
    /// The keys that name it.
    var names: [String]
    var shape: Shape
    /// Of an array of objects: the key that stands for each.
    var elementKey: String?
    var score = 0.0
  }

  private let samples: KindSamples
  private let shape: Shape
  private let covered: [[String]]
  private let titles: [String]
  private var candidates: [Candidate] = []
  /// What is left out, with why.
  private(set) var leftOut: [KindPlan.LeftOut] = []
  private var takenNames: Set<String>

  /// What `samples` have beside `title`, the path to the title, and `covered`, the paths of which something else is
  /// made, with all below them. Relations have the `names` already.
  init(_ samples: KindSamples, _ shape: Shape, title: [String], covered: [[String]], names: [String]) {
    self.samples = samples
    self.shape = shape
    self.covered = covered
    titles = title.isEmpty ? [] : shape.at(title)?.texts ?? []
    takenNames = Set(names)
  }

  /// The properties, in the objects' order.
  mutating func find() -> [PropertyPlan] {
    collect(shape, [], [], nesting: 0)
    leaveOutNoise()
    for place in candidates.indices { candidates[place].score = score(candidates[place]) }
    let kept = Set(
      candidates.indices.sorted { (candidates[$1].score, $0) < (candidates[$0].score, $1) }.prefix(Self.limit)
    )
    var properties: [PropertyPlan] = []
    for (place, candidate) in candidates.enumerated() {
      if kept.contains(place) {
        properties.append(property(candidate))
      } else {
        leaveOut(candidate.path, .room)
      }
    }
    return properties
  }

  // MARK: What there is

  private mutating func collect(_ shape: Shape, _ path: [String], _ names: [String], nesting: Int) {
    for entry in shape.members {
      let (key, member) = (entry.key, entry.shape)
      let path = path + [key]
      if covered.contains(path) { continue }
      add(member, path, names, key, nesting)
    }
  }

  private mutating func add(
    _ member: Shape, _ path: [String], _ names: [String], _ key: String, _ nesting: Int
  ) {
    if member.kinds.isEmpty || (member.kind == .string && member.texts.allSatisfy(\.isEmpty)) {
      return leaveOut(path, .null)
    }
    let candidate = Candidate(path: path, names: names + [key], shape: member)
    if member.isScalar {
      candidates.append(candidate)
    } else if member.kind == .array {
      addArray(candidate)
    } else if member.kind == .object {
      addObject(candidate, key, nesting)
    } else {
      leaveOut(path, .mixed)
    }
  }

  private mutating func addArray(_ candidate: Candidate) {
    var candidate = candidate
    guard let elements = candidate.shape.elements else { return leaveOut(candidate.path, .null) }
    if elements.kind == .object {
      candidate.elementKey = Self.telling(elements, mustBeAlways: true)
    }
    candidates.append(candidate)
  }

  private mutating func addObject(_ candidate: Candidate, _ key: String, _ nesting: Int) {
    let member = candidate.shape
    let isSaid = samples.notes[candidate.path]?.isDictionary ?? false
    if isSaid || member.isDictionary || Self.isDictionaryName(key) {
      candidates.append(candidate)
    } else if Wrapper.isTransparent(key), nesting == 0 {
      collect(member, candidate.path, [], nesting: 0)
    } else if let name = Self.reference(member) {
      let path = candidate.path + [name]
      guard !covered.contains(path), let shape = member.member(name) else { return }
      candidates.append(Candidate(path: path, names: candidate.names, shape: shape))
    } else if nesting == 0, !member.members.isEmpty {
      collect(member, candidate.path, candidate.names, nesting: 1)
    } else {
      leaveOut(candidate.path, .room)
    }
  }

  private static let tellingNames = [
    "displayname", "name", "title", "summary", "label", "login", "username", "key", "slug", "value", "email",
  ]
  private static let identityNames: Set<String> = [
    "id", "key", "self", "url", "href", "slug", "login", "accountid", "uuid", "nodeid", "htmlurl", "iconurl",
  ]

  /// The key that says best what an object is.
  private static func telling(_ object: Shape, mustBeAlways: Bool) -> String? {
    let known = object.members.filter { $0.shape.kind == .string && (!mustBeAlways || !$0.shape.hasGaps) }
    return tellingNames.lazy.compactMap { name in known.first { AnswerList.letters($0.key) == name }?.key }
      .first
  }

  /// The key that stands for an object which only refers to another: `{"id": 3, "name": "High"}`.
  private static func reference(_ object: Shape) -> String? {
    guard let telling = telling(object, mustBeAlways: false) else { return nil }
    let refers = object.members.contains {
      $0.key != telling && identityNames.contains(AnswerList.letters($0.key))
    }
    let scalars = object.members.count { $0.shape.isScalar }
    return refers || scalars <= 2 && object.members.count <= 2 ? telling : nil
  }

  private static func isDictionaryName(_ key: String) -> Bool {
    ["labels", "annotations", "tags", "customfields", "variables"].contains(AnswerList.letters(key))
  }

  private mutating func leaveOut(_ path: [String], _ reason: KindPlan.LeftOut.Reason) {
    leftOut.append(KindPlan.LeftOut(path: JQText.path(path), reason: reason))
  }

  // MARK: What is worth it

  /// How many addresses an object has at most that a person may want to follow.
  private static let mostAddresses = 6

  private mutating func leaveOutNoise() {
    let addresses = candidates.count { Self.isAddress($0) }
    let hasPage = candidates.contains { Self.pages.contains(AnswerList.letters($0.names.last ?? "")) }
    let kind = Words(of: samples.name).all.joined()
    let isNoise = candidates.map { candidate in
      let name = AnswerList.letters(candidate.names.last ?? "")
      let texts = candidate.shape.texts
      return ["nodeid", "gravatarid", "etag", "self"].contains(name)
        // A template is no address.
        || texts.contains { $0.contains("://") && $0.contains("{") }
        || (Self.isAddress(candidate) && (addresses > Self.mostAddresses || (hasPage && name == "url")))
        || candidate.path.contains("_links")
        || (!titles.isEmpty && texts == titles)
        || (name == "type" && texts.allSatisfy { AnswerList.letters($0) == kind })
    }
    for (candidate, isNoise) in zip(candidates, isNoise) where isNoise { leaveOut(candidate.path, .room) }
    candidates = zip(candidates, isNoise).filter { !$0.1 }.map(\.0)
  }

  /// Addresses that are for people.
  private static let pages: Set<String> = ["htmlurl", "weburl", "permalink"]

  /// Whether it is an address that is for programs, as far as its name tells.
  private static func isAddress(_ candidate: Candidate) -> Bool {
    let name = AnswerList.letters(candidate.names.last ?? "")
    return (name.hasSuffix("url") || name.hasSuffix("href")) && !pages.contains(name)
      && !["cloneurl", "sshurl", "avatarurl", "siteurl", "shorturl"].contains(name)
  }

  private static let goodWords: Set<String> = [
    "status", "state", "type", "priority", "severity", "urgency", "created", "updated", "closed", "resolved",
    "started",
    "description", "visibility", "private", "archived", "active", "language", "url", "version", "owner",
    "email", "tier",
    "environment", "number", "labels", "tags", "topics", "lifecycle", "due",
  ]

  private func score(_ candidate: Candidate) -> Double {
    let shape = candidate.shape
    let words = Words(of: candidate.names.last ?? "").all
    var score = Double(shape.filled) / Double(max(1, samples.objects.count))
    if !Set(words).isDisjoint(with: Self.goodWords) { score += 0.4 }
    if candidate.names.count > 1 { score -= 0.3 }
    let letters = words.joined()
    if ["htmlurl", "weburl", "url", "permalink"].contains(letters) {
      score += 0.3
    } else if Self.isAddress(candidate) || letters.contains("avatar") {
      score -= 0.6
    }
    let texts = shape.texts
    if texts.count > 3, Set(texts).count == 1 { score -= 0.2 }
    if shape.kind == .object { score -= 0.3 }
    return score
  }

  // MARK: What becomes of it

  private mutating func property(_ candidate: Candidate) -> PropertyPlan {
    let words = Self.words(candidate.names)
    let name = freeName(words.camelCase ?? "property", isFlag: candidate.shape.kind == .boolean)
    var property = PropertyPlan(
      name: name, title: words.all.isEmpty ? candidate.names.joined(separator: " ") : words.title,
      type: .string,
      expression: JQText.path(candidate.path))
    let note = samples.notes[candidate.path]
    property.description = note?.description
    PropertyValues(
      candidate.shape, objects: samples.objects.count, name: words, elementKey: candidate.elementKey,
      note: note
    ).describe(
      &property)
    return property
  }

  /// The words of nested keys: what the inner one repeats of the outer one is said once.
  private static func words(_ names: [String]) -> Words {
    Words(
      names.reduce(into: [String]()) { words, name in
        let next = Words(of: name).all
        words += words.last == next.first && !words.isEmpty ? Array(next.dropFirst()) : next
      })
  }

  private mutating func freeName(_ name: String, isFlag: Bool) -> String {
    if takenNames.insert(name).inserted { return name }
    if isFlag, let other = Words(["is"] + Words(of: name).all).camelCase, takenNames.insert(other).inserted {
      return other
    }
    var number = 2
    while !takenNames.insert("\(name)\(number)").inserted { number += 1 }
    return "\(name)\(number)"
  }
}
