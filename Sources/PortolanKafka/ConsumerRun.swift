#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What the consumer's thread does, from its begin to its end.
struct ConsumerRun {
  /// So long is librdkafka asked at once, in milliseconds: nothing that tasks say waits longer.
  private static let turn: Int32 = 50
  /// How often brokers that went away are asked whether they are back.
  private static let probeEvery = Duration.seconds(1)
  /// For how many turns of five milliseconds a full desk is waited for before the brokers are asked to pause, which
  /// throws away what has been fetched ahead.
  private static let patience = 40

  private let settings: KafkaSettings
  private let options: KafkaConsumer.Options
  private let desk: MessageDesk
  private let context: ConsumerContext
  private let recovered: @Sendable () -> Void
  private let clock = ContinuousClock()

  init(
    _ settings: KafkaSettings, _ options: KafkaConsumer.Options, _ desk: MessageDesk,
    _ report: @escaping @Sendable (KafkaError) -> Void, _ recovered: @escaping @Sendable () -> Void
  ) {
    self.settings = settings
    self.options = options
    self.desk = desk
    self.recovered = recovered
    context = ConsumerContext(desk, ProblemLog(settings, report))
  }

  /// Runs until the desk says stop, or librdkafka cannot go on.
  func run(_ started: (Result<Void, any Error>) -> Void) {
    let failure: KafkaError?
    do throws(KafkaError) {
      failure = try consume { started(.success(())) }
    } catch {
      desk.end(error)
      return started(.failure(error))
    }
    desk.settleFlushes(context.log.problems.last)
    desk.end(failure)
  }

  /// - Returns: why it ended, where nobody asked it to.
  /// - Throws: `KafkaError` where it did not start.
  private func consume(_ started: () -> Void) throws(KafkaError) -> KafkaError? {
    let handle = try ConsumerHandle(settings, group: options.group, start: options.start, context: context)
    try handle.connect(settings, within: options.connectWithin)
    try handle.subscribe(options.topics)
    started()
    var lastCommit = clock.now
    var lastProbe = clock.now
    while !desk.isStopping, context.failure == nil {
      if desk.isFull { waitForSpace(handle) }
      handle.poll(desk.isFlushAwaited ? 5 : Self.turn)
      if desk.hasSpace { handle.pause(false) }
      if desk.isFlushAwaited || clock.now - lastCommit >= options.commitEvery {
        handle.commit()
        lastCommit = clock.now
        desk.settleFlushes(context.log.problems.last)
      }
      if context.isUnreachable, clock.now - lastProbe >= Self.probeEvery {
        probe(handle)
        lastProbe = clock.now
      }
    }
    handle.close()
    guard let failure = context.failure else { return nil }
    return handle.fatalError() ?? failure
  }

  /// Sees whether a broker answers again.
  private func probe(_ handle: ConsumerHandle) {
    guard handle.answers(within: .milliseconds(100)) else { return }
    context.isUnreachable = false
    recovered()
  }

  private func waitForSpace(_ handle: ConsumerHandle) {
    for _ in 0..<Self.patience {
      guard desk.isFull, !desk.isStopping, !context.isPaused else { return }
      usleep(5_000)
    }
    handle.pause(true)
  }
}
