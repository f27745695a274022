import Portolan
import RawJSON
import Synchronization

/// Fetches raw objects as a `fetcher.yml` says: any JSON API, without code. ``IntegrationFetcher`` makes it.
///
/// What it asks for side by side comes in the order in which it was asked for. A request that fails for good makes its
/// kind incomplete; what else the kind has is fetched all the same.
package struct DeclaredFetcher: RawFetcher {
  let definition: FetcherDefinition
  let config: [UInt8]
  let plans: KindPlans
  private var parents: KnownParents
  /// What asks the API.
  public let client: APIClient
  /// How many objects of a kind are given at most, nil for all. A kind that has more ends with a warning, and is not
  /// complete.
  public var objectLimit: Int?

  /// Prepares a fetcher.
  ///
  /// - Parameters:
  ///   - definition: what its file says.
  ///   - config: what the user has set, as a JSON object.
  ///   - secrets: what no message may show.
  ///   - environment: where proxies and certificates are named.
  /// - Throws: `Diagnostic` and ``APIError`` where the definition and the configuration make no client.
  package init(
    _ definition: FetcherDefinition, config: [UInt8], secrets: [String] = [],
    environment: [String: String] = [:]
  ) throws {
    self.definition = definition
    self.config = config
    plans = KindPlans(definition)
    parents = KnownParents()
    client = try ClientPlan(definition, config: config, secrets: secrets).client(environment: environment)
  }

  /// Prepares a fetcher that shares its client, and the parents that are known, with others.
  init(_ definition: FetcherDefinition, config: [UInt8], client: APIClient, parents: KnownParents) {
    self.definition = definition
    self.config = config
    self.client = client
    self.parents = parents
    plans = KindPlans(definition)
  }

  /// The fetcher without the parents that it knows, which may have changed since.
  func afresh() -> DeclaredFetcher {
    var fetcher = self
    fetcher.parents = KnownParents()
    return fetcher
  }

  /// The pages of a kind's objects, as the API sends them.
  public func fetch(_ request: FetchRequest) -> PageStream {
    PageStream { pages in
      var count = 0
      try await read(request.kind, selector: Array(request.selector.utf8)) { page in
        guard let objectLimit else { return try await pages.send(page.raw) }
        let kept = page.keeping(Array(page.objects.prefix(objectLimit - count)))
        count += kept.objects.count
        if !kept.objects.isEmpty { try await pages.send(kept.raw) }
        if kept.objects.count < page.objects.count { throw Self.limited(objectLimit, request.kind) }
      }
    }
  }

  private static func limited(_ limit: Int, _ kind: String) -> Diagnostic {
    Diagnostic(
      .warning, .limitedFetch, "only the first \(limit) objects of kind `\(kind)` were fetched",
      help: "there are more: raise the limit, or leave it out")
  }

  /// Reads a kind's objects.
  private func read(
    _ name: String, selector: [UInt8], _ receive: @escaping (ObjectPage) async throws -> Void
  ) async throws {
    let plan = try plans.plan(for: name)
    let settings = try plan.kind.settings(of: selector)
    let scope = FetchScope(config: config, selector: settings, kind: name)
    guard let parent = plan.parent else {
      return try await ListReader(client: client, plan: plan.list, scope: scope).read(receive)
    }
    let fetches = OrderedFetches(limit: client.limits.concurrency, deliver(plan, scope, receive))
    do {
      try await forEachParent(parent, scope) { object in
        if let condition = plan.condition,
          try !condition.isTrue(on: scope.document(object))
        {
          return
        }
        let scope = FetchScope(config: config, selector: settings, parent: object, kind: name)
        try await fetches.begin { [client] output in
          try await ListReader(client: client, plan: plan.list, scope: scope).read {
            try await output.send($0)
          }
        }
      }
    } catch {
      // What has been begun is delivered, though not all that there is was.
      fetches.fail(error)
    }
    try await fetches.finish()
  }

  /// Takes a kind's pages, without the objects that came before from another parent.
  private func deliver(
    _ plan: KindPlan, _ scope: FetchScope, _ receive: @escaping (ObjectPage) async throws -> Void
  ) -> (ObjectPage) async throws -> Void {
    guard let once = plan.once else { return receive }
    var known: Set<UInt64> = []
    return { page in
      var fresh: [Range<Int>] = []
      for range in page.objects {
        let name = try once.json(on: scope.document(Array(page.bytes[range])))
        guard let name else {
          fresh.append(range)
          continue
        }
        if known.insert(name.withScanner { $0.hash(0..<$0.count) }).inserted { fresh.append(range) }
      }
      if !fresh.isEmpty { try await receive(page.keeping(fresh)) }
    }
  }

  /// Gives what a kind is asked for, one after another.
  func forEachParent(
    _ parent: KindPlan.ParentSource, _ scope: FetchScope, _ receive: @escaping ([UInt8]) async throws -> Void
  ) async throws {
    switch parent {
    case .values(let expression):
      let values = try expression.value(on: scope.document)
      for value in values?.elements ?? [] { try await receive(Array(value.json.utf8)) }
    case .kind(let name, let fields, let expressions):
      let results = try expressions.results(on: { scope.document })
      var members: [(key: String, json: [UInt8])] = []
      for field in fields {
        if let json = try field.value.json(results) { members.append((field.name, json)) }
      }
      let selector = JSONWriter.object { object in
        for (key, json) in members { object.add(key, json: json) }
      }
      try await forEachObject(of: name, selector: selector, receive)
    }
  }

  /// Gives the objects of a kind that others are asked for, one after another. A short list is kept, so that kinds
  /// of the same parent ask for it once.
  private func forEachObject(
    of name: String, selector: [UInt8], _ receive: @escaping ([UInt8]) async throws -> Void
  ) async throws {
    if let known = parents.objects(name, selector) {
      for object in known { try await receive(object) }
      return
    }
    var kept = KeptObjects()
    try await read(name, selector: selector) { page in
      for range in page.objects {
        let object = Array(page.bytes[range])
        kept.add(object)
        try await receive(object)
      }
    }
    if let objects = kept.objects { parents.keep(objects, name, selector) }
  }
}

