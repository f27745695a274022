import ArgumentParser

/// A command of `portolan`: it does its work and says how that ended.
protocol PortolanSubcommand: AsyncParsableCommand {
  /// Does the command's work. What it has to say of files goes to `printer`.
  ///
  /// - Returns: how it ended.
  /// - Throws: `UsageError` where nothing could be run.
  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict
}

/// How a command ended.
enum Verdict {
  /// All is well.
  case fine
  /// Something that was looked at is wrong.
  case wrong
  /// Nothing could be run, and that has been said.
  case nothingRun
  /// All is well, and there is something to change, which was asked for.
  case changes

  /// `wrong` if so, otherwise `fine`.
  static func wrong(if isWrong: Bool) -> Verdict { isWrong ? .wrong : .fine }
}

/// The exit statuses for what is not well.
enum ExitStatus {
  /// Something in the mapping is wrong.
  static let wrong = ExitCode(1)
  /// Nothing could be run.
  static let nothingRun = ExitCode(2)
  /// There is something to change.
  static let changes = ExitCode(3)
}

extension PortolanSubcommand {
  func run() async throws {
    let printer = DiagnosticPrinter()
    let verdict: Verdict
    do throws(UsageError) {
      verdict = try await execute(printer)
    } catch {
      printer.print(error)
      throw ExitStatus.nothingRun
    }
    switch verdict {
    case .fine: return
    case .wrong: throw ExitStatus.wrong
    case .nothingRun: throw ExitStatus.nothingRun
    case .changes: throw ExitStatus.changes
    }
  }
}
