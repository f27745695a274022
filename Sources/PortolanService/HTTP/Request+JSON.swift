import Hummingbird
import RawJSON

extension Request {
  /// How many bytes a body may have, as with Port.
  static let bodyLimit = 1 << 20

  /// The body's bytes, as far as it may have so many.
  func bytes() async throws -> [UInt8] {
    let tooLarge = APIError(
      .contentTooLarge, "request_entity_too_large",
      "the body is larger than \(Self.bodyLimit) bytes, which is the limit")
    if let length = headers[.contentLength].flatMap({ Int($0) }), length > Self.bodyLimit { throw tooLarge }
    var bytes: [UInt8] = []
    for try await buffer in body {
      guard bytes.count + buffer.readableBytes <= Self.bodyLimit else { throw tooLarge }
      bytes.append(contentsOf: buffer.readableBytesView)
    }
    return bytes
  }

  /// The body, which is an object. Which type of content it says it is does not matter.
  func object() async throws -> JSONView {
    let bytes = try await bytes()
    let view: JSONView
    do {
      view = try JSONView(validating: bytes)
    } catch {
      throw APIError.invalid("the body is not JSON: \(error), at byte \(error.offset)")
    }
    guard view.kind == .object else { throw APIError.invalid("the body is no JSON object") }
    return view
  }
}

extension JSONView {
  /// The value as compact JSON.
  var bytes: [UInt8] { Array(json.utf8) }

  /// The text that a member of the body has to have.
  func requiredText(_ key: String) throws -> String {
    guard let text = self[key]?.text, !text.isEmpty else {
      throw APIError.invalid("`\(key)` has to be a text, and not empty")
    }
    return text
  }
}
