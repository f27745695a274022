import Portolan

/// What was most likely meant by a field that is not there.
enum FieldSuggestion {
  /// A field of that name wherever it is, or one in the same group whose name is near.
  static func nearest(to field: String, in fields: [String]) -> String? {
    let name = lastName(field)
    if let same = fields.first(where: { lastName($0) == name }) { return same }
    let group = field.dropLast(name.count)
    let candidates = group.isEmpty ? fields : fields.filter { $0.dropLast(lastName($0).count) == group }
    return Spelling.nearest(to: name, in: candidates.map(lastName)).flatMap { found in
      candidates.first { lastName($0) == found }
    }
  }

  private static func lastName(_ field: String) -> String {
    String(field.split(separator: ".").last ?? "")
  }
}
