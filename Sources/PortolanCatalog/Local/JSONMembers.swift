import RawJSON

/// The members of an object, some of which are set or taken out before it is written again.
struct JSONMembers {
  private var members: [(key: String, json: [UInt8])]

  /// The members of an object, nil where `view` is none.
  init?(_ view: JSONView) {
    guard let members = view.members else { return nil }
    self.members = members.map { ($0.key, Array($0.value.json.utf8)) }
  }

  /// The JSON of a member. What is set for the first time comes last.
  subscript(_ key: String) -> [UInt8]? {
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
  mutating func set(_ key: String, text: String) {
    self[key] = Array(JSONText.quoted(text).utf8)
  }

  /// Sets every member that `others` has.
  mutating func merge(_ others: JSONMembers) {
    for member in others.members { self[member.key] = member.json }
  }

  /// The object.
  var json: [UInt8] {
    JSONWriter.object { object in
      for member in members {
        object.key(member.key)
        object.json(member.json)
      }
    }
  }
}
