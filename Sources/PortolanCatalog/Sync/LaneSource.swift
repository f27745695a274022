/// Operations in the order of their numbers, read from the plan a page at a time.
final class LaneSource: BatchSource {
  private let size: BatchSize
  private let read: (_ lane: SyncLane, _ after: Int64, _ limit: Int) throws -> [SyncItem]
  private let prepare: (SyncItem) throws -> SyncItem
  private var lanes: ArraySlice<SyncLane>
  private var page: ArraySlice<SyncItem> = []
  private var last: Int64 = 0

  /// Operations of `lanes`, one lane after another; a batch has operations of one lane only.
  init(
    _ lanes: [SyncLane], size: BatchSize,
    prepare: @escaping (SyncItem) throws -> SyncItem = { $0 },
    read: @escaping (_ lane: SyncLane, _ after: Int64, _ limit: Int) throws -> [SyncItem]
  ) {
    self.lanes = lanes[...]
    self.size = size
    self.prepare = prepare
    self.read = read
  }

  func next(isBusy: Bool) throws -> SyncBatch? {
    while let lane = lanes.first {
      if page.count < size.entities {
        let limit = size.entities - page.count
        let more = try read(lane, last, limit)
        last = more.last?.number ?? last
        page += more
      }
      let count = size.count(of: page)
      guard count > 0 else {
        lanes.removeFirst()
        last = 0
        continue
      }
      let items = try page.prefix(count).map(prepare)
      page = Array(page.dropFirst(count))[...]
      return SyncBatch(blueprint: lane.blueprint, items: items)
    }
    return nil
  }

  func finished(_ batch: SyncBatch) {}
}

/// Operations of one kind on entities of one blueprint.
struct SyncLane: Sendable {
  let blueprint: String
  let action: PlannedOperation.Action
  /// Whether the identifiers are search queries; nil for all.
  var areQueries: Bool?
}
