import Foundation
import TestSupport

/// A config for `map`: two kinds, of which one has a selector.
let mapConfig = #"""
  resources:
    - kind: thing
      selector: {query: .hidden | not}
      port: {entity: {mappings: {identifier: .key, blueprint: '"thing"', properties: {n: .n}}}}
    - kind: other
      selector: {query: "true"}
      port: {entity: {mappings: {identifier: .id, blueprint: '"other"'}}}
  """#

/// A folder with the config as a file and as that of the integration `acme`.
func mapFolder() throws -> TemporaryFolder {
  let folder = try TemporaryFolder()
  try folder.write("config.yml", mapConfig)
  try folder.write(".port/acme/resources/port-app-config.yml", mapConfig)
  return folder
}

extension String {
  /// The JSON documents on its lines.
  func documents() throws -> [[String: Any]] {
    try split(separator: "\n").map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    }
  }
}
