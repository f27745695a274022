import ArgumentParser

/// Which part of a plan is shown. A sync has none of this: it does the whole plan, and so shows the whole.
struct PartOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Show only these blueprints.", valueName: "blueprint"))
  var blueprint: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Show only changes of these fields: properties.status", valueName: "field"))
  var field: [String] = []
}
