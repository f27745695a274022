import RawJSON

/// The members of an object, some of which are set or taken out before it is written again.
package struct JSONMembers {
  private var members: [(key: String, json: [UInt8])]

  /// No members.
  package init() {
    members = []
  }

  /// The members of an object, nil where `view` is none.
  package init?(_ view: JSONView) {
    guard let members = view.members else { return nil }
    self.members = members.map { ($0.key, Array($0.value.json.utf8)) }
  }

  /// The keys, in their order.
  package var keys: [String] { members.map(\.key) }

  /// The JSON of a member. What is set for the first time comes last.
  package subscript(_ key: String) -> [UInt8]? {
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
  package mutating func set(_ key: String, text: String) {
    self[key] = Array(JSONText.quoted(text).utf8)
  }

  /// Sets a member to JSON, unless it is there.
  package mutating func fill(_ key: String, _ json: String) {
    if self[key] == nil { self[key] = Array(json.utf8) }
  }

  /// Sets every member that `others` has.
  package mutating func merge(_ others: JSONMembers) {
    for member in others.members { self[member.key] = member.json }
  }

  /// The object.
  package var json: [UInt8] {
    JSONWriter.object { object in
      for member in members {
        object.key(member.key)
        object.json(member.json)
      }
    }
  }
}
