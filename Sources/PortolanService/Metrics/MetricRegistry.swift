import Synchronization

/// The numbers that a service shows of itself, as Prometheus reads them.
package final class MetricRegistry: Sendable {
  /// What a number means.
  package enum Kind: String, Sendable {
    /// It only grows, but for restarts.
    case counter
    /// It goes up and down.
    case gauge
    /// How often values were at most so large.
    case histogram
  }

  /// A number, or many of them that differ in labels.
  package struct Metric: Sendable, Hashable {
    package var name: String
    package var kind: Kind
    package var help: String
    /// The names of its labels, in their order.
    package var labels: [String]
    /// Up to what values a histogram counts.
    package var bounds: [Double]

    package init(
      _ name: String, _ kind: Kind, _ help: String, labels: [String] = [], bounds: [Double] = []
    ) {
      self.name = name
      self.kind = kind
      self.help = help
      self.labels = labels
      self.bounds = bounds
    }
  }

  private struct Histogram {
    var counts: [UInt64]
    var sum = 0.0
    var count: UInt64 = 0
  }

  private enum Value {
    case number(Double)
    case histogram(Histogram)
  }

  private struct Series {
    var metric: Metric
    var values: [[String]: Value] = [:]
  }

  /// A label that an API chooses could have any number of values; more than these are counted as `other`.
  private static let seriesLimit = 1000

  private let series = Mutex<[String: Series]>([:])
  private let metrics: [Metric]

  /// A registry of these metrics. They are shown from the beginning: those without labels as 0.
  package init(_ metrics: [Metric]) {
    self.metrics = metrics
    series.withLock { series in
      for metric in metrics {
        series[metric.name] = Series(metric: metric)
        if metric.labels.isEmpty, metric.kind != .histogram { series[metric.name]?.values[[]] = .number(0) }
      }
    }
  }

  /// Adds to a counter or a gauge. The labels' values are in the order of their names.
  package func add(_ amount: Double = 1, to metric: Metric, _ labels: String...) {
    change(metric, labels) { value in
      if case .number(let number) = value { .number(number + amount) } else { .number(amount) }
    }
  }

  /// Sets a gauge.
  package func set(_ metric: Metric, _ labels: String..., to number: Double) {
    change(metric, labels) { _ in .number(number) }
  }

  /// Counts a value in a histogram.
  package func observe(_ number: Double, in metric: Metric, _ labels: String...) {
    change(metric, labels) { value in
      var histogram = Histogram(counts: Array(repeating: 0, count: metric.bounds.count))
      if case .histogram(let known) = value { histogram = known }
      for (place, bound) in metric.bounds.enumerated() where number <= bound { histogram.counts[place] += 1 }
      histogram.sum += number
      histogram.count += 1
      return .histogram(histogram)
    }
  }

  private func change(_ metric: Metric, _ labels: [String], _ body: (Value?) -> Value) {
    series.withLock { all in
      var series = all[metric.name] ?? Series(metric: metric)
      let isRoom = series.values[labels] != nil || series.values.count < Self.seriesLimit
      let labels = isRoom ? labels : labels.map { _ in "other" }
      series.values[labels] = body(series.values[labels])
      all[metric.name] = series
    }
  }
}

// MARK: Text

extension MetricRegistry {
  /// All of them in Prometheus' text format, version 0.0.4.
  package var text: String {
    let all = series.withLock { $0 }
    var text = ""
    for metric in metrics {
      guard let series = all[metric.name], !series.values.isEmpty else { continue }
      text += "# HELP \(metric.name) \(metric.help)\n# TYPE \(metric.name) \(metric.kind.rawValue)\n"
      for (labels, value) in series.values.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        text += Self.lines(metric, Array(zip(metric.labels, labels)), value)
      }
    }
    return text
  }

  private static func lines(_ metric: Metric, _ labels: [(String, String)], _ value: Value) -> String {
    switch value {
    case .number(let number): return "\(metric.name)\(braces(labels)) \(self.text(number))\n"
    case .histogram(let histogram):
      var lines = ""
      for (bound, count) in zip(metric.bounds, histogram.counts) {
        lines += "\(metric.name)_bucket\(braces(labels + [("le", self.text(bound))])) \(count)\n"
      }
      lines += "\(metric.name)_bucket\(braces(labels + [("le", "+Inf")])) \(histogram.count)\n"
      lines += "\(metric.name)_sum\(braces(labels)) \(self.text(histogram.sum))\n"
      return lines + "\(metric.name)_count\(braces(labels)) \(histogram.count)\n"
    }
  }

  private static func braces(_ labels: [(String, String)]) -> String {
    guard !labels.isEmpty else { return "" }
    let parts = labels.map { name, value in
      let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        .replacing("\n", with: "\\n")
      return "\(name)=\"\(escaped)\""
    }
    return "{\(parts.joined(separator: ","))}"
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
  }
}
