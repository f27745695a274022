import JQ
import Portolan
import RawJSON
import ReferenceJSON

/// Maps raw objects as docs/SEMANTICS.md says, and in no clever way: the document as a tree, each expression
/// compiled alone, libjq run on the whole of each item.
package final class SlowMapper {
  private let config: ResourceConfig
  private let compiler: SlowCompiler
  private var places: [String: Int] = [:]
  private var fields: [SlowCounts.Field] = []
  private var counted = SlowCounts()

  /// A mapper of one resource.
  package init(_ config: ResourceConfig, _ compiler: SlowCompiler) {
    self.config = config
    self.compiler = compiler
  }

  /// What has come of the objects so far.
  package var counts: SlowCounts {
    var counts = counted
    counts.fields = fields.filter { $0.nulls > 0 }
    return counts
  }

  /// The entities that a raw object makes.
  package func map(_ bytes: [UInt8]) -> [SlowValue] {
    counted.raw += 1
    guard let document = ReferenceValue(bytes), case .object = document else {
      counted.failed += config.mappings.count
      return []
    }
    return items(document).flatMap { entities($0.document, isExact: $0.isExact) }
  }

  private func items(_ document: ReferenceValue) -> [(document: ReferenceValue, isExact: Bool)] {
    guard let parse = config.itemsToParse else { return [(document, true)] }
    guard let value = compiler.libjq.value(document) else { return [] }
    let item = SlowItem(document: document, value: value, isExact: true)
    guard case .value(.array(let elements), let isExact) = run(parse.expression, item) else {
      counted.unparsed += 1
      return []
    }
    let removed = parse.removesParsedArray ? parse.expression.expression.parsedPath : nil
    let rest = removed.map { document.without($0.steps[...]) } ?? document
    guard case .object(let members) = rest.without([.key(parse.name)]) else { return [] }
    return elements.map { element in
      (.object(members + [ReferenceValue.Member(.init(parse.name), element)]), isExact)
    }
  }

  private func entities(_ document: ReferenceValue, isExact: Bool) -> [SlowValue] {
    guard let value = compiler.libjq.value(document) else { return [] }
    let item = SlowItem(document: document, value: value, isExact: isExact)
    switch run(config.selector.query, item).json {
    case Array("true".utf8): break
    case Array("false".utf8):
      counted.filtered += config.mappings.count
      return []
    default:
      counted.failed += config.mappings.count
      return []
    }
    counted.passed += 1
    return config.mappings.enumerated().compactMap { number, mapping in
      entity(mapping, config.hasMappingList ? "mappings[\(number)]." : "", item)
    }
  }

  private func entity(_ mapping: EntityMapping, _ prefix: String, _ item: borrowing SlowItem) -> SlowValue? {
    let identifier = value(mapping.identifier, prefix + "identifier", item)
    var members = [(key: "identifier", value: identifier)]
    if let title = mapping.title { members.append(("title", value(title, prefix + "title", item))) }
    if let icon = mapping.icon { members.append(("icon", value(icon, prefix + "icon", item))) }
    let blueprint = value(mapping.blueprint, prefix + "blueprint", item)
    members.append(("blueprint", blueprint))
    if let team = mapping.team { members.append(("team", value(team, prefix + "team", item))) }
    if let properties = mapping.properties {
      var values: [(key: String, value: SlowValue)] = []
      for (name, expression) in properties {
        values.append((name, value(expression, "\(prefix)properties.\(name)", item)))
      }
      members.append(("properties", .object(values)))
    }
    if let relations = mapping.relations {
      var values: [(key: String, value: SlowValue)] = []
      for (name, mapping) in relations {
        values.append((name, value(mapping, "\(prefix)relations.\(name)", item)))
      }
      members.append(("relations", .object(values)))
    }
    guard identifier.isTruthy, blueprint.isTruthy else {
      counted.skipped += 1
      return nil
    }
    counted.mapped += 1
    return .object(members)
  }

  private func value(_ mapping: FieldMapping, _ path: String, _ item: borrowing SlowItem) -> SlowValue {
    switch mapping {
    case .expression(let expression): return value(expression, path, item)
    case .query(let members):
      var values: [(key: String, value: SlowValue)] = []
      for (key, member) in members { values.append((key, value(member, "\(path).\(key)", item))) }
      return .object(values)
    case .list(let elements):
      var values: [SlowValue] = []
      for (index, element) in elements.enumerated() {
        values.append(value(element, "\(path)[\(index)]", item))
      }
      return .array(values)
    }
  }

  private func value(_ expression: ConfigExpression, _ path: String, _ item: borrowing SlowItem) -> SlowValue
  {
    let place = places[path] ?? fields.count
    if place == fields.count {
      places[path] = place
      fields.append(SlowCounts.Field(field: path))
    }
    let outcome = run(expression, item)
    if (outcome.json ?? Array("null".utf8)) == Array("null".utf8) { fields[place].nulls += 1 }
    if case .failure(let message) = outcome {
      fields[place].errors += 1
      if fields[place].message == nil { fields[place].message = message }
    }
    return outcome.value
  }

  private func run(_ source: ConfigExpression, _ item: borrowing SlowItem) -> SlowOutcome {
    compiler.compile(source.expression).run(item)
  }
}
