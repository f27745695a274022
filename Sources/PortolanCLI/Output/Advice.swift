import Portolan

extension DiagnosticText {
  /// Text that says what to do with this program.
  init(style: Style) {
    self.init(style: style, advice: \.advice)
  }
}

extension Diagnostic {
  /// What to do about it with this program.
  var advice: String? {
    switch remedy {
    case .allowVariable(let name): "run with `--allow-env \(name)` if the mapping may see it"
    case .updateSnapshots:
      "take the file back from your version control, or write it again with `portolan test --update`"
    case .cutPages(let path): "take the objects out of the list: `--items \(ShellWord.quoted(path))`"
    case nil: help
    }
  }
}
