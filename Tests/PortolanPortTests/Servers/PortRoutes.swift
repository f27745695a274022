import PortolanCatalog
import RawJSON
import TestServer

/// What Port's API answers.
struct PortRoutes {
  typealias Answer = (status: Int, body: String)

  let request: RawServer.Request
  let path: String
  let pageSize: Int

  private static let missing: Answer = (404, #"{"ok":false,"error":"not_found","message":"there is none"}"#)
  private static let ok: Answer = (200, #"{"ok":true}"#)

  private var body: JSONView { JSONView(valid: Array(request.body.utf8)) }
  private var datasource: String { request["user-agent"] ?? "" }

  func answer(_ state: inout FakePort.State) -> Answer {
    let steps = path.split(separator: "/").dropFirst().map(String.init)
    switch (request.method, steps.first ?? "", steps.count) {
    case (_, "integration", _): return integration(steps, &state)
    case ("POST", "entities", 2): return search(state)
    case ("POST", "blueprints", 3) where steps[2] == "datasource-entities": return owned(state)
    case ("POST", "blueprints", 4) where steps[3] == "bulk": return upsert(steps[1], &state)
    case ("POST", "blueprints", 5): return delete(steps[1], &state)
    case ("GET", "organization", 1):
      let flags = state.flags.map { "\"\($0)\"" }.joined(separator: ",")
      return (200, #"{"ok":true,"organization":{"id":"org_1","featureFlags":[\#(flags)]}}"#)
    case ("GET", "kafka-credentials", 1):
      return (200, #"{"ok":true,"credentials":{"username":"name","password":"s3cret"}}"#)
    case (_, "blueprints", 1...2): return blueprint(steps, &state)
    default: return resource(steps, &state)
    }
  }

  private func blueprint(_ steps: [String], _ state: inout FakePort.State) -> Answer {
    if request.method == "POST" {
      let identifier = body["identifier"]?.text ?? ""
      guard state.blueprints[identifier] == nil else { return (409, #"{"error":"conflict"}"#) }
      state.blueprints[identifier] = Array(request.body.utf8)
      return (201, #"{"ok":true}"#)
    }
    guard let json = state.blueprints[steps[1]] else { return Self.missing }
    switch request.method {
    case "PATCH": state.blueprints[steps[1]] = Array(request.body.utf8)
    case "DELETE": state.blueprints[steps[1]] = nil
    default: break
    }
    return (200, #"{"ok":true,"blueprint":\#(String(decoding: json, as: UTF8.self))}"#)
  }

  private func resource(_ steps: [String], _ state: inout FakePort.State) -> Answer {
    let path = steps.joined(separator: "/")
    if request.method == "POST" {
      state.resources.insert("\(path)/\(body["identifier"]?.text ?? "")")
      return (201, #"{"ok":true}"#)
    }
    return state.resources.contains(path) ? Self.ok : Self.missing
  }

  private func integration(_ steps: [String], _ state: inout FakePort.State) -> Answer {
    if request.method == "POST" {
      state.integrations[body["installationId"]?.text ?? ""] = [:]
      return (201, #"{"ok":true}"#)
    }
    guard var members = state.integrations[steps[1]] else { return Self.missing }
    if request.method == "PATCH" {
      if steps.last == "resync-state" {
        var merged = members["resyncState"].map { JSONView(valid: $0).members ?? [] } ?? []
        for member in body.members ?? [] {
          merged.removeAll { $0.key == member.key }
          merged.append(member)
        }
        let updated = JSONView(valid: Array(#""2027-01-15T08:00:00.000Z""#.utf8))
        merged.removeAll { $0.key == "updatedAt" }
        merged.append(("updatedAt", updated))
        members["resyncState"] = JSONWriter.object { writer in
          for (key, value) in merged {
            writer.key(key)
            writer.value(value)
          }
        }
      } else {
        for (key, value) in body.members ?? [] { members[key] = Array(value.json.utf8) }
      }
      state.integrations[steps[1]] = members
    }
    let json = JSONWriter.object { writer in
      for (key, value) in members.sorted(by: { $0.key < $1.key }) { writer.add(key, json: value) }
    }
    return (200, #"{"ok":true,"integration":\#(String(decoding: json, as: UTF8.self))}"#)
  }
}

extension PortRoutes {
  private func owned(_ state: FakePort.State) -> Answer {
    let prefix = body["datasource_prefix"]?.text ?? ""
    let suffix = body["datasource_suffix"]?.text ?? ""
    let keys = state.datasources.filter { $0.value.hasPrefix(prefix) && $0.value.hasSuffix(suffix) }.keys
      .sorted { ($0.blueprint, $0.identifier) < ($1.blueprint, $1.identifier) }
    let start = body["from"]?.text.flatMap { Int($0) } ?? 0
    let size = min(pageSize, body["limit"]?.number.flatMap { Int($0) } ?? pageSize)
    let page = keys.dropFirst(start).prefix(size)
    let entities = page.map { #"{"identifier":"\#($0.identifier)","blueprint":"\#($0.blueprint)"}"# }
    let next = start + size < keys.count ? #""\#(start + size)""# : "null"
    return (200, #"{"ok":true,"entities":[\#(entities.joined(separator: ","))],"next":\#(next)}"#)
  }

  private func search(_ state: FakePort.State) -> Answer {
    let rules = body["rules"]?.elements ?? []
    let found: [EntityKey]
    if rules.count == 1, rules[0]["operator"]?.text == "relatedTo" {
      let values = Set(rules[0]["value"]?.elements?.compactMap(\.text) ?? [])
      found = state.entities.keys.filter { key in
        let relations = state.entities[key].flatMap { JSONView(valid: $0)["relations"]?.members } ?? []
        return relations.contains { relation in
          (relation.value.elements ?? [relation.value]).contains { values.contains($0.text ?? "") }
        }
      }
    } else {
      let blueprint = rules.first?["value"]?.text ?? ""
      let identifiers = rules.compactMap { $0["value"]?.elements }.first?.compactMap(\.text) ?? []
      let parts = rules.filter { $0["property"]?.text == "$datasource" }.compactMap { $0["value"]?.text }
      found = identifiers.map { EntityKey(blueprint, $0) }.filter { key in
        state.entities[key] != nil && parts.allSatisfy { state.datasources[key]?.contains($0) == true }
      }
    }
    let entities = found.map { key in
      let entity = JSONView(valid: state.entities[key] ?? [])
      return JSONWriter.object { writer in
        writer.add("identifier", text: key.identifier)
        writer.add("blueprint", text: key.blueprint)
        for name in ["title", "icon", "team", "properties", "relations"] {
          guard let value = entity[name] else { continue }
          writer.key(name)
          writer.value(value)
        }
        writer.add("createdAt", text: "2026-11-25T10:00:00.000Z")
        writer.add("updatedBy", text: "somebody")
        writer.add("scorecards", json: "{}".utf8)
        writer.add("$secretOfPort", 1)
      }
    }
    let list = entities.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")
    return (200, #"{"ok":true, "entities":[\#(list)], "matchingBlueprints":[]}"#)
  }

  private func upsert(_ blueprint: String, _ state: inout FakePort.State) -> Answer {
    guard state.blueprints[blueprint] != nil else { return Self.missing }
    let entities = body["entities"]?.elements ?? []
    guard entities.count <= 20, request.body.utf8.count <= 1 << 20 else {
      return (413, #"{"ok":false,"error":"too_large","message":"too large"}"#)
    }
    if entities.contains(where: { $0["identifier"]?.text == "poison" }) {
      return (422, #"{"ok":false,"error":"invalid_request","message":"one of them is poison"}"#)
    }
    var done: [String] = []
    var errors: [String] = []
    for (index, entity) in entities.enumerated() {
      guard let identifier = entity["identifier"]?.text else {
        errors.append(
          #"{"identifier":"unknown","index":\#(index),"statusCode":404,"error":"not_found","message":"none"}"#
        )
        continue
      }
      guard !identifier.hasPrefix("bad") else {
        errors.append(
          #"{"identifier":"\#(identifier)","index":\#(index),"statusCode":422,"error":"invalid_request","#
            + #""message":"\#(identifier) is bad"}"#)
        continue
      }
      let key = EntityKey(blueprint, identifier)
      done.append(
        #"{"identifier":"\#(identifier)","index":\#(index),"created":\#(state.entities[key] == nil)}"#)
      state.entities[key] = Array(entity.json.utf8)
      state.datasources[key] = datasource
    }
    let lists = #""entities":[\#(done.joined(separator: ","))],"errors":[\#(errors.joined(separator: ","))]"#
    return (errors.isEmpty ? 200 : 207, #"{"ok":\#(errors.isEmpty),\#(lists)}"#)
  }

  private func delete(_ blueprint: String, _ state: inout FakePort.State) -> Answer {
    guard state.blueprints[blueprint] != nil else { return Self.missing }
    let identifiers = body["entities"]?.elements?.compactMap(\.text) ?? []
    if identifiers.contains(where: { $0.hasPrefix("needed") }) {
      return (409, #"{"ok":false,"error":"has_dependents","message":"something relates to it"}"#)
    }
    let deleted = identifiers.filter { identifier in
      guard !identifier.hasPrefix("kept") else { return false }
      let key = EntityKey(blueprint, identifier)
      state.datasources[key] = nil
      return state.entities.removeValue(forKey: key) != nil
    }
    let list = deleted.map { #""\#($0)""# }.joined(separator: ",")
    return (200, #"{"ok":true,"deletedEntities":[\#(list)]}"#)
  }
}
