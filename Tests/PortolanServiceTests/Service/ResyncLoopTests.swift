import Synchronization
import Testing

@testable import PortolanService

/// Resyncs that go on until they are let go or cancelled.
final class HeldResyncs: Sendable {
  private let state = Mutex<(events: [String], released: Int)>(([], 0))

  /// What happened: `+a` began, `-a` was done, `xa` was cancelled.
  var events: [String] { state.withLock { $0.events } }

  /// Lets one more of them come to its end.
  func release() { state.withLock { $0.released += 1 } }

  func perform(_ reason: String) async {
    state.withLock { $0.events.append("+" + reason) }
    while !Task.isCancelled {
      let isDone = state.withLock { state in
        guard state.released > 0 else { return false }
        state.released -= 1
        state.events.append("-" + reason)
        return true
      }
      if isDone { return }
      try? await Task.sleep(for: .milliseconds(1))
    }
    state.withLock { $0.events.append("x" + reason) }
  }

  func loop(_ policy: ResyncLoop.Policy) -> ResyncLoop {
    ResyncLoop(policy: policy) { await self.perform($0) }
  }
}

@Suite struct ResyncLoopTests {
  @Test func queuesOneAndJoinsOthersToIt() async {
    let resyncs = HeldResyncs()
    let loop = resyncs.loop(.queue)
    #expect(await loop.request("a") == .begun)
    #expect(await loop.request("b") == .queued)
    #expect(await loop.request("c") == .joined)
    resyncs.release()
    await wait(for: "the second begins") { resyncs.events.count == 3 }
    resyncs.release()
    await loop.waitForEnd()
    #expect(resyncs.events == ["+a", "-a", "+b", "-b"])
    #expect(await loop.request("d") == .begun)
    resyncs.release()
    await loop.waitForEnd()
  }

  @Test func replacesTheOneThatRuns() async {
    let resyncs = HeldResyncs()
    let loop = resyncs.loop(.replace)
    #expect(await loop.request("a") == .begun)
    await wait(for: "the first begins") { resyncs.events == ["+a"] }
    #expect(await loop.request("b") == .replacing)
    await wait(for: "the second begins") { resyncs.events.count == 3 }
    resyncs.release()
    await loop.waitForEnd()
    #expect(resyncs.events == ["+a", "xa", "+b", "-b"])
  }

  @Test(arguments: ResyncLoop.Policy.allCases)
  func endsWhatRunsAndForgetsWhatWaits(policy: ResyncLoop.Policy) async {
    let resyncs = HeldResyncs()
    let loop = resyncs.loop(policy)
    _ = await loop.request("a")
    await wait(for: "the first begins") { resyncs.events == ["+a"] }
    _ = policy == .queue ? await loop.request("b") : .begun
    await loop.close()
    #expect(resyncs.events == ["+a", "xa"])
    #expect(await loop.request("c") == .closed)
    #expect(resyncs.events == ["+a", "xa"])
  }

  @Test func neverRunsTwoAtOnce() async {
    let running = Mutex((now: 0, most: 0, count: 0))
    let loop = ResyncLoop(policy: .replace) { _ in
      running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.count + 1) }
      try? await Task.sleep(for: .milliseconds(2))
      running.withLock { $0.now -= 1 }
    }
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<200 { group.addTask { _ = await loop.request("r") } }
    }
    await loop.waitForEnd()
    #expect(running.withLock { $0.most } == 1)
    #expect(running.withLock { $0.count } >= 2)
  }
}
