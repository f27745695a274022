import Portolan
import PortolanHTTP
import RawJSON

/// A configuration for a person: a line a setting, with its value and where that is from. Secrets are not shown.
struct ConfigTextReport {
  private static let indent = "  "

  let style: Style

  func render(_ integration: ConfiguredIntegration) -> String {
    let title =
      style.bold(TextColumns.oneLine(integration.name)) + "  "
      + style.dim(TextColumns.oneLine(integration.specPath))
    var lines = [title, ""] + table(integration).map { Self.indent + $0 }
    lines += ["", Self.indent + style.dim("for plan and sync:"), ""]
    lines += table(integration.catalog.rows).map { Self.indent + $0 }
    lines += ["", Self.indent + style.dim("for serve:"), ""]
    lines += table(integration.service.rows).map { Self.indent + $0 }
    if integration.isUntouched, !integration.configuration.settings.isEmpty { lines += hint(integration) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(_ integration: ConfiguredIntegration) -> [String] {
    let rows = integration.rows
    guard !rows.isEmpty else {
      return [style.dim("spec.yml has no configurations: there is nothing to set.")]
    }
    return table(
      rows.map { ($0.setting, $0.spec.description, IntegrationConfiguration.variable(for: $0.setting.name)) })
  }

  private func table(
    _ rows: [(setting: IntegrationConfiguration.Setting, description: String?, variable: String)]
  ) -> [String] {
    let cells =
      [["setting", "value", "from", ""].map { TextColumns.Cell($0, style.dim) }]
      + rows.map { self.cells($0.setting, $0.variable) }
    let used = (0..<4).map { column in cells.map { TextColumns.displayWidth($0[column].text) + 2 }.max() ?? 0
    }
    let room = style.width - Self.indent.count - used.reduce(0, +)
    let descriptions = [nil] + rows.map(\.description)
    let whole = zip(cells, descriptions).map { cells, description in
      guard let description, room >= 16 else { return cells }
      return cells + [
        TextColumns.Cell(TextColumns.cut(TextColumns.oneLine(description), to: room), style.dim)
      ]
    }
    return TextColumns.lines(whole, Array(repeating: .left, count: 5))
  }

  private func cells(_ setting: IntegrationConfiguration.Setting, _ variable: String) -> [TextColumns.Cell] {
    [
      TextColumns.Cell(TextColumns.oneLine(setting.name), style.bold), value(setting),
      origin(setting, variable),
      TextColumns.Cell(setting.isRequired ? "required" : "", style.dim),
    ]
  }

  private func value(_ setting: IntegrationConfiguration.Setting) -> TextColumns.Cell {
    guard let json = setting.json else {
      let isWrong = setting.origin != .missing
      return TextColumns.Cell(isWrong ? "not usable" : "·", isWrong ? style.red : style.dim)
    }
    if setting.isSensitive { return TextColumns.Cell("••••", style.green) }
    // A password may be in an address, whatever spec.yml says of it.
    let text = SecretMask([]).mask(JSONView(valid: Array(json.utf8)).text ?? json)
    return TextColumns.Cell(TextColumns.fitted(text, to: max(16, style.width / 3)), style.green)
  }

  private func origin(_ setting: IntegrationConfiguration.Setting, _ own: String) -> TextColumns.Cell {
    switch setting.origin {
    case .environment(let variable):
      let isOwn = variable == own
      return TextColumns.Cell(isOwn ? "environment" : TextColumns.oneLine(variable))
    case .file(let location):
      return TextColumns.Cell(TextColumns.oneLine("\(location.file):\(location.line)"))
    case .standard: return TextColumns.Cell("default", style.dim)
    case .missing:
      return TextColumns.Cell("not set", setting.isRequired ? style.red : style.dim)
    }
  }

  /// What to paste where nothing is set.
  private func hint(_ integration: ConfiguredIntegration) -> [String] {
    let needed = integration.configuration.settings.filter { $0.isRequired && $0.origin == .missing }
    guard !needed.isEmpty else { return [] }
    let file = TextColumns.oneLine(integration.envPath)
    return ["", Self.indent + "Nothing is set yet. These lines go into \(file), with a value each:", ""]
      + needed.map { Self.indent + Self.indent + IntegrationConfiguration.variable(for: $0.name) + "=" }
  }
}
