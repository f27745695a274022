import Portolan
import RawJSON

/// Reads a query from JSON; whatever it does not know is refused by name, so that nothing is searched that was not meant.
struct SearchReader {
  /// How many bytes a query has at most: what Port takes in a request.
  static let maximumBytes = 1 << 20
  /// How deep groups of rules may be nested.
  static let maximumDepth = 64

  /// The time that names of ranges, such as `lastWeek`, are counted from, in seconds since 1970.
  let now: Int

  func read(_ json: [UInt8]) throws(CatalogError) -> SearchNode {
    guard json.count <= Self.maximumBytes else {
      throw .query("the query has \(json.count) bytes; at most \(Self.maximumBytes) are taken")
    }
    let document: JSONView
    do throws(JSONError) {
      document = try JSONView(validating: json)
    } catch {
      throw .query("the query is not JSON: \(error), at byte \(error.offset)")
    }
    guard document.kind == .object else {
      throw .query("the query is \(document.found); it wants an object with a combinator and rules")
    }
    return try group(document, depth: 1)
  }

  private func group(_ json: JSONView, depth: Int) throws(CatalogError) -> SearchNode {
    guard depth <= Self.maximumDepth else {
      throw .query("the query's rules are nested deeper than \(Self.maximumDepth) levels")
    }
    guard let rules = json["rules"]?.elements else {
      throw .query("`rules` is \(json["rules"]?.found ?? "missing"); it wants an array of rules")
    }
    let combinator = json["combinator"]
    var nodes: [SearchNode] = []
    for rule in rules {
      if rule["rules"] != nil || rule["combinator"] != nil {
        nodes.append(try group(rule, depth: depth + 1))
      } else {
        nodes.append(try self.rule(rule))
      }
    }
    switch combinator?.text {
    case "and": return .all(nodes)
    case "or": return .any(nodes)
    default:
      throw .query("`combinator` is \(combinator?.found ?? "missing"); it wants \"and\" or \"or\"")
    }
  }

  private func rule(_ json: JSONView) throws(CatalogError) -> SearchNode {
    guard json.kind == .object else { throw .query("a rule is \(json.found); it wants an object") }
    guard let name = json["operator"]?.text else {
      throw .query("a rule's `operator` is \(json["operator"]?.found ?? "missing"); it wants a string")
    }
    if json["scorecard"] != nil {
      throw .query("a rule asks for a scorecard's level, and a catalog here calculates none")
    }
    if name == "relatedTo" { return .related(try RelatedRule(json)) }
    if name == "matchAny" { return try matchAny(json) }
    guard let operation = SearchOperator(rawValue: name) else {
      throw .unknown("operator", name, SearchOperator.allCases.map(\.rawValue) + ["relatedTo", "matchAny"])
    }
    let field = try field(json)
    return .field(field, try operation.test(json["value"], now: now))
  }

  private func field(_ json: JSONView) throws(CatalogError) -> SearchField {
    if let relation = json["relation"]?.text { return .relation(relation) }
    if let schema = json["propertySchema"] { return try schemaField(schema) }
    guard let property = json["property"] else { throw .query("a rule has no `property`") }
    guard let name = property.text else { throw .query(Self.unusable("property", property)) }
    return try SearchField(name)
  }

  private func schemaField(_ schema: JSONView) throws(CatalogError) -> SearchField {
    let types = BlueprintProperty.ValueType.allCases
    guard let name = schema["type"]?.text else {
      throw .query("`propertySchema.type` is \(schema["type"]?.found ?? "missing"); it wants a string")
    }
    guard let type = BlueprintProperty.ValueType(rawValue: name) else {
      throw .unknown("type of properties", name, types.map(\.rawValue))
    }
    return .schema(type: type.kind, format: schema["format"]?.text)
  }

  /// The rule for a path of relations; only one of a single step can be told from an entity alone.
  private func matchAny(_ json: JSONView) throws(CatalogError) -> SearchNode {
    let property = json["property"]
    let path = property?["path"]?.elements ?? []
    guard path.count == 1, let relation = path[0].text, property?["fromBlueprint"] == nil else {
      throw .query(
        "`matchAny` wants a `property` with a `path` of one relation's name here",
        advice: "ask with `relatedTo`, which goes on from entity to entity")
    }
    guard let value = json["value"] else { throw .query("`matchAny` has no `value`") }
    return .field(.relation(relation), try SearchOperator.containsAny.test(value, now: now))
  }

  /// Why a property or a value that is an object cannot be used.
  static func unusable(_ name: String, _ json: JSONView) -> String {
    json["context"] != nil
      ? "a rule's `\(name)` asks for the user who searches, and there is none here"
      : "a rule's `\(name)` is \(json.found); it wants a string"
  }
}

extension SearchField {
  /// The field that a query calls `name`.
  init(_ name: String) throws(CatalogError) {
    if let meta = Meta(rawValue: name) {
      self = .meta(meta)
    } else if name.hasPrefix("$") {
      throw .unknown("property", name, Meta.allCases.map(\.rawValue))
    } else if name.hasPrefix("relations.") {
      self = .relation(String(name.dropFirst("relations.".count)))
    } else {
      self = .named(name)
    }
  }
}

extension CatalogError {
  /// A query that cannot be used.
  static func query(_ message: String, advice: String? = nil) -> CatalogError {
    CatalogError(.refused, message, advice: advice ?? "correct the query")
  }

  /// A query with a word in it that is none of those that there are.
  static func unknown(_ what: String, _ name: String, _ known: [String]) -> CatalogError {
    let nearest = Spelling.nearest(to: name, in: known)
    return CatalogError(
      .refused, "there is no \(what) `\(name.shortened(to: 60))` in queries",
      advice: nearest.map { "did you mean `\($0)`?" } ?? "there are: \(known.joined(separator: ", "))")
  }
}
