import RawJSON

@testable import Portolan
@testable import PortolanHTTP

/// What a fetcher gave of a kind.
struct Fetched {
  var objects: [JSONView] = []
  /// Why there are no more, nil at the end.
  var failure: (any Error)?

  /// A member of each object, as text.
  func texts(_ key: String) -> [String] { objects.map { $0[key].map { $0.text ?? $0.json } ?? "-" } }
}

extension RawFetcher {
  /// Every object of a kind.
  func all(_ kind: String, selector: String = "{}") async -> Fetched {
    var fetched = Fetched()
    do {
      for try await page in fetch(FetchRequest(kind: kind, selector: selector)) {
        page.forEachObject { fetched.objects.append(JSONView(valid: $0.json)) }
      }
    } catch {
      fetched.failure = error
    }
    return fetched
  }
}

extension DeclaredFetcher {
  /// The fetcher of a file of this repository, for the API at a URL.
  static func shipped(_ name: String, config: [String: String]) throws -> DeclaredFetcher {
    let definition = try FetcherDefinition.load(contentsOf: ".port/\(name)/fetcher.yml")
    return try DeclaredFetcher(
      definition,
      config: JSONWriter.object { object in
        for (key, value) in config { object.add(key, text: value) }
      })
  }

  /// A fetcher of one kind, `thing`, in YAML.
  static func ofThings(_ url: String, _ list: String, limits: String = "{}") throws -> DeclaredFetcher {
    let yaml = "baseUrl: \"\(url)\"\nlimits: \(limits)\nkinds:\n  thing: \(list)\n"
    return try DeclaredFetcher(
      try FetcherDefinition(yaml: Array(yaml.utf8), file: "fetcher.yml"), config: Array("{}".utf8))
  }
}
