import Foundation
import JQ
import Portolan
import ReferenceJSON
import ReferenceMapping
import TestSupport

/// A resource to try, and objects that it was written for.
struct MappingSource {
  /// Where it comes from, for messages.
  var name: String
  var config: PortAppConfig
  var kind: String
  var objects: [ReferenceValue]

  /// The resource.
  var resource: ResourceConfig? { config.resources.first }

  /// A source for each resource of the config at `path`, with the objects that `raw` holds; those but
  /// for those whose expressions cannot be tried.
  private static func sources(_ path: String, _ raw: String) -> [MappingSource] {
    guard let config = try? PortAppConfig(contentsOf: path) else { return [] }
    return config.resources.compactMap { resource in
      var single = config
      single.resources = [resource]
      let source = MappingSource(
        name: "\(path), resource \(resource.index)", config: single, kind: resource.kind,
        objects: objects(FixtureFolder(raw).files(ofKind: resource.kind)))
      return source.objects.isEmpty || resource.expressions.contains { Self.isLeftOut($0.expression) }
        ? nil : source
    }
  }

  /// Whether the expression gives something else at another time, or takes its time: libjq 1.6 does not end
  /// on many patterns of `gsub`.
  private static func isLeftOut(_ expression: ConfigExpression) -> Bool {
    ["now", "localtime", "gsub"].contains { expression.text.contains($0) } || !expression.expression.isBounded
  }

  private static func objects(_ files: [String]) -> [ReferenceValue] {
    files.flatMap { file -> [ReferenceValue] in
      guard let data = FileManager.default.contents(atPath: file), let value = ReferenceValue(Array(data))
      else {
        return []
      }
      if case .array(let elements) = value { return Array(elements.prefix(10)) }
      return [value]
    }
  }

  /// The mappings that Portolan comes with, on their fixtures.
  static var shipped: [MappingSource] {
    ["jira", "octopus"].flatMap { name in
      sources(
        repository.appending(path: ".port/\(name)/resources/port-app-config.yml").path,
        repository.appending(path: "Fixtures/\(name)").path)
    }
  }

  /// What is in some of the conformance cases, nothing where they are not beside the checkout.
  static func conformance(cases count: Int, _ random: inout SeededRandom) -> [MappingSource] {
    let folder = repository.appending(path: "../shared/conformance/cases")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().shuffled(using: &random).prefix(count).flatMap { name in
      let folder = folder.appending(path: name)
      return sources(folder.appending(path: "mapping.yml").path, folder.appending(path: "raw").path)
    }
  }
}
