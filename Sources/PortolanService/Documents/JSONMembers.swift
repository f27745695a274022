import RawJSON

/// The members of an object, to be added to and written again.
struct JSONMembers {
  private var members: [(key: String, json: [UInt8])] = []

  /// No members.
  init() {}

  /// The members of an object; none, where it is no object.
  init(_ view: JSONView) {
    members = (view.members ?? []).map { ($0.key, $0.value.bytes) }
  }

  var keys: [String] { members.map(\.key) }

  /// A member's value as JSON. A new one comes last; nil takes it out.
  subscript(key: String) -> [UInt8]? {
    get { members.first { $0.key.utf8.elementsEqual(key.utf8) }?.json }
    set {
      let place = members.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
      switch (place, newValue) {
      case (let place?, let json?): members[place].json = json
      case (let place?, nil): members.remove(at: place)
      case (nil, let json?): members.append((key, json))
      case (nil, nil): break
      }
    }
  }

  /// Sets a member to a text.
  mutating func set(_ key: String, text: String) { self[key] = Array(JSONText.quoted(text).utf8) }

  /// Sets a member that is missing to JSON.
  mutating func fill(_ key: String, _ json: String) {
    if self[key] == nil { self[key] = Array(json.utf8) }
  }

  /// The object.
  var json: [UInt8] {
    JSONWriter.object { object in
      for (key, json) in members { object.add(key, json: json) }
    }
  }
}
