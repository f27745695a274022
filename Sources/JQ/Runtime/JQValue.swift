import CLibJQ

/// One of libjq's values, owned: freed when this goes out of scope, and never shared.
///
/// libjq's reference counts are not atomic, so a value stays on the thread that made it; the type is
/// neither copyable nor `Sendable`.
package struct JQValue: ~Copyable {
  /// The value. Calls that consume their argument get ``copied()`` instead.
  let raw: jv

  /// Takes over a value that the caller owns.
  init(consuming raw: jv) {
    self.raw = raw
  }

  deinit {
    jv_free(raw)
  }

  /// A reference of its own, for a libjq call that consumes its argument.
  func copied() -> jv {
    jv_copy(raw)
  }

  /// The same value once more.
  package func another() -> JQValue {
    JQValue(consuming: copied())
  }

  /// The value's type.
  var kind: jv_kind { jv_get_kind(raw) }
}

extension JQValue {
  /// A string.
  init(text: String) {
    var text = text
    // Safe: libjq copies `count` bytes from the address; an empty text has one, too.
    self.init(
      consuming: text.withUTF8 { utf8 in
        utf8.withMemoryRebound(to: CChar.self) { jv_string_sized($0.baseAddress, Int32(clamping: $0.count)) }
      })
  }

  /// The text of a string value, nil for any other.
  package var string: String? {
    kind == JV_KIND_STRING ? JQValue.string(raw) : nil
  }

  /// The text of `raw`, which must be a string.
  static func string(_ raw: jv) -> String {
    String(decoding: JQValue.bytes(raw), as: UTF8.self)
  }

  /// The UTF-8 bytes of `raw`, which must be a string and outlive the result.
  static func bytes(_ raw: jv) -> UnsafeRawBufferPointer {
    // Safe: libjq returns the address and length of the string's own buffer, which lives as long as
    // the value; `jv_string_length_bytes` consumes the copy that it is given.
    UnsafeRawBufferPointer(start: jv_string_value(raw), count: Int(jv_string_length_bytes(jv_copy(raw))))
  }
}
