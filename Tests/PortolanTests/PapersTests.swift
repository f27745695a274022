import Foundation
import Testing

@Suite("The papers in docs")
struct PapersTests {
  /// Every page that links to others.
  private static let pages =
    ["README.md", "CONTRIBUTING.md", "deploy/README.md"]
    + names("docs").filter { $0.hasSuffix(".md") }.map { "docs/" + $0 }

  /// The folders whose parts are rooms.
  private static let houses = [
    "Sources", "Sources/RawJSON", "Sources/JQ", "Sources/JQ/Evaluation", "Sources/Portolan",
    "Sources/PortolanHTTP", "Sources/PortolanScaffold", "Sources/PortolanCatalog", "Sources/PortolanPort",
    "Sources/PortolanService", "Sources/PortolanEvents", "Sources/PortolanKafka", "Sources/PortolanCLI",
  ]

  private static func names(_ folder: String) -> [String] {
    let path = repository.appending(path: folder).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: repository.appending(path: path), encoding: .utf8)
  }

  private static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: repository.appending(path: path).path)
  }

  /// What a page calls its headings in links.
  private static func anchors(_ path: String) throws -> [String] {
    try text(path).matches(of: /(?m)^#+ (.+)$/).map { heading in
      heading.1.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
        .replacing(" ", with: "-")
    }
  }

  /// The paths in code on the page of the architecture.
  private static func paths() throws -> [String] {
    try text("docs/ARCHITECTURE.md").matches(of: /`([^`\n]+)`/).map { String($0.1) }
      .filter {
        $0.wholeMatch(of: /(Sources|Tests|docs|scripts|Benchmarks|Examples|Fuzz|Fixtures|\.port)(\/[^ ]*)?/)
          != nil
      }
  }

  @Test("every path that the architecture names exists")
  func pathsExist() throws {
    let paths = try Self.paths()
    #expect(paths.count > 50)
    for path in paths { #expect(Self.exists(path), "docs/ARCHITECTURE.md names \(path)") }
  }

  @Test("every room is in the architecture", arguments: houses)
  func roomsAreNamed(house: String) throws {
    let paths = Set(try Self.paths())
    for room in Self.names(house).map({ "\(house)/\($0)" }) where !room.hasSuffix(".swift") {
      #expect(paths.contains(room), "docs/ARCHITECTURE.md does not name \(room)")
    }
  }

  @Test("every link leads to a file, and to a heading in it", arguments: pages)
  func linksLead(page: String) throws {
    for link in try Self.text(page).matches(of: /\]\(([^)\s]+)\)/).map({ String($0.1) }) {
      guard !link.contains("://") else { continue }
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let folder = page.split(separator: "/").dropLast().map { "\($0)/" }.joined()
      let target = parts[0].isEmpty ? page : folder + parts[0]
      #expect(Self.exists(target), "\(page) links to \(link)")
      if parts.count == 2 {
        #expect(try Self.anchors(target).contains(parts[1]), "\(page) links to \(link)")
      }
    }
  }

  @Test("the list of papers names each of them")
  func listIsWhole() throws {
    let list = try Self.text("docs/README.md")
    for name in Self.names("docs") where name != "README.md" {
      #expect(list.contains("](\(name)"), "docs/README.md does not list \(name)")
    }
  }

  @Test("a suite that cites the meaning of a mapping cites a heading of it")
  func citationsLead() throws {
    let headings = try Self.text("docs/SEMANTICS.md").matches(of: /(?m)^## (.+)$/).map { $0.1.lowercased() }
    var count = 0
    for name in Self.names("Tests/PortolanTests") where name.hasSuffix(".swift") {
      for suite in try Self.text("Tests/PortolanTests/\(name)").matches(
        of: /@Suite\("docs\/SEMANTICS\.md: ([^,"]+)/)
      {
        #expect(headings.contains(suite.1.lowercased()), "\(name) cites \(suite.1)")
        count += 1
      }
    }
    #expect(count >= headings.count)
  }
}
