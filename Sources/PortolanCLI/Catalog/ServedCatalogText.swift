import PortolanService

/// What is printed when a catalog is served: where, and how Ocean comes to it.
struct ServedCatalogText {
  let file: String
  let url: String
  let credentials: ServiceCredentials
  /// Whether the user gave the secret; then it is not printed.
  let isSecretKnown: Bool

  var text: String {
    let secret = isSecretKnown ? "…" : credentials.clientSecret
    return """
      serving \(path) at \(url)
      for Ocean, in the shell that starts it:
        export OCEAN__PORT__BASE_URL=\(url)
        export OCEAN__PORT__CLIENT_ID=\(credentials.clientID)
        export OCEAN__PORT__CLIENT_SECRET=\(secret)

      """
  }

  /// The file as a path that reads as one: `./catalog.db`.
  private var path: String { file.contains("/") ? file : "./" + file }
}
