/// SplitMix64, so that a failing test can be repeated from its seed.
public struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  /// Starts from `seed`.
  public init(seed: UInt64) {
    state = seed
  }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// Whether something that happens once in `oneIn` times happens now.
  public mutating func chance(_ oneIn: Int) -> Bool {
    Int.random(in: 0..<oneIn, using: &self) == 0
  }

  /// One of `choices`, nil where there is none.
  public mutating func pick<Element>(_ choices: [Element]) -> Element? {
    choices.randomElement(using: &self)
  }
}
