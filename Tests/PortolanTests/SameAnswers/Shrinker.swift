import Portolan
import ReferenceJSON
import ReferenceMapping

/// Makes what shows a difference smaller, so that a person can read it.
struct Shrinker {
  private(set) var config: PortAppConfig
  private(set) var difference: Comparison.Difference
  private let compiler: SlowCompiler
  private var triesLeft = 60

  /// Leaves out fields and members for as long as the two ways still differ on the one document.
  init(_ config: PortAppConfig, _ difference: Comparison.Difference, _ compiler: SlowCompiler) {
    self.compiler = compiler
    self.config = config
    self.difference = difference
    // On some documents they differ only after others.
    guard keep(config, difference.document) else { return }
    while dropField() {}
    while dropMember() {}
  }

  /// The difference, for a person.
  var text: String {
    let expressions = config.resources.first?.expressions ?? []
    let bytes = difference.document.count
    return """
      config
      \(expressions.map { "  \($0.place): \($0.expression.text)" }.joined(separator: "\n"))
      \(config.resources.first?.itemsToParse.map { "  item: \($0.name), removed: \($0.removesParsedArray)" } ?? "")
      document of \(bytes) bytes
        \(String(decoding: difference.document.prefix(4000), as: UTF8.self))
      slow
        \(difference.slow)
      fast
        \(difference.fast)
      """
  }

  private mutating func keep(_ config: PortAppConfig, _ document: [UInt8]) -> Bool {
    guard triesLeft > 0 else { return false }
    triesLeft -= 1
    guard let difference = Comparison(config, [document], compiler).difference else { return false }
    self.config = config
    self.difference = difference
    return true
  }

  private mutating func dropField() -> Bool {
    guard let resource = config.resources.first, let mapping = resource.mappings.first else { return false }
    var smaller: [ResourceConfig] = []
    if resource.mappings.count > 1 { smaller.append(Self.with(resource) { $0.mappings.removeFirst() }) }
    smaller += [
      Self.with(resource) { $0.mappings[0].title = nil }, Self.with(resource) { $0.mappings[0].icon = nil },
      Self.with(resource) { $0.mappings[0].team = nil },
      Self.with(resource) { $0.mappings[0].relations = nil },
    ]
    for place in (mapping.properties ?? []).indices {
      smaller.append(Self.with(resource) { $0.mappings[0].properties?.remove(at: place) })
    }
    for candidate in smaller where candidate.expressions.count < resource.expressions.count {
      var config = config
      config.resources = [candidate]
      if keep(config, difference.document) { return true }
    }
    return false
  }

  private mutating func dropMember() -> Bool {
    guard let value = ReferenceValue(difference.document) else { return false }
    for candidate in Self.smaller(value) where keep(config, candidate.json) { return true }
    return false
  }

  /// The value without each of its members, and with each of them made smaller.
  private static func smaller(_ value: ReferenceValue) -> [ReferenceValue] {
    guard case .object(let members) = value else { return [] }
    return members.indices.map { place in
      var rest = members
      rest.remove(at: place)
      return .object(rest)
    }
  }

  private static func with(_ resource: ResourceConfig, _ change: (inout ResourceConfig) -> Void)
    -> ResourceConfig
  {
    var resource = resource
    change(&resource)
    return resource
  }
}
