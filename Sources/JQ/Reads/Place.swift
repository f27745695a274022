/// Where in the input a value stands: the steps that lead to it.
struct Place: Sendable, Hashable {
  enum Step: Sendable, Hashable {
    /// `.a`
    case key(String)

    /// `.[]`, and `.[0]`, for which this is too much and never too little.
    case each
  }

  static let root = Place(steps: [])

  let steps: [Step]

  func appending(_ step: Step) -> Place {
    Place(steps: steps + [step])
  }
}
