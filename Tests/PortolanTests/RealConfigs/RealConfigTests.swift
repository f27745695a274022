import Testing

@testable import Portolan

@Suite("Real configs: what is said of a mistake")
struct RealConfigTests {
  /// A mistake, and what tells of it.
  static let mistakes: [Mistake] = RealConfig.all.flatMap { (try? RealConfig($0).mistakes()) ?? [] }

  /// What is said without a mistake.
  private static let known = KnownMessages()

  @Test("nothing is said of a config that is right", arguments: RealConfig.all, Voice.allCases)
  func right(name: String, voice: Voice) async throws {
    let found = try await voice.findings(in: try RealConfig(name).copy())
    #expect(found.isEmpty, "\(found)")
  }

  @Test("a mistake is found where it is, with its cure", arguments: mistakes, Voice.allCases)
  func mistake(mistake: Mistake, voice: Voice) async throws {
    let config = RealConfig(mistake.config)
    let known = try await Self.known.messages(config, voice)
    let copy = try config.copy()
    let mark = try copy.make(mistake)
    let found = try await voice.findings(in: copy).filter { !known.contains($0.message) }
    let faults = Judgement(mistake: mistake, voice: voice, mark: mark).faults(in: found)
    guard mistake.open.contains(voice.rawValue) else {
      for fault in faults { Issue.record("\(fault)") }
      return
    }
    // One that is said as it should be is not open any more.
    #expect(!faults.isEmpty, "take `> open: \(voice.rawValue)` away")
  }

  @Test("what lint says, dry-run says in the same words", arguments: mistakes)
  func oneVoice(mistake: Mistake) async throws {
    let copy = try RealConfig(mistake.config).copy()
    _ = try copy.make(mistake)
    let lint = try await Voice.lint.findings(in: copy)
    let run = Set(try await Voice.dryRun.findings(in: copy))
    let unsaid = lint.filter { !run.contains($0) }
    #expect(unsaid.isEmpty, "\(unsaid)")
  }

  @Test("every file of mistakes can be read, and there are enough of them")
  func enough() throws {
    let all = try RealConfig.all.flatMap { try RealConfig($0).mistakes() }
    #expect(all.filter { !$0.isRight }.count >= 130)
    #expect(all.filter(\.isRight).count >= 30)
    #expect(all.filter { $0.findings.isEmpty && !$0.isRight }.map(\.name) == [])
    let names = all.map { "\($0.config): \($0.name)" }
    #expect(Set(names).count == names.count, "each has a name of its own")
  }
}

/// What each voice says of a config as it is, heard once.
private actor KnownMessages {
  private var known: [String: Set<String>] = [:]

  func messages(_ config: RealConfig, _ voice: Voice) async throws -> Set<String> {
    let key = "\(config.name) \(voice.rawValue)"
    if let messages = known[key] { return messages }
    let messages = Set(try await voice.findings(in: try config.copy()).map(\.message))
    known[key] = messages
    return messages
  }
}
