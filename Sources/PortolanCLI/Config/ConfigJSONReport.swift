import Portolan
import PortolanHTTP
import RawJSON

/// Configurations as one JSON document. Secrets are not in it.
enum ConfigJSONReport {
  static func render(_ integrations: [ConfiguredIntegration]) -> [UInt8] {
    JSONWriter.object(.spaced) { document in
      document.add("integrations", array: integrations.map(json))
    } + [UInt8(ascii: "\n")]
  }

  private static func json(_ integration: ConfiguredIntegration) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("name", text: integration.name)
      object.add("settings", array: integration.configuration.settings.map(json))
      object.add("catalog", array: integration.catalog.rows.map { json($0.setting) })
      object.add("service", array: integration.service.rows.map { json($0.setting) })
      object.add("problems", array: integration.diagnostics.map { FindingJSONReport.json($0, file: nil) })
    }
  }

  private static func json(_ setting: IntegrationConfiguration.Setting) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("name", text: setting.name)
      object.add("required", setting.isRequired)
      object.add("sensitive", setting.isSensitive)
      object.add("set", setting.json != nil)
      if let json = setting.json, !setting.isSensitive {
        // A password may be in an address, whatever spec.yml says of it.
        object.add("value", json: SecretMask([]).mask(json).utf8)
      }
      switch setting.origin {
      case .environment(let variable):
        object.add("origin", text: "environment")
        object.add("variable", text: variable)
      case .file(let location):
        object.add("origin", text: "file")
        object.add("file", text: location.file)
        object.add("line", location.line)
      case .standard: object.add("origin", text: "default")
      case .missing: object.add("origin", text: "missing")
      }
    }
  }
}
