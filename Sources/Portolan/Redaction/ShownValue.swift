import RawJSON

/// Values as people may see them: without what looks like a secret.
///
/// A secret is told by its name (`apiToken`), or by what it looks like: a token of a known service, what follows
/// `Bearer`, the password of an address, a private key.
package enum ShownValue {
  /// What is shown in place of a secret.
  package static let sign = "••••"

  /// A value's JSON; `field` is its place, as `properties.apiToken`.
  package static func json(_ json: String, of field: String = "") -> String {
    guard let view = try? JSONView(validating: Array(json.utf8)) else { return text(json) }
    let name = field.split(separator: ".").last.map(String.init) ?? ""
    var writer = JSONWriter()
    write(view, isSecret: RedactionKeys.isSecret(name), into: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// A text of any sort.
  package static func text(_ text: String) -> String {
    var redactor = TextRedactor(hidingSecretsIn: Array(text.utf8))
    return redactor.redacted().map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  private static func write(_ view: JSONView, isSecret: Bool, into writer: inout JSONWriter) {
    switch view.kind {
    case .object:
      writer.object { writer in
        for member in view.members ?? [] {
          writer.key(member.key)
          write(member.value, isSecret: isSecret || RedactionKeys.isSecret(member.key), into: &writer)
        }
      }
    case .array:
      writer.array { writer in
        for element in view.elements ?? [] { write(element, isSecret: isSecret, into: &writer) }
      }
    case .string where isSecret: writer.text(view.text?.isEmpty == true ? "" : sign)
    case .string: writer.text(text(view.text ?? ""))
    case .number where isSecret: writer.text(sign)
    case .number, .boolean, .null: writer.json(view.json.utf8)
    }
  }
}
