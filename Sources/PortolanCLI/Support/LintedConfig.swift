import Portolan
import PortolanHTTP

/// One config that is run, as lint reads it: with the files that it must agree with.
enum LintedConfig {
  /// Reads the config of `target`, whose integration is called `name`.
  ///
  /// - Throws: `UsageError` where nothing of it can be run.
  static func read(_ target: LintTarget, named name: String?, _ linter: Linter) throws(UsageError)
    -> PortAppConfig
  {
    let report = linter.lint(target, fetcher: name.flatMap(BuiltInFetchers.definition))
    guard let config = report.config else { throw UsageError(report.findings) }
    return config
  }
}
