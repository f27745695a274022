import Testing

@testable import PortolanService

/// A strict reader of Prometheus' text format, version 0.0.4.
struct MetricText {
  struct Unreadable: Error { var line: String }
  struct Sample: Equatable {
    var name: String
    var labels: [String: String]
    var value: Double
  }

  private(set) var types: [String: String] = [:]
  private(set) var samples: [Sample] = []

  init(_ text: String) throws {
    guard text.isEmpty || text.hasSuffix("\n") else { throw Unreadable(line: "the end") }
    var help: String?
    var family: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init) {
      let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
      if line.hasPrefix("# HELP ") {
        guard words.count == 4, Self.isName(words[2]), types[words[2]] == nil else {
          throw Unreadable(line: line)
        }
        help = words[2]
      } else if line.hasPrefix("# TYPE ") {
        guard words.count == 4, words[2] == help, ["counter", "gauge", "histogram"].contains(words[3]) else {
          throw Unreadable(line: line)
        }
        types[words[2]] = words[3]
        family = words[2]
      } else {
        let sample = try Self.sample(line)
        guard let family, Self.families(sample.name, types[family]).contains(family) else {
          throw Unreadable(line: line)
        }
        guard !samples.contains(where: { $0.name == sample.name && $0.labels == sample.labels }) else {
          throw Unreadable(line: line)
        }
        samples.append(sample)
      }
    }
  }

  /// The value of a sample; nil where there is none.
  subscript(name: String, labels: [String: String]) -> Double? {
    samples.first { $0.name == name && $0.labels == labels }?.value
  }

  private static func families(_ name: String, _ type: String?) -> [String] {
    guard type == "histogram" else { return [name] }
    return ["_bucket", "_sum", "_count"].filter { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) }
  }

  private static func isName(_ text: String) -> Bool {
    text.wholeMatch(of: /[a-zA-Z_:][a-zA-Z0-9_:]*/) != nil
  }

  private static func sample(_ line: String) throws -> Sample {
    var rest = Substring(line)
    let name = String(rest.prefix { $0 != "{" && $0 != " " })
    rest.removeFirst(name.count)
    var labels: [String: String] = [:]
    if rest.first == "{" {
      rest.removeFirst()
      while rest.first != "}" {
        let label = String(rest.prefix { $0 != "=" })
        rest.removeFirst(label.count)
        guard isName(label), labels[label] == nil, rest.hasPrefix("=\"") else { throw Unreadable(line: line) }
        rest.removeFirst(2)
        labels[label] = try value(&rest, line)
        if rest.first == "," { rest.removeFirst() } else if rest.first != "}" { throw Unreadable(line: line) }
      }
      rest.removeFirst()
    }
    guard isName(name), rest.first == " ", let number = Double(rest.dropFirst()) else {
      throw Unreadable(line: line)
    }
    return Sample(name: name, labels: labels, value: number)
  }

  private static func value(_ rest: inout Substring, _ line: String) throws -> String {
    var value = ""
    while let character = rest.popFirst() {
      switch character {
      case "\"": return value
      case "\\":
        switch rest.popFirst() {
        case "n"?: value += "\n"
        case "\\"?: value += "\\"
        case "\""?: value += "\""
        default: throw Unreadable(line: line)
        }
      default: value.append(character)
      }
    }
    throw Unreadable(line: line)
  }
}

@Suite struct MetricRegistryTests {
  @Test func showsAllOfAServiceFromItsStart() throws {
    let text = try MetricText(MetricRegistry(ServiceMetrics.all).text)
    #expect(text["portolan_ready", [:]] == 0)
    #expect(text["portolan_events_waiting", [:]] == 0)
    #expect(text.types["portolan_resync_running"] == "gauge")
  }

  @Test func escapesLabels() throws {
    let metric = MetricRegistry.Metric("odd", .counter, "Odd labels.", labels: ["kind", "answer"])
    let registry = MetricRegistry([metric])
    let values = ["a\"b", "a\\b", "a\nb", "\\n", "{x=\"y\"},", "ünï", ""]
    for value in values { registry.add(2, to: metric, value, "x") }
    let text = try MetricText(registry.text)
    #expect(text.samples.count == values.count)
    for value in values { #expect(text["odd", ["kind": value, "answer": "x"]] == 2) }
  }

  @Test func countsInBucketsThatGrow() throws {
    let metric = MetricRegistry.Metric("took", .histogram, "How long.", bounds: [0.1, 1, 10])
    let registry = MetricRegistry([metric])
    for seconds in [0.05, 0.1, 0.5, 5, 50] { registry.observe(seconds, in: metric) }
    let text = try MetricText(registry.text)
    let counts = ["0.1", "1", "10", "+Inf"].map { text["took_bucket", ["le": $0]] }
    #expect(counts == [2, 3, 4, 5])
    #expect(text["took_count", [:]] == 5)
    #expect(abs((text["took_sum", [:]] ?? 0) - 55.65) < 1e-9)
  }

  @Test func keepsNumbersExact() throws {
    let metric = MetricRegistry.Metric("number", .gauge, "A number.")
    let registry = MetricRegistry([metric])
    for number in [0, -1, 0.1, 1_764_000_000.123, 1e15, 1e300, -2.5e-9, Double(1 << 53)] {
      registry.set(metric, to: number)
      #expect(try MetricText(registry.text)["number", [:]] == number)
    }
  }

  @Test func countsWhatIsTooManyAsOthers() throws {
    let metric = MetricRegistry.Metric("kinds", .counter, "By kind.", labels: ["kind", "outcome"])
    let registry = MetricRegistry([metric])
    for number in 0..<5000 { registry.add(to: metric, "kind-\(number)", "applied") }
    registry.add(to: metric, "kind-0", "applied")
    let text = try MetricText(registry.text)
    #expect(text.samples.count == 1001)
    #expect(text["kinds", ["kind": "kind-0", "outcome": "applied"]] == 2)
    #expect(text["kinds", ["kind": "other", "outcome": "other"]] == 4000)
  }
}
