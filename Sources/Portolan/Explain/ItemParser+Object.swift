extension ItemParser {
  /// What parsing a raw object gives, one that its reader has found defective included.
  mutating func parse(_ object: RawObject) -> Outcome {
    if let defect = object.defect { return .invalid(defect) }
    return object.json.withScanner { self.parse($0) }
  }
}
