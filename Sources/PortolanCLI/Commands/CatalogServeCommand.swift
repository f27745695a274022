import ArgumentParser
import Portolan
import PortolanCatalog
import PortolanService

/// `portolan catalog serve`
struct CatalogServeCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve a catalog as Port's API, so that Ocean can use it.",
    discussion: """
      What is written for Port works with the catalog: Ocean, or anything else. Without FILE it is the one of the \
      integration that is here, as for `portolan sync`; a file that is not there is made.

      The server takes requests of this machine only, unless --host says otherwise, and only those that call it by a \
      name it knows: a web page can send requests to this machine by a name of its own.

      Clients need an id and a secret. They are OCEAN__PORT__CLIENT_ID and OCEAN__PORT__CLIENT_SECRET in the \
      environment, so that an Ocean that is started there knows them too; where they are not set, they are made \
      and printed. A secret in an argument can be seen by everybody on the machine.

      Ctrl-C ends it when the requests that are under way are answered.

      EXAMPLES:
        portolan catalog serve
        portolan catalog serve ./team.db --port 0 --verbose
      """)

  @Argument(
    help: "The catalog's file, as with --catalog.",
    completion: .file(extensions: ["db"]))
  var file: String?

  @OptionGroup var named: CatalogFileOption

  @Option(help: ArgumentHelp("The port; 0 takes a free one.", valueName: "number"))
  var port = 5099

  @Option(help: ArgumentHelp("The address to take requests at.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(
    help: ArgumentHelp(
      "Another name that clients may call the server by (repeatable); others are refused.", valueName: "name")
  )
  var allowHost: [String] = []

  @Option(help: ArgumentHelp("The id that clients send.", valueName: "id"))
  var clientId: String?

  @Option(help: ArgumentHelp("The secret that clients send.", valueName: "secret"))
  var clientSecret: String?

  @Option(help: ArgumentHelp("How long an access token is good for.", valueName: "seconds"))
  var tokenLifetime = 3600

  @Option(
    help: ArgumentHelp("Refuse more requests than this within a minute, as Port does.", valueName: "count"))
  var rateLimit: Int?

  @Flag(help: "Print a line for each request.")
  var verbose = false

  func validate() throws {
    guard file == nil || named.catalog == nil else {
      throw ValidationError("the catalog is named twice; leave FILE out, or --catalog")
    }
    guard (0...65535).contains(port) else { throw ValidationError("--port takes a number from 0 to 65535") }
    guard tokenLifetime >= 1 else {
      throw ValidationError("--token-lifetime takes a number of seconds from 1 on")
    }
    guard (rateLimit ?? 1) >= 1 else { throw ValidationError("--rate-limit takes a number from 1 on") }
    guard clientId != "", clientSecret != "" else {
      throw ValidationError("--client-id and --client-secret take a text that is not empty")
    }
  }

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let (options, isSecretKnown) = options
    let file = try named.made(file)
    do {
      let server = CatalogServer(try LocalCatalog(path: file), options)
      try await server.run(endingWithSignals: true) { url in
        let text = ServedCatalogText(
          file: file, url: url, credentials: options.credentials, isSecretKnown: isSecretKnown)
        StandardStream.output.write(text.text)
      }
      return .fine
    } catch let error as CatalogError {
      throw UsageError(error.message, error.advice)
    } catch {
      throw UsageError("the catalog cannot be served: \(error)", nil)
    }
  }

  /// What the arguments and the environment say, and whether the user knows the secret already.
  private var options: (CatalogServerOptions, isSecretKnown: Bool) {
    var options = CatalogServerOptions()
    options.address = host
    options.port = port
    options.otherHosts = allowHost
    options.tokenLifetime = tokenLifetime
    if let rateLimit { options.rateLimit = RateLimit(requests: rateLimit) }
    if verbose { options.log = { StandardStream.error.write($0 + "\n") } }
    let known = (
      id: clientId ?? Self.variable("OCEAN__PORT__CLIENT_ID"),
      secret: clientSecret ?? Self.variable("OCEAN__PORT__CLIENT_SECRET")
    )
    options.credentials = ServiceCredentials(
      clientID: known.id ?? options.credentials.clientID,
      clientSecret: known.secret ?? options.credentials.clientSecret)
    return (options, known.secret != nil)
  }

  /// A variable of the environment that is set and not empty.
  private static func variable(_ name: String) -> String? {
    AllowedEnvironment.atStart[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