/// Objects that are kept while they are few.
private struct KeptObjects {
  private static let limit = 4 << 20

  private(set) var objects: [[UInt8]]? = []
  private var size = 0

  mutating func add(_ object: [UInt8]) {
    size += object.count
    if size > Self.limit { objects = nil } else { objects?.append(object) }
  }
}

/// The objects that other kinds are asked for, while they are few.
final class KnownParents: Sendable {
  private struct Question: Hashable {
    var kind: String
    var selector: [UInt8]
  }

  private let known = Mutex<[Question: [[UInt8]]]>([:])

  func objects(_ kind: String, _ selector: [UInt8]) -> [[UInt8]]? {
    known.withLock { $0[Question(kind: kind, selector: selector)] }
  }

  func keep(_ objects: [[UInt8]], _ kind: String, _ selector: [UInt8]) {
    known.withLock { $0[Question(kind: kind, selector: selector)] = objects }
  }
}

/// The kinds of a fetcher that have been asked for.
final class KindPlans: Sendable {
  private let definition: FetcherDefinition
  private let plans = Mutex<[String: KindPlan]>([:])

  init(_ definition: FetcherDefinition) {
    self.definition = definition
  }

  /// - Throws: `Diagnostic` for a kind that the fetcher does not know.
  func plan(for name: String) throws(Diagnostic) -> KindPlan {
    if let plan = plans.withLock({ $0[name] }) { return plan }
    guard let kind = definition.kind(named: name) else {
      let names = definition.kinds.map(\.name)
      throw Diagnostic(
        .error, .unknownKind, "\(definition.file) does not say how objects of kind `\(name)` are fetched",
        help: Spelling.nearest(to: name, in: names).map { "did you mean `\($0)`?" }
          ?? (names.isEmpty ? "correct what is wrong in its kinds" : nil)
          ?? "it knows \(names.map { "`\($0)`" }.joined(separator: ", "))")
    }
    let plan = KindPlan(kind)
    plans.withLock { $0[name] = plan }
    return plan
  }
}

extension Diagnostic.Rule {
  /// A kind of which only the first objects were fetched, as was asked for.
  public static let limitedFetch = Self("limited-fetch")
}
