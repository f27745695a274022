import TestSupport

@testable import Portolan

/// What a dry run of `yaml` on `fixtures`, texts by kind, says; `blueprints` is a `blueprints.json`.
func checks(
  _ yaml: String, _ fixtures: [String: String], blueprints: String? = nil, kinds: Set<String>? = nil
) async throws -> [Diagnostic] {
  let folder = try TemporaryFolder()
  for (kind, text) in fixtures { try folder.write("\(kind).json", text) }
  let known = try blueprints.map { json in try Blueprints.load(json: Array(json.utf8), file: "b.json") }
  let run = DryRun(try config(yaml), fixtures: FixtureFolder(folder.path), blueprints: known)
  return await run.run(kinds: kinds).diagnostics
}

/// A config whose kind `thing` has the blueprint `thing` and these lines below `mappings`.
func things(_ lines: String) -> String {
  resource("identifier: .id\nblueprint: '\"thing\"'\n" + lines)
}

/// The blueprint `thing` with these members of its JSON.
func thing(_ properties: String = "", required: String = "", relations: String = "", more: String = "")
  -> String
{
  #"""
  {"identifier": "thing", "schema": {"properties": {\#(properties)}, "required": [\#(required)]},
   "relations": {\#(relations)}\#(more)}
  """#
}
