import JQ
import TestSupport

/// Runs expressions on whole and on cut inputs and compares what they give.
struct ReadTrial {
  private static let differenceLimit = 10
  private static let samplesPerMachine = 40

  /// How many inputs were cut; those that an expression reads all of have nothing to compare.
  private(set) var inputCount = 0
  private(set) var differences: [String] = []
  private var tried: Set<String> = []
  private let wanted: Int
  private var random: SeededRandom

  /// A trial of at least `wanted` inputs.
  init(seed: UInt64, wanted: Int) {
    random = SeededRandom(seed: seed)
    self.wanted = wanted
  }

  /// What was done, for a person.
  var summary: String {
    "\(inputCount) inputs cut for \(tried.count) expressions, \(differences.count) differences"
  }

  private var isDone: Bool { inputCount >= wanted || differences.count >= Self.differenceLimit }

  /// Tries `samples` in a random order until enough inputs were cut.
  mutating func run(_ samples: [ReadSample]) {
    let able = samples.filter { $0.canRun && $0.body.reads != .all }.shuffled(using: &random)
    // Few inputs for many expressions find more than many for few.
    let share = max(3, wanted / max(1, able.count) * 5 / 4)
    var before = -1
    while !isDone, inputCount > before {
      before = inputCount
      var rest = able[...]
      while !isDone, !rest.isEmpty {
        let machines = ReadMachine.machines(Array(rest.prefix(Self.samplesPerMachine)))
        rest = rest.dropFirst(Self.samplesPerMachine)
        for machine in machines { run(machine, inputs: share) }
      }
    }
  }

  private mutating func run(_ machine: ReadMachine, inputs count: Int) {
    for (place, sample) in machine.samples.enumerated() where !isDone {
      let reads = sample.body.reads
      var mutator = JSONMutator(random: random, words: sample.words)
      for number in 0..<count {
        let original = sample.inputs[number % sample.inputs.count]
        let input = number < sample.inputs.count ? original : mutator.mutation(of: original)
        compare(machine, place, reads, input)
      }
      random = mutator.random
    }
  }

  private mutating func compare(
    _ machine: ReadMachine, _ place: Int, _ reads: ReadTree, _ input: JSONTree
  ) {
    let cut = reads.cut(input)
    if cut == input { return }
    let text = machine.samples[place].text
    inputCount += 1
    tried.insert(text)
    let whole = machine.results(of: place, on: input)
    let partial = machine.results(of: place, on: cut)
    if whole == partial { return }
    differences.append(
      """
      \(text)
        reads    \(reads)
        input    \(input.text)
        whole    \(whole.joined(separator: " ").prefix(300))
        cut      \(cut.text)
        gives    \(partial.joined(separator: " ").prefix(300))
      """)
  }
}
