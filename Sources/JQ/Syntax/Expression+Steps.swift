extension Expression {
  /// Whether this is a step into a value, of which a `?` right behind it silences that step only.
  var isStep: Bool {
    switch node {
    case .field, .index, .slice, .iterate: true
    default: false
    }
  }
}
