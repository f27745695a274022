import Portolan
import RawJSON

/// The paths that the fixtures of a kind have.
struct FixturePaths {
  /// How many objects are looked at, and how large a file may be to be read while somebody waits.
  private static let objects = 20
  private static let largest = 4 << 20

  private let samples: [JSONView]

  init(_ folder: FixtureFolder, kind: String) {
    var samples: [JSONView] = []
    for file in folder.files(ofKind: kind) where samples.count < Self.objects {
      guard FolderListing.size(file) <= Self.largest, let bytes = try? FileBytes.read(file),
        let json = try? JSONView(validating: bytes)
      else { continue }
      samples += (json.elements ?? [json]).prefix(Self.objects - samples.count)
    }
    self.samples = samples
  }

  /// The keys of the objects that `path` leads to, each with an example of its value: the first that is not null.
  func keys(below path: [String]) -> [(key: String, example: JSONView)] {
    var keys: [(key: String, example: JSONView)] = []
    var places: [String: Int] = [:]
    for sample in samples {
      let object = path.reduce(sample as JSONView?) { $0?[$1] }
      for (key, value) in object?.members ?? [] {
        if let place = places[key] {
          if keys[place].example.kind == .null { keys[place].example = value }
        } else {
          places[key] = keys.count
          keys.append((key, value))
        }
      }
    }
    return keys
  }

  /// The path that a text ends with, without the word that is being typed: `["fields"]` of `.key + .fields.st`. Nil
  /// where it ends with no path.
  static func path(endOf text: String) -> [String]? {
    let tail = text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    let path = String(tail.reversed())
    guard path.hasPrefix("."), !path.contains("..") else { return nil }
    return path.dropFirst().split(separator: ".", omittingEmptySubsequences: false).dropLast().map(
      String.init)
  }
}
