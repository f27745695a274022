import Portolan
import RawJSON

/// Adds to objects what the API does not send with them: values that expressions give, and lists that are asked for
/// each of them.
struct ObjectAdder: Sendable {
  private struct Join: Sendable {
    var key: String
    var condition: Expressions.Key?
    var list: ListPlan
    /// Whether what is asked for is one value, and not a list.
    var isSingle: Bool
  }

  private let added: [(key: String, value: Expressions.Key)]
  private let values: Expressions
  private let joins: [Join]
  private let conditions: Expressions

  /// Nil where nothing is added.
  init?(_ list: FetcherDefinition.List) {
    guard !list.added.isEmpty || !list.joins.isEmpty else { return nil }
    var builder = Expressions.Builder()
    added = list.added.map { ($0.key, builder.add($0.value)) }
    values = Expressions(builder)
    var conditions = Expressions.Builder()
    joins = list.joins.map { join in
      Join(
        key: join.key, condition: conditions.add(join.condition), list: ListPlan(join.list),
        isSingle: join.list.items == nil)
    }
    self.conditions = Expressions(conditions)
  }

  /// The page with what is added to each of its objects. What is asked for several objects is asked side by side.
  func add(to page: ObjectPage, _ scope: FetchScope, _ client: APIClient) async throws -> ObjectPage {
    let objects = page.objects.map { Array(page.bytes[$0]) }
    let joined = joins.isEmpty ? objects : try await join(objects, scope, client)
    var made = ObjectPage(
      bytes: [UInt8(ascii: "[")], layout: .list(at: JSONPath()), objects: [], request: page.request)
    made.bytes.reserveCapacity(page.bytes.count + joined.count * 64)
    for object in joined {
      if !made.objects.isEmpty { made.bytes.append(UInt8(ascii: ",")) }
      let start = made.bytes.count
      made.bytes += try adding(to: object, scope)
      made.objects.append(start..<made.bytes.count)
    }
    made.bytes.append(UInt8(ascii: "]"))
    return made
  }

  private func adding(to object: [UInt8], _ scope: FetchScope) throws -> [UInt8] {
    guard !added.isEmpty else { return object }
    let results = try values.results(on: { scope.document(object) })
    var members: [(key: String, json: [UInt8])] = []
    for (key, value) in added { members.append((key, try results.json(value) ?? Array("null".utf8))) }
    return Self.object(object, with: members)
  }

  /// What can be added to an object that is not asked for: values that are made of it and of what is known.
  ///
  /// - Parameters:
  ///   - object: the object.
  ///   - scope: what is known.
  ///   - missing: the names that nothing is known of. What reads them is left out, as is what fails.
  /// - Returns: the object with it.
  /// - Throws: `Diagnostic` where the expressions cannot be evaluated at all.
  func adding(to object: [UInt8], _ scope: FetchScope, without missing: Set<FetcherContext>) throws -> [UInt8]
  {
    guard !added.isEmpty else { return object }
    let results = try values.results(on: { scope.document(object) })
    var members: [(key: String, json: [UInt8])] = []
    for (key, value) in added where !results.expression(value).reads(missing) {
      if let json = try? results.json(value) { members.append((key, json)) }
    }
    return Self.object(object, with: members)
  }

  private func join(
    _ objects: [[UInt8]], _ scope: FetchScope, _ client: APIClient
  ) async throws -> [[UInt8]] {
    try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
      var joined = objects
      for (place, object) in objects.enumerated() {
        if place >= client.limits.concurrency, let (done, object) = try await group.next() {
          joined[done] = object
        }
        group.addTask { (place, try await join(object, scope, client)) }
      }
      for try await (place, object) in group { joined[place] = object }
      return joined
    }
  }

  private func join(_ object: [UInt8], _ scope: FetchScope, _ client: APIClient) async throws -> [UInt8] {
    let wanted = try conditions.results(on: { scope.document(object) })
    var members: [(key: String, json: [UInt8])] = []
    for join in joins where try wanted.isTrue(join.condition, true) {
      var values: [[UInt8]] = []
      var isList = !join.isSingle
      let reader = ListReader(client: client, plan: join.list, scope: scope)
      do {
        try await reader.read(input: object) { page in
          if page.layout != .object { isList = true }
          values += page.objects.map { Array(page.bytes[$0]) }
        }
      } catch let limit as Diagnostic where limit.rule == .limitedFetch {
        // No more pages than these are wanted of what is joined. The object itself is there.
      }
      var writer = JSONWriter()
      if isList {
        writer.array { list in for value in values { list.json(value) } }
      } else {
        writer.json(values.first ?? Array("null".utf8))
      }
      members.append((join.key, writer.bytes))
    }
    return Self.object(object, with: members)
  }

  /// The object with members after its own. Where a key is there already, the later one counts.
  static func object(_ object: [UInt8], with members: [(key: String, json: [UInt8])]) -> [UInt8] {
    guard !members.isEmpty, object.last == UInt8(ascii: "}") else { return object }
    var object = object
    object.removeLast()
    var isFirst = object.dropFirst().allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    for (key, json) in members {
      if !isFirst { object.append(UInt8(ascii: ",")) }
      isFirst = false
      object += JSONText.quoted(key).utf8
      object.append(UInt8(ascii: ":"))
      object += json
    }
    object.append(UInt8(ascii: "}"))
    return object
  }
}
