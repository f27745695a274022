import Foundation
import JQ
import Testing

@Suite struct ReadDepthTests {
  /// The opening and the end of something that a whole expression is in.
  private static let nestings: [(String, String)] = [
    ("reduce . as $x (.; ", ")"), ("foreach . as [$x] (.; .; ", ")"), ("(. as {a: $x} | ", ")"),
    ("map(", ")"),
    ("{a: ", "}"), ("if . then ", " end"), ("try ", " catch ."), ("sort_by(", ")"), ("\"\\(", ")\""),
    (".[", "]"),
    ("(1 + ", ")"), ("with_entries(", ")"), ("any(.; ", ")"), ("(def f(g): g; f(", "))"),
  ]

  @Test("deep expressions are followed, or given up, on a small stack", arguments: [10, 60, 99])
  func depth(_ levels: Int) async throws {
    let programs = Self.nestings.map { opening, end in
      String(repeating: opening, count: levels) + ".a" + String(repeating: end, count: levels)
    }
    let isFollowed = await onSmallStack {
      programs.allSatisfy { ((try? Parser.parse($0))?.reads).map { $0 != .kind } ?? false }
    }
    #expect(isFollowed)
  }

  /// Runs the work on a thread as small as unoptimized code needs.
  private func onSmallStack(_ work: @escaping @Sendable () -> Bool) async -> Bool {
    await withCheckedContinuation { continuation in
      let thread = Thread { continuation.resume(returning: work()) }
      thread.stackSize = 4 << 20
      thread.start()
    }
  }
}
