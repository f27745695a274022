import RawJSON

/// What is kept of an event's headers: nothing that shows who may send events.
package enum KeptHeaders {
  /// The headers as JSON, without those that hold secrets, signatures and cookies.
  package static func json(_ headers: [String: String]) -> String {
    let json = JSONWriter.object { object in
      for (name, value) in headers.sorted(by: { $0.key < $1.key }) where !isSecret(name) {
        object.add(name, text: value)
      }
    }
    return String(decoding: json, as: UTF8.self)
  }

  /// The headers of ``json(_:)``.
  static func headers(_ json: String) -> [String: String] {
    let members = JSONView(valid: Array(json.utf8)).members ?? []
    return Dictionary(members.map { ($0.key, $0.value.text ?? "") }) { $1 }
  }

  private static func isSecret(_ name: String) -> Bool {
    ["auth", "cookie", "token", "secret", "signature", "key", "password"].contains(where: name.contains)
  }
}
