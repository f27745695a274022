/// Which fields of a mapping are to be explained: all, or those that a path names.
struct FieldChoice {
  /// `properties.url`, `relations.owner`, `mappings[1].title`, `selector.query`, `itemsToParse`; nil for all.
  let path: String?

  /// Whether the choice was narrowed.
  var isOne: Bool { path != nil }

  /// Whether the field at `place` is among them. A path names all below it, and in a list of mappings the
  /// field of each.
  func includes(_ place: String) -> Bool {
    guard let path else { return true }
    return [place, Self.withoutMapping(place)].contains { place in
      place == path || place.hasPrefix(path + ".") || place.hasPrefix(path + "[")
    }
  }

  /// Whether the path is just this one.
  func names(_ place: String) -> Bool { path == place || (place == "selector.query" && path == "selector") }

  /// `mappings[1].title` → `title`
  static func withoutMapping(_ place: String) -> String {
    guard place.hasPrefix("mappings["), let point = place.firstRange(of: "].") else { return place }
    return String(place[point.upperBound...])
  }
}
