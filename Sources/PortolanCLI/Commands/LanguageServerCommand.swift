import ArgumentParser
import Dispatch
import Portolan
import PortolanEditor
import PortolanHTTP

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `portolan lsp`
struct LanguageServerCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: "Help an editor with a config or a fetcher.yml while it is typed: a language server.",
    discussion: """
      Speaks the Language Server Protocol on standard input and output: findings as lint has them, quick fixes, \
      hover and completion. An editor starts it; docs/editors.md says how.
      """)

  @OptionGroup var evaluation: EvaluationOptions

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let environment = evaluation.environment.environment
    let linter = EditorLinter(
      evaluation.linter, environment: environment, fetcher: BuiltInFetchers.definition(named:))
    var session = EditorSession(LanguageServer(linter, version: Version.portolan)) {
      StandardStream.output.write($0)
    }
    do throws(MessageFraming.Broken) {
      return .wrong(if: try await session.run(Self.input) != 0)
    } catch {
      throw UsageError("cannot go on reading from the editor: \(error.reason)", nil)
    }
  }

  /// What comes on standard input. A queue of its own waits for it, so that everything else can go on.
  private static var input: AsyncStream<[UInt8]> {
    AsyncStream { continuation in
      DispatchQueue(label: "portolan.editor").async {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        while true {
          // Safe: no more is read than the array holds.
          let count = bytes.withUnsafeMutableBytes { read(0, $0.baseAddress, $0.count) }
          guard count > 0 else { break }
          continuation.yield(Array(bytes[..<count]))
        }
        continuation.finish()
      }
    }
  }
}
