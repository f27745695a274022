import RawJSON

/// The query for the entities of a blueprint.
enum BlueprintQuery {
  /// All of them, or those that `query` matches besides.
  static func json(_ blueprint: String, and query: JSONView? = nil) -> [UInt8] {
    JSONWriter.object { object in
      object.add("combinator", text: "and")
      object.key("rules")
      object.array { rules in
        rules.object { rule in
          rule.add("property", text: "$blueprint")
          rule.add("operator", text: "=")
          rule.add("value", text: blueprint)
        }
        if let query { rules.value(query) }
      }
    }
  }
}
