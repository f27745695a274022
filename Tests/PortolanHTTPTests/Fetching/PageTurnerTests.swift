import Portolan
import Testing

@testable import PortolanHTTP

@Suite struct PageTurnerTests {
  private func turner(_ paging: String) throws -> PageTurner {
    let yaml = "baseUrl: http://a\nkinds: {thing: {get: /a, paging: {\(paging), limit: limit, size: 50}}}"
    let definition = try FetcherDefinition(yaml: Array(yaml.utf8), file: "fetcher.yml")
    return PageTurner(try #require(definition.kinds.first).list.paging)
  }

  private func facts(_ count: Int, fresh: Int? = nil, hash: Int, total: Int?) -> PageFacts {
    PageFacts(count: count, fresh: fresh ?? count, hash: UInt64(hash), total: total)
  }

  @Test(arguments: [0, 30, 49])
  func aTotalBelowWhatHasComeIsNotBelieved(_ total: Int) throws {
    for paging in ["offset: o", "page: p"] {
      var turner = try turner(paging)
      var pages = 0
      while try turner.turn(facts(pages < 4 ? 50 : 0, hash: pages, total: total)) {
        pages += 1
      }
      #expect(turner.read == 200)
    }
  }

  @Test func aTotalThatGoesUpAndDownEnds() throws {
    var turner = try turner("offset: o")
    var pages = 0
    #expect(throws: PagingError.self) {
      while pages < 1000 {
        let isFresh = pages < 3
        _ = try turner.turn(
          facts(50, fresh: isFresh ? 50 : 0, hash: pages, total: pages.isMultiple(of: 2) ? 237 : 187))
        pages += 1
      }
    }
    #expect(pages < 30)
  }
}
