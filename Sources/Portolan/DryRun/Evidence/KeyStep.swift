import RawJSON

/// Writes a step to a key as people write it in a config: `.fields."System.State"`.
enum KeyStep {
  /// `.key`, with quotes where jq needs them.
  static func text(_ key: String) -> String {
    let step = JSONPath([.key(key)]).description
    return step.hasPrefix(".[") ? "." + step.dropFirst(2).dropLast() : step
  }
}
