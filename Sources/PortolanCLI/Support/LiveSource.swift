import ArgumentParser
import Portolan
import PortolanHTTP

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where raw objects come from: fixtures, or the API itself.
struct LiveOptions: ParsableArguments {
  @Flag(help: "Take the raw objects from the API now, as fetcher.yml says, instead of fixtures.")
  var live = false

  @Option(
    help: ArgumentHelp("With --live: at most so many objects of each kind.", valueName: "count"))
  var limit: Int?

  func validate() throws {
    guard limit ?? 1 >= 1 else { throw ValidationError("--limit takes a number from 1 on, as --limit 20") }
    guard live || limit == nil else {
      throw ValidationError("--limit is how many objects --live fetches; give --live too")
    }
  }
}

/// Makes an integration's fetcher, with what the environment says.
enum LiveSource {
  /// - Throws: `UsageError` where its files or what is set make none.
  static func fetcher(of integration: Integration, limit: Int?) throws(UsageError) -> IntegrationFetcher {
    do throws(DiagnosticsError) {
      var fetcher = try IntegrationFetcher(integration, environment: ProcessInfo.processInfo.environment)
      fetcher.objectLimit = limit
      return fetcher
    } catch {
      throw UsageError(error.diagnostics)
    }
  }
}
