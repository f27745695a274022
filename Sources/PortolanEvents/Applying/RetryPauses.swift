/// How long work waits before it is tried again, and when it is given up.
package struct RetryPauses: Sendable {
  /// The pause after the first failure, in seconds; each later one is twice as long.
  package var first = 1.0
  /// The longest pause, in seconds.
  package var longest = 600.0
  /// How often work is tried: with the pauses above for more than an hour.
  package var attempts = 22
  /// How often work is tried that fails for a cause that seldom passes: a catalog that refuses it, an expression.
  package var attemptsWhenRefused = 5

  package init() {}

  /// The pause after so many failures, some of it by chance, so that what failed together does not come together.
  func pause(after failures: Int) -> Double {
    let whole = min(longest, first * Double(1 << min(failures, 20)))
    return whole * Double.random(in: 0.5...1)
  }

  /// Whether work is given up after so many failures, the last of which was `error`.
  func isOver(after failures: Int, _ error: any Error) -> Bool {
    failures >= (error.isRefusal ? attemptsWhenRefused : attempts)
  }
}
