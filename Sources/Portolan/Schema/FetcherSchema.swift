import RawJSON

/// The JSON Schema (draft 7) of a `fetcher.yml`, for editors: it completes keys, explains them and marks what can
/// never be right.
///
/// ```swift
/// print(String(decoding: FetcherSchema().json, as: UTF8.self))
/// ```
public struct FetcherSchema: Sendable {
  /// Creates the schema.
  public init() {}

  /// The schema, indented, UTF-8.
  public var json: [UInt8] {
    var writer = JSONWriter(.indented)
    let request = [Self.one(of: ["get", "post"]), Self.notBoth("body", "form")]
    let schema = GrammarSchema(
      .fetcher,
      conditions: [
        .fetchedKind: request, .join: request, .login: request,
        .authentication: [Self.one(of: FetcherDefinition.Authentication.Method.keys)],
        .paging: [
          Self.one(of: FetcherDefinition.Paging.Style.keys),
          ["dependencies": ["cursor": ["parameter"], "parameter": ["cursor"], "limit": ["size"]]],
        ],
        .parent: [Self.one(of: ["kind", "values"])],
        .fetcher: [["anyOf": [["required": ["kinds"]], ["required": ["otherKinds"]]]]],
        .webhook: request, .foundWebhooks: request, .eventParent: request,
        .event: [Self.notBoth("get", "post"), Self.notBoth("body", "form"), Self.requests],
        .verification: [
          Self.one(of: ["header", "basic"]), Self.signatures, ["dependencies": ["hmac": ["header"]]],
        ],
      ])
    schema.document(title: "fetcher.yml").write(into: &writer)
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// Exactly one of the keys is there, unless there is no mapping at all.
  private static func one(of keys: [String]) -> SchemaValue {
    ["anyOf": [["type": "null"], ["oneOf": .array(keys.map { ["required": [.text($0)]] })]]]
  }

  /// What is only said of a request.
  private static var requests: SchemaValue {
    ["anyOf": [["required": ["get"]], ["required": ["post"]], none(of: FetcherRules.requestParts)]]
  }

  /// What is only said of a signature.
  private static var signatures: SchemaValue {
    ["anyOf": [["required": ["hmac"]], none(of: FetcherRules.signatureParts)]]
  }

  private static func none(of keys: [String]) -> SchemaValue {
    ["not": ["anyOf": .array(keys.map { ["required": [.text($0)]] })]]
  }

  private static func notBoth(_ key: String, _ other: String) -> SchemaValue {
    ["not": ["required": [.text(key), .text(other)]]]
  }
}
