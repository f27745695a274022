import CLibJQ
import RawJSON

@testable import JQ

/// What an expression gives, in a form that can be compared: a value as its JSON.
enum Outcome: Equatable, CustomStringConvertible {
  case value(String)
  case nothing
  case failure(String)

  init(_ outcome: consuming JQOutcome) {
    switch consume outcome {
    case .value(let value): self = .value(value.json)
    case .nothing: self = .nothing
    case .failure(let message): self = .failure(message)
    }
  }

  init(_ outcome: EvaluationOutcome) {
    switch outcome {
    case .value(let json): self = .value(String(decoding: json, as: UTF8.self))
    case .nothing: self = .nothing
    case .failure(let message): self = .failure(message)
    }
  }

  var isFailure: Bool {
    if case .failure = self { true } else { false }
  }

  var description: String {
    switch self {
    case .value(let json): json
    case .nothing: "(nothing)"
    case .failure(let message): "error: \(message)"
    }
  }
}

/// The value of checked JSON.
func value(_ bytes: [UInt8]) throws -> JQValue {
  let raw = try bytes.withScanner { scanner in
    let range = try scanner.checkDocument()
    return JSONReader(scanner: scanner).value(range.lowerBound).value
  }
  return JQValue(consuming: raw)
}

/// The value of checked JSON.
func value(_ json: String) throws -> JQValue {
  try value(Array(json.utf8))
}

/// What each of `expressions`, compiled together, gives for `input`.
func run(
  _ expressions: [String], on input: String = "null", environment: JQEnvironment = JQEnvironment()
) throws -> [Outcome] {
  let batch = JQBatch(expressions.map { JQExpression($0) }, environment: environment)
  return try outcomes(of: batch, expressions.count, on: input)
}

/// What the batch's `count` expressions give for `input`.
func outcomes(of batch: JQBatch, _ count: Int, on input: String) throws -> [Outcome] {
  let input = try value(input)
  batch.start(input)
  defer { batch.stop() }
  return (0..<count).map { _ in Outcome(batch.next()) }
}

/// What one expression gives.
func run(
  _ expression: String, on input: String = "null", environment: JQEnvironment = JQEnvironment()
) throws -> Outcome? {
  try run([expression], on: input, environment: environment).first
}
