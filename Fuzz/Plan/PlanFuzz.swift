import Dispatch
import Portolan
import ReferenceJSON
import ReferenceMapping
import Synchronization
import TestSupport

/// libFuzzer calls this with bytes that it makes up: the first chooses a config, the second how the rest is
/// cut when it is read. However it is cut, the entities are the same; and those of one object are the slow
/// mapper's.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzPlan(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard bytes.count > 2 else { return 0 }
  do {
    let trial = try PlanTrial.all[Int(bytes[0]) % PlanTrial.all.count].get()
    try trial.run(Array(bytes[2...]), seed: UInt64(bytes[1]))
  } catch {
    fatalError("\(error)")
  }
  return 0
}

/// One config, and what is compiled of it. libFuzzer calls from one thread.
private final class PlanTrial {
  nonisolated(unsafe) static let all = PlanConfigs.all.map { yaml in Result { try PlanTrial(yaml) } }

  private let mapping: CompiledMapping
  private let resource: ResourceConfig
  private let compiler: SlowCompiler

  private init(_ yaml: String) throws {
    let config = try PortAppConfig(yaml: Array(yaml.utf8), file: "fuzz.yml")
    guard let resource = config.resources.first else { throw DiagnosticsError(config.diagnostics) }
    self.resource = resource
    mapping = CompiledMapping(config)
    compiler = try SlowCompiler()
  }

  func run(_ stream: [UInt8], seed: UInt64) throws {
    let document = ReferenceValue(stream)
    let whole = try run(stream)
    try requireSame(whole, stream, seed)
    guard case .object = document else { return }
    let mapper = SlowMapper(resource, compiler)
    let entities = mapper.map(stream)
    guard entities.match(whole.lines), mapper.counts == whole.counts else {
      fatalError("the slow way\n\(entities.text)\n\(mapper.counts)\nthe fast way\n\(whole)")
    }
  }

  /// Reads the stream in parts: what comes of it must be what comes of it as a `whole`.
  private func requireSame(_ whole: StreamRun, _ stream: [UInt8], _ seed: UInt64) throws {
    let random = Mutex(SeededRandom(seed: seed))
    let parts = try run(stream) {
      random.withLock { random in Int.random(in: 1...(random.chance(2) ? 4 : 64), using: &random) }
    }
    guard parts.lines == whole.lines, parts.counts == whole.counts else {
      fatalError("read in parts\n\(parts)\nread as a whole\n\(whole)")
    }
  }

  /// Maps a stream on this thread, which libFuzzer waits on.
  private func run(
    _ stream: [UInt8], chunk: @escaping @Sendable () -> Int = { .max }
  ) throws -> StreamRun {
    let (mapping, kind) = (mapping, resource.kind)
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Result<StreamRun, any Error>?>(nil)
    Task {
      do {
        let run = try await StreamRun(mapping, kind: kind, stream, chunk: chunk)
        result.withLock { $0 = .success(run) }
      } catch {
        result.withLock { $0 = .failure(error) }
      }
      done.signal()
    }
    done.wait()
    guard let run = result.withLock({ $0 }) else { fatalError("the task left nothing") }
    return try run.get()
  }
}
