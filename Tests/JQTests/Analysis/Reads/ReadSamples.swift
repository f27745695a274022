import JQ

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where the expressions to test come from: the tests' own, and jq's tests and the conformance cases where
/// they are there.
enum ReadSamples {
  private static let repository = (0..<5).reduce(URL(filePath: #filePath)) { url, _ in
    url.deletingLastPathComponent()
  }

  /// Each expression once, with some of the inputs of every place where it is.
  static var all: [ReadSample] {
    var places: [String: Int] = [:]
    var samples: [ReadSample] = []
    for sample in MappingSamples.all + jqTests + conformance where !sample.inputs.isEmpty {
      if let place = places[sample.text] {
        samples[place].inputs = Array((samples[place].inputs + sample.inputs).prefix(12))
      } else {
        places[sample.text] = samples.count
        samples.append(sample)
      }
    }
    return samples
  }

  /// jq's own test programs, as scripts/build-libjq leaves them. Those with `gsub` are left out: on many of
  /// their patterns libjq 1.6 does not end.
  static var jqTests: [ReadSample] {
    let folder = repository.appending(path: ".build-libjq/1.8/tests")
    let samples = ["jq.test", "man.test", "onig.test"].flatMap { name in
      text(folder.appending(path: name)).map(JQTestFile.samples) ?? []
    }
    return samples.filter { !$0.text.contains("gsub") }
  }

  /// The expressions of each case, with some of the case's raw objects.
  static var conformance: [ReadSample] {
    contents(repository.appending(path: "../shared/conformance/cases")).flatMap { folder -> [ReadSample] in
      guard let mapping = text(folder.appending(path: "mapping.yml")) else { return [] }
      let inputs = contents(folder.appending(path: "raw")).flatMap { file in
        text(file).flatMap { JSONTree($0) }.map(objects) ?? []
      }
      return MappingText(mapping).scalars.compactMap { ReadSample($0, inputs: Array(inputs.prefix(6))) }
    }
  }

  private static func objects(_ document: JSONTree) -> [JSONTree] {
    guard case .array(let elements) = document else { return [document] }
    return Array(elements.prefix(2))
  }

  private static func contents(_ folder: URL) -> [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { folder.appending(path: $0) }
  }

  private static func text(_ file: URL) -> String? {
    (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
  }
}
