import ArgumentParser
import Portolan

/// What `map` writes beside the entities, and where: the arguments that say so.
struct MapOutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the entities into this file instead of standard output: whole, or not at all.", valueName: "file"
    ),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Write what was not mapped into this file, one object a line: why, where, and the raw object.",
      valueName: "file"), completion: .file())
  var reject: String?

  @Flag(help: "With --reject: what the selector turned away, too.")
  var rejectFiltered = false

  @Option(
    help: ArgumentHelp("Write the counts and what was found into this file, as JSON.", valueName: "file"),
    completion: .file())
  var report: String?

  @Option(
    help: ArgumentHelp(
      "What ends with status 1: mapping, what is wrong in the mapping or with an object; any, an object that was "
        + "skipped or unparsed, too; never, nothing.", valueName: "level"))
  var fail = FailLevel.mapping

  /// The files that are written.
  var paths: [String] { [output, reject, report].compactMap { $0 } }

  func validate() throws {
    guard reject != nil || !rejectFiltered else {
      throw ValidationError("--reject-filtered adds to the file of --reject; give --reject FILE too")
    }
  }
}
