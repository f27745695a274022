/// Where in the input a read value is: the steps that lead to it.
struct ReadPath: Sendable, Hashable {
  enum Step: Sendable, Hashable {
    /// `.a`
    case key(String)

    /// `.[]`, and `.[0]`, for which this is too much and never too little.
    case each
  }

  static let root = ReadPath(steps: [])

  let steps: [Step]

  func appending(_ step: Step) -> ReadPath {
    ReadPath(steps: steps + [step])
  }
}
