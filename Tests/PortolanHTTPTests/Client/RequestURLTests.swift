import Foundation
import TestSupport
import Testing

@testable import PortolanHTTP

@Suite struct RequestURLTests {
  @Test(arguments: [
    ("https://Example.org", "https://example.org/"), ("HTTP://a.org:80/x?y#z", "http://a.org/x?y"),
    ("https://a.org:8443/x y?q=ü", "https://a.org:8443/x%20y?q=%C3%BC"),
    ("https://ann:pw@a.org/", "https://a.org/"),
    ("https://[::1]:8080/%2F%zz", "https://[::1]:8080/%2F%25zz"),
    ("https://good.org@evil.org/", "https://evil.org/"),
  ])
  func readsAURL(text: String, read: String) throws {
    #expect(try RequestURL(text).text == read)
  }

  @Test(arguments: [
    "", "a.org", "ftp://a.org", "https://", "https:///x", "https://a b.org", "https://a.org:0",
    "https://a.org:99999",
    "https://good.org\\@evil.org/", "https://a.org:x", "https://[zz]/", "https://a%2eorg",
  ])
  func readsNoOther(text: String) {
    #expect(throws: RequestURL.Problem.self) { try RequestURL(text) }
  }

  @Test(arguments: [
    ("/projects", "https://a.org/api/projects"), ("projects?x=1", "https://a.org/api/projects?x=1"),
    ("", "https://a.org/api"), ("?x=1", "https://a.org/api?x=1"),
    ("//evil.org/x", "https://a.org/api/evil.org/x"),
  ])
  func appendsAPath(path: String, whole: String) throws {
    #expect(try RequestURL("https://a.org/api").appending(path).text == whole)
  }

  /// RFC 3986, section 5.4, as far as it is about http.
  @Test(arguments: [
    ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
    ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
    ("#s", "http://a/b/c/d;p?q"),
    ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"),
    ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../g", "http://a/g"), ("../../../g", "http://a/g"),
    ("g;x=1/../y", "http://a/b/c/y"), ("http://b/x", "http://b/x"),
  ])
  func resolvesAReference(reference: String, whole: String) throws {
    #expect(try RequestURL("http://a/b/c/d;p?q").resolving(reference).text == whole)
  }

  /// What is judged by its parts must be what is asked: the HTTP client reads the text with Foundation.
  @Test func agreesWithFoundationOnTheHost() {
    let seed = PropertySeed.now
    var random = SeededRandom(seed: seed)
    for _ in 0..<PropertySeed.runs {
      let text = "https://\(PropertySeed.text(&random))"
      guard let url = try? RequestURL(text) else { continue }
      let other = URL(string: url.text)
      let host = other?.host()?.filter { !"[]".contains($0) }
      #expect(host == url.origin.host.filter { !"[]".contains($0) }, "seed \(seed): \(text)")
      let port = other?.port ?? 443
      #expect(port == url.origin.port, "seed \(seed): \(text)")
      #expect((try? RequestURL(url.text)) == url, "seed \(seed): \(text)")
    }
  }

  @Test func resolvesAnythingWithoutATrap() throws {
    let seed = PropertySeed.now
    var random = SeededRandom(seed: seed)
    let base = try RequestURL("https://a.org/b/c?d")
    for _ in 0..<PropertySeed.runs {
      let text = PropertySeed.text(&random)
      guard let url = try? base.resolving(text) else { continue }
      #expect(URL(string: url.text) != nil, "seed \(seed): \(text)")
      #expect(url.path.hasPrefix("/"), "seed \(seed): \(text)")
    }
  }

  @Test func addsParametersOnce() throws {
    var url = try RequestURL("https://a.org/x?a=1&k%65y=2")
    url.add([APIField("key", "3 4")], replacing: true)
    #expect(url.text == "https://a.org/x?a=1&key=3%204")
    url.removeParameters { name, _ in name == "a" || name == "key" }
    #expect(url.text == "https://a.org/x")
  }
}
