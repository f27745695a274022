import Portolan
import RawJSON

/// Finds what reads well as a title.
struct Titles {
  /// Keys of titles by their letters, the best first.
  private static let names = [
    "displayname", "title", "name", "summary", "fullname", "label", "subject", "headline", "login",
    "username", "slug",
    "key", "email",
  ]

  private let samples: KindSamples
  private let shape: Shape

  init(_ samples: KindSamples, _ shape: Shape) {
    self.samples = samples
    self.shape = shape
  }

  /// The path to the title, and jq for it; the path is empty where the identifier stands for it.
  func find(_ identifier: IdentifierPlan) -> (path: [String], expression: String) {
    let candidates = paths().compactMap { path -> (path: [String], texts: [String], rank: Int)? in
      guard let rank = Self.names.firstIndex(of: AnswerList.letters(path.last ?? "")),
        let shape = shape.at(path),
        shape.kind == .string
      else { return nil }
      let texts = shape.texts.filter { !$0.isEmpty }
      return texts.count * 2 > samples.objects.count ? (path, texts, rank) : nil
    }
    guard let best = candidates.min(by: { $0.rank < $1.rank }) else { return ([], identifier.expression) }
    let reader = JQText.path(best.path)
    if best.texts.count == samples.objects.count { return (best.path, reader) }
    let hasBlanks = shape.at(best.path)?.texts.contains("") ?? false
    return (
      best.path,
      hasBlanks
        ? "if (\(reader) // \"\") == \"\" then \(identifier.expression) else \(reader) end"
        : "\(reader) // (\(identifier.expression))"
    )
  }

  private func paths() -> [[String]] {
    shape.members.flatMap { entry -> [[String]] in
      let (key, member) = (entry.key, entry.shape)
      guard member.kind == .object, Wrapper.isTransparent(key) || key == "metadata" else { return [[key]] }
      return member.members.map { [key, $0.key] }
    }
  }
}
