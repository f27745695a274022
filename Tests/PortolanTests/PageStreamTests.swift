import Portolan
import Synchronization
import Testing

/// docs/SEMANTICS.md says nothing of streams: this is what ``PageStream`` promises.
@Suite struct PageStreamTests {
  private func page(_ number: Int) -> RawPage { RawPage(Array(#"{"n": \#(number)}"#.utf8)) }

  @Test func givesThePagesInOrder() async throws {
    let stream = PageStream { pages in
      for number in 0..<50 { try await pages.send(page(number)) }
    }
    var seen: [String] = []
    for try await page in stream { seen.append(String(decoding: page.bytes, as: UTF8.self)) }
    #expect(seen == (0..<50).map { #"{"n": \#($0)}"# })
  }

  @Test func throwsWhatTheFunctionThrowsAfterItsPages() async {
    struct Broken: Error {}
    let stream = PageStream { pages in
      try await pages.send(page(1))
      throw Broken()
    }
    var count = 0
    await #expect(throws: Broken.self) {
      for try await _ in stream { count += 1 }
    }
    #expect(count == 1)
  }

  @Test func runsNoFurtherAheadThanTwoPages() async throws {
    let sent = Mutex(0)
    let stream = PageStream { pages in
      for number in 0..<20 {
        try await pages.send(page(number))
        sent.withLock { $0 = number + 1 }
      }
    }
    var taken = 0
    for try await _ in stream {
      taken += 1
      #expect(sent.withLock { $0 } <= taken + 2)
    }
    #expect(taken == 20)
  }

  @Test func endsTheFunctionWhenNobodyTakesPages() async throws {
    let (ends, end) = AsyncStream<Bool>.makeStream()
    let stream = PageStream { pages in
      do {
        while true { try await pages.send(page(0)) }
      } catch {
        end.yield(error is CancellationError)
        end.finish()
        throw error
      }
    }
    for try await _ in stream { break }
    var wasCancelled: [Bool] = []
    for await value in ends { wasCancelled.append(value) }
    #expect(wasCancelled == [true])
  }

  @Test func endsWithTheTaskThatTakesPages() async {
    let task = Task {
      let stream = PageStream { _ in try await Task.sleep(for: .seconds(1000)) }
      for try await _ in stream {}
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
