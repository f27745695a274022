extension String {
  /// The text as messages quote it: on one line, at most 60 characters.
  var quotedForMessage: String {
    let line = unicodeScalars.prefix(60).reduce(into: "") { line, scalar in
      line.unicodeScalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    return unicodeScalars.count > 60 ? "`\(line)…`" : "`\(line)`"
  }
}
