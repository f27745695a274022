import Portolan
import RawJSON

/// Writes the `fetcher.yml` that a configuration of Ocean's own no-code integration and a selector mean.
struct OceanCustomTranslation {
  /// The name of the kind whose objects are wanted.
  static let kind = "objects"

  let configuration: OceanCustomConfiguration

  init(_ configuration: OceanCustomConfiguration) {
    self.configuration = configuration
  }

  /// What holds for all kinds.
  func definition() throws(DiagnosticsError) -> FetcherDefinition {
    try definition([], file: "custom")
  }

  /// How the objects of a kind are asked for: the kind ``kind``, and one for each parameter in its path.
  ///
  /// - Throws: `DiagnosticsError` for a selector that is wrong or cannot be followed.
  func definition(for request: FetchRequest) throws(DiagnosticsError) -> FetcherDefinition {
    let selector = try OceanCustomSelector(request, configuration.paging)
    var kinds: [(name: String, json: [UInt8])] = []
    for (place, parameter) in selector.parameters.enumerated() {
      kinds.append(
        (
          Self.name(selector.parameters[...place]),
          self.parameter(parameter, after: selector.parameters[..<place])
        ))
    }
    kinds.append((Self.kind, objects(selector)))
    return try definition(kinds, file: "kind \(request.kind)")
  }

  private func definition(
    _ kinds: [(name: String, json: [UInt8])], file: String
  ) throws(DiagnosticsError) -> FetcherDefinition {
    let yaml = JSONWriter.object { root in
      root.add("baseUrl", text: OceanCustomTemplate.literal(configuration.baseURL))
      if let auth = auth { root.add("auth", json: auth) }
      if !configuration.headers.isEmpty {
        root.add("headers", json: OceanCustomTemplate.object(configuration.headers))
      }
      root.add(
        "limits",
        json: JSONWriter.object { limits in
          limits.add("concurrency", configuration.concurrency)
          limits.add("timeout", json: "\(configuration.timeout)".utf8)
        })
      root.add(
        "kinds",
        json: JSONWriter.object { object in for kind in kinds { object.add(kind.name, json: kind.json) } })
    }
    var definition: FetcherDefinition
    do throws(DiagnosticsError) {
      definition = try FetcherDefinition(yaml: yaml, file: file)
    } catch {
      throw DiagnosticsError(error.diagnostics.map(\.withoutPlace))
    }
    let errors = definition.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw DiagnosticsError(errors.map(\.withoutPlace)) }
    for place in definition.kinds.indices {
      definition.kinds[place].list.paging.mayBeUnpaged = true
      definition.kinds[place].list.mayBeOneObject = true
    }
    return definition
  }

  private var auth: [UInt8]? {
    switch configuration.signing {
    case .none: nil
    case .bearer: JSONWriter.object { $0.add("bearer", text: "{{ config.apiToken }}") }
    case .basic:
      JSONWriter.object { auth in
        auth.add(
          "basic",
          json: JSONWriter.object { basic in
            basic.add("username", text: "{{ config.username }}")
            basic.add("password", text: "{{ config.password }}")
          })
      }
    case .header(let name):
      JSONWriter.object { auth in
        auth.add(
          "header",
          json: JSONWriter.object { header in
            header.add("name", text: name)
            header.add("value", text: "{{ config.apiKey }}")
          })
      }
    case .login(let login):
      JSONWriter.object { $0.add("login", json: JSONWriter.object { login.write(&$0) }) }
    }
  }
}

// MARK: Kinds

extension OceanCustomTranslation {
  /// The kind whose objects are wanted.
  private func objects(_ selector: OceanCustomSelector) -> [UInt8] {
    JSONWriter.object { kind in
      selector.request.write(&kind, template: selector.path)
      if selector.dataPath != "." { kind.add("items", text: selector.dataPath) }
      configuration.paging.write(&kind, dataPath: selector.dataPath)
      Self.write(parents: selector.parameters[...], &kind)
    }
  }

  /// The objects that have a parameter's values: `{"__team": "…", "item": {…}}`. Each object is there, so that pages can
  /// be counted; one without a value, or that the filter leaves out, is nobody's parent.
  private func parameter(
    _ parameter: OceanCustomSelector.Parameter, after parents: ArraySlice<OceanCustomSelector.Parameter>
  ) -> [UInt8] {
    let value = "[(\(parameter.field)\n)] | .[0] | if . == null then null else tostring end"
    let wanted = parameter.filter.map { "if [(\($0)\n)] | .[0] == true then \(value) else null end" } ?? value
    return JSONWriter.object { kind in
      parameter.request.write(&kind)
      kind.add(
        "items",
        text:
          "\(Self.list(parameter.dataPath)) | map({\(JSONText.quoted(parameter.key)): (\(wanted)), item: .})")
      configuration.paging.write(&kind, dataPath: parameter.dataPath)
      Self.write(parents: parents, &kind)
    }
  }

  private static func write(
    parents: ArraySlice<OceanCustomSelector.Parameter>, _ kind: inout JSONWriter
  ) {
    guard let last = parents.last else { return }
    kind.add(
      "parent",
      json: JSONWriter.object { parent in
        parent.add("kind", text: name(parents))
        parent.add("when", text: ".[\(JSONText.quoted(last.key))] != null")
      })
    kind.add(
      "add",
      json: JSONWriter.object { add in
        for parameter in parents {
          add.add(parameter.key, text: "parent[\(JSONText.quoted(parameter.key))]")
        }
      })
  }

  /// The name of the kind of the last of `parameters`: the same in each selector that asks for the same.
  private static func name(_ parameters: ArraySlice<OceanCustomSelector.Parameter>) -> String {
    let identity = Array(parameters.map { "\($0.name) \($0.identity)" }.joined(separator: " ").utf8)
    let hash = identity.withScanner { $0.hash(0..<$0.count) }
    return "\(parameters.map(\.name).joined(separator: " and ")) \(String(hash, radix: 16))"
  }

  private static func list(_ dataPath: String) -> String {
    "[(\(dataPath)\n)] | .[0] | if type == \"array\" then . elif . == null then [] else [.] end"
  }
}

extension Diagnostic {
  /// The finding without its place, which is in a text that nobody wrote.
  var withoutPlace: Diagnostic {
    var copy = self
    copy.location = nil
    copy.end = nil
    return copy
  }
}
