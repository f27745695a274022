/// The rules on secrets: they are not in the file, and do not go over the network in the open.
struct SecretRules {
  private let tree: FetcherTree

  init(_ tree: FetcherTree) {
    self.tree = tree
  }

  func findings() -> [Diagnostic] {
    let secrets = tree.authentications.flatMap(Self.secrets) + requestHeaders
    let addresses = [tree.root["baseUrl"]] + tree.authentications.map { $0["oauth2"]?["tokenUrl"] }
    return secrets.compactMap(written) + addresses.compactMap { $0.flatMap(open) }
  }

  private static func secrets(_ node: DocumentNode) -> [DocumentNode] {
    let login = node["login"].map { login in
      login.present(["query", "headers", "body", "form"]).flatMap { members(of: $0) }
    }
    return [
      node["basic"]?["password"], node["bearer"], node["header"]?["value"], node["query"]?["value"],
      node["oauth2"]?["clientSecret"],
    ].compactMap { $0 } + (login ?? [])
  }

  private var requestHeaders: [DocumentNode] {
    let headers = [tree.root["headers"]] + tree.kinds.flatMap(\.lists).map { $0["headers"] }
    return headers.flatMap { $0.map(Self.members) ?? [] }
  }

  /// The members whose names are those of secrets. The YAML reader limits how deep nodes nest.
  private static func members(of node: DocumentNode) -> [DocumentNode] {
    (node.members ?? []).flatMap { member in
      (isSecret(member.name ?? "") ? [member] : []) + members(of: member)
    }
  }

  private static func isSecret(_ name: String) -> Bool {
    let name = name.lowercased().filter { $0 != "-" && $0 != "_" }
    return ["password", "secret", "token", "apikey", "authorization"].contains { name.hasSuffix($0) }
  }

  /// A secret that is the same for whoever has the file.
  private func written(_ node: DocumentNode) -> Diagnostic? {
    guard let template = node.template, template.expressions.isEmpty, !template.pieces.isEmpty else {
      return nil
    }
    return finding(
      .writtenSecret, "a secret is written in this file",
      "list a configuration in spec.yml with `sensitive: true`, and write `\"{{ config.<its name> }}\"` here",
      node)
  }

  /// An address that is not encrypted.
  private func open(_ node: DocumentNode) -> Diagnostic? {
    guard !tree.authentications.isEmpty, case .text(let text)? = node.template?.pieces.first,
      text.lowercased().hasPrefix("http://")
    else { return nil }
    let host = text.dropFirst(7).prefix { $0 != "/" && $0 != ":" }
    guard host != "localhost", host != "127.0.0.1" else { return nil }
    return finding(
      .insecureAddress, "credentials are sent to this address without encryption", "write `https://`", node)
  }

  private func finding(
    _ rule: Diagnostic.Rule, _ message: String, _ help: String, _ node: DocumentNode
  ) -> Diagnostic {
    Diagnostic(
      .warning, rule, message, help: help, at: SourceLocation(node.yaml.start, in: tree.file),
      to: node.yaml.headEnd(in: tree.file), field: node.path)
  }
}

extension Diagnostic.Rule {
  /// A password or token that is in the file itself.
  public static let writtenSecret = Self("written-secret")
  /// An address to which credentials go without encryption.
  public static let insecureAddress = Self("insecure-address")
}
