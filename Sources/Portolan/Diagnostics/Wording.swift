extension String {
  /// The text, cut to `limit` characters with an ellipsis if it is longer.
  package func shortened(to limit: Int) -> String {
    count > limit ? prefix(limit - 1) + "…" : self
  }
}
