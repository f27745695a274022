import PortolanCatalog
import PortolanHTTP

/// Reads what an integration owns: lists the keys, and asks for the entities group by group, several at a time.
///
/// It reads on only when asked, so that memory holds no more than a page of keys and a few groups.
actor OwnedEntities {
  private typealias Group = (blueprint: String, identifiers: [String])

  private let search: PortSearch
  private let concurrency: Int
  private var listing: OwnedListing
  private var isListed = false
  /// Keys that are not enough for a group yet.
  private var gathered: [String: [String]] = [:]
  private var waiting: [Group] = []
  private var underWay: [Task<[CatalogEntity], any Error>] = []

  init(_ api: PortAPI, of owner: Datasource, concurrency: Int) {
    search = PortSearch(api: api)
    listing = OwnedListing(api, of: owner)
    self.concurrency = max(1, concurrency)
  }

  deinit {
    for task in underWay { task.cancel() }
  }

  /// Some entities, nil after the last.
  func next() async throws -> [CatalogEntity]? {
    do {
      while true {
        try await fill()
        guard !underWay.isEmpty else { return nil }
        let task = underWay.removeFirst()
        let entities = try await Self.value(of: task)
        if !entities.isEmpty { return entities }
      }
    } catch {
      for task in underWay { task.cancel() }
      underWay = []
      waiting = []
      isListed = true
      throw error
    }
  }

  private static func value(of task: Task<[CatalogEntity], any Error>) async throws -> [CatalogEntity] {
    try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }

  /// Begins as many searches as are under way at the same time.
  private func fill() async throws {
    while underWay.count < concurrency {
      try Task.checkCancellation()
      if waiting.isEmpty, !isListed { try await list() }
      guard !waiting.isEmpty else {
        if isListed { return }
        continue
      }
      let group = waiting.removeFirst()
      let search = search
      underWay.append(Task { try await search.listed(group.identifiers, of: group.blueprint) })
    }
  }

  private func list() async throws {
    var listing = listing
    let keys = try await listing.next()
    self.listing = listing
    guard let keys else {
      isListed = true
      for (blueprint, identifiers) in gathered { add(identifiers, of: blueprint) }
      gathered = [:]
      return
    }
    for key in keys {
      gathered[key.blueprint, default: []].append(key.identifier)
    }
    for (blueprint, identifiers) in gathered where identifiers.count >= PortSearch.most {
      let whole = identifiers.count - identifiers.count % PortSearch.most
      add(Array(identifiers[..<whole]), of: blueprint)
      gathered[blueprint] = Array(identifiers[whole...])
    }
  }

  private func add(_ identifiers: [String], of blueprint: String) {
    waiting += PortSearch.groups(identifiers).map { (blueprint, $0) }
  }
}
