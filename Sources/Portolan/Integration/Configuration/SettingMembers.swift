import RawJSON

/// Members of a setting that is an object, each set by a variable of its own:
/// `OCEAN__INTEGRATION__CONFIG__LABELS__TEAM`.
enum SettingMembers {
  private indirect enum Tree {
    case value(String)
    case object([(key: String, tree: Tree)])
  }

  /// The JSON object `json`, or an empty one, with what `entries` set in it; a later one holds.
  static func merged(_ entries: some Sequence<SettingEntry>, into json: String?) -> String {
    var tree = json.map { Self.tree(JSONView(valid: Array($0.utf8))) } ?? .object([])
    for entry in entries { tree = set(value(entry.value), at: entry.path.dropFirst(), in: tree) }
    var writer = JSONWriter()
    write(tree, into: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// A member's value: JSON where it is some, otherwise text.
  private static func value(_ value: SettingValue) -> String {
    switch value {
    case .json(let json): json
    case .text(let text): (try? JSONView(validating: Array(text.utf8)))?.json ?? JSONText.quoted(text)
    }
  }

  private static func tree(_ view: JSONView) -> Tree {
    view.members.map { .object($0.map { ($0.key, tree($0.value)) }) } ?? .value(view.json)
  }

  private static func set(_ json: String, at path: ArraySlice<String>, in tree: Tree) -> Tree {
    guard let key = path.first else { return .value(json) }
    var members: [(key: String, tree: Tree)] = []
    if case .object(let found) = tree { members = found }
    let place = members.firstIndex { $0.key.lowercased() == key || SettingName.snake($0.key) == key }
    let inner = set(json, at: path.dropFirst(), in: place.map { members[$0].tree } ?? .object([]))
    if let place { members[place].tree = inner } else { members.append((key, inner)) }
    return .object(members)
  }

  private static func write(_ tree: Tree, into writer: inout JSONWriter) {
    switch tree {
    case .value(let json): writer.json(json.utf8)
    case .object(let members):
      writer.object { writer in
        for member in members {
          writer.key(member.key)
          write(member.tree, into: &writer)
        }
      }
    }
  }
}
