import CLibJQ

extension JQValue {
  /// How much of the value `reads` reads; where that is more than `limit`, any number above it.
  func extent(of reads: ReadTree, upTo limit: Int) -> InputExtent {
    var measure = ExtentMeasure(limit: limit)
    measure.add(raw, reads)
    return measure.extent
  }
}

/// Adds up what a value is, and stops where that is too much.
private struct ExtentMeasure {
  let limit: Int
  var extent = InputExtent()

  private var isOver: Bool { extent.bytes > limit }

  /// Adds `value`, which stays the caller's.
  mutating func add(_ value: jv, _ reads: ReadTree) {
    extent.values += 1
    switch jv_get_kind(value) {
    case JV_KIND_STRING: extent.bytes += JQValue.bytes(value).count + 2
    case JV_KIND_NUMBER: extent.bytes += 8
    case JV_KIND_ARRAY: addElements(value, reads)
    case JV_KIND_OBJECT: addMembers(value, reads)
    default: extent.bytes += 4
    }
  }

  private mutating func addElements(_ array: jv, _ reads: ReadTree) {
    extent.bytes += 2
    let each: ReadTree
    switch reads {
    case .all: each = .all
    case .part(_, nil): return
    case .part(_, let elements?): each = elements
    }
    for place in 0..<jv_array_length(jv_copy(array)) where !isOver {
      let element = JQValue(consuming: jv_array_get(jv_copy(array), place))
      add(element.raw, each)
    }
  }

  private mutating func addMembers(_ object: jv, _ reads: ReadTree) {
    extent.bytes += 2
    if case .part(let keys, nil) = reads {
      for (key, part) in keys where !isOver {
        let member = JQValue(consuming: jv_object_get(jv_copy(object), JQValue(text: key).copied()))
        guard member.kind != JV_KIND_INVALID else { continue }
        extent.bytes += key.utf8.count + 3
        add(member.raw, part)
      }
      return
    }
    var place = jv_object_iter(object)
    while jv_object_iter_valid(object, place) != 0, !isOver {
      let key = JQValue(consuming: jv_object_iter_key(object, place))
      extent.bytes += JQValue.bytes(key.raw).count + 3
      let member = JQValue(consuming: jv_object_iter_value(object, place))
      add(member.raw, part(reads, key))
      place = jv_object_iter_next(object, place)
    }
  }

  private func part(_ reads: ReadTree, _ key: borrowing JQValue) -> ReadTree {
    guard case .part(let keys, let each?) = reads else { return .all }
    guard !keys.isEmpty, let named = keys[JQValue.string(key.raw)] else { return each }
    return named.union(each)
  }
}
