import RawJSON

/// An integration as a catalog has it.
struct IntegrationDocument {
  private let view: JSONView?

  /// The integration of that JSON; nil where there is none.
  init(_ json: [UInt8]?) {
    view = json.map { JSONView(valid: $0) }
  }

  /// Whether its blueprints and the like are made already, or are not made by what writes: somebody else does it, or
  /// nobody is to.
  var isInitialized: Bool {
    if view?["arePortResourcesInitialized"]?.boolean ?? false { return true }
    let origin = view?["createPortResourcesOrigin"]?.text
    return origin == "Port" || origin == "Empty"
  }

  /// What is to be done with it; nil for nothing.
  func step(owner: Datasource, mapping: [UInt8]) -> SetupStep? {
    if view == nil {
      let json = JSONWriter.object { integration in
        integration.add("installationId", text: owner.identifier)
        integration.add("installationAppType", text: owner.type)
        integration.add("version", text: owner.version)
        integration.add("changelogDestination", json: Array("{}".utf8))
        integration.add("config", json: mapping)
        integration.add("actionsProcessingEnabled", false)
        integration.add("incrementalSyncEnabled", false)
        integration.add("createPortResourcesOrigin", text: "Default")
      }
      return SetupStep(.create, .integration, owner.identifier, json: String(decoding: json, as: UTF8.self))
    }
    guard !isInitialized else { return nil }
    let json = Self.mark(version: owner.version, config: mapping)
    return SetupStep(
      .change, .integration, owner.identifier, json: String(decoding: json, as: UTF8.self),
      differences: [
        SetupStep.Difference(
          "arePortResourcesInitialized", before: view?["arePortResourcesInitialized"]?.json, after: "true")
      ])
  }

  /// What says that an integration's blueprints and the like are made.
  static func mark(version: String?, config: [UInt8]?) -> [UInt8] {
    JSONWriter.object { integration in
      if let version { integration.add("version", text: version) }
      if let config { integration.add("config", json: config) }
      integration.add("arePortResourcesInitialized", true)
    }
  }

  /// What says so at the end of the steps, by the integration's own step.
  static func mark(after step: SetupStep) -> [UInt8] {
    let json = JSONView(valid: Array(step.json.utf8))
    return mark(version: json["version"]?.text, config: json["config"].map { Array($0.json.utf8) })
  }
}
