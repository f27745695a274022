import TestSupport

/// A folder with a config that works, and its fixtures.
func workingFolder() throws -> TemporaryFolder {
  let folder = try TemporaryFolder()
  try folder.write("config.yml", workingConfig)
  try folder.write(
    "fixtures/thing.json",
    #"""
    [{"id": "a", "name": "First", "url": "https://example.com/a"},
     {"id": "b", "name": "", "size": 9007199254740993},
     {"id": "c", "name": "gone", "hidden": true},
     {"name": "nameless"}]
    """#)
  return folder
}

let workingConfig = #"""
  resources:
    - kind: thing
      selector:
        query: .hidden | not
      port:
        entity:
          mappings:
            identifier: .id
            title: .name
            blueprint: '"thing"'
            properties:
              url: .url
              upper: .url | ascii_upcase
              size: .size
  """#
