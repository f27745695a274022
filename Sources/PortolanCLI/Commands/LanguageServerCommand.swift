import ArgumentParser
import Portolan
import PortolanEditor

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

  /// How long typing must rest before the text is linted, in milliseconds.
  private static let rest: Int32 = 50

  @OptionGroup var variables: EnvironmentOptions

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let linter = Linter(allowedVariables: Set(variables.allowEnv))
    var server = LanguageServer(linter, version: Version.portolan)
    var framing = MessageFraming()
    do throws(MessageFraming.Broken) {
      while true {
        while let message = try framing.next() {
          send(await server.receive(message))
          if let status = server.exitStatus { return .wrong(if: status != 0) }
        }
        if !Self.isInputWaiting() { send(server.publish()) }
        guard let bytes = Self.input() else { return .wrong }
        framing.append(bytes)
      }
    } catch {
      throw UsageError("cannot go on reading from the editor: \(error.reason)", nil)
    }
  }

  private func send(_ messages: [[UInt8]]) {
    for message in messages { StandardStream.output.write(MessageFraming.framed(message)) }
  }

  private static func isInputWaiting() -> Bool {
    var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    return poll(&input, 1, rest) > 0
  }

  /// What has come on standard input; nil at its end.
  private static func input() -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    // Safe: no more is read than the array holds.
    let count = bytes.withUnsafeMutableBytes { read(0, $0.baseAddress, $0.count) }
    return count > 0 ? Array(bytes[..<count]) : nil
  }
}
