/// One request, sent until there is an answer, or until it is given up.
struct Attempts {
  /// An answer, and what it is an answer to.
  private struct Received {
    var answer: Transport.Answer
    var hop: Hop
    var limits: RateLimits
    var signature: Session.Signature?

    /// Whether the host says how long to wait, a second at least.
    var isToldToWait: Bool {
      let verdict = RetryPolicy.judge(status: answer.status, limits: limits)
      if case .limited(let seconds?) = verdict { return seconds >= 1 }
      return false
    }
  }

  /// Why there is no answer, and to what.
  private struct Failed: Error {
    var failure: TransportFailure
    var hop: Hop
  }

  private let core: ClientCore
  private let signer: Signer
  private let first: Hop

  init(_ client: APIClient, _ first: Hop) {
    core = client.core
    signer = client.signer
    self.first = first
  }

  /// The answer. Throws ``APIError`` and `CancellationError`.
  func answer() async throws -> APIResponse {
    var attempt = 1
    var isRenewed = false
    var waited = 0.0
    while true {
      try Task.checkCancellation()
      do {
        let received = try await follow()
        if received.answer.status == 401, let refused = received.signature,
          case .session(let session) = signer,
          !isRenewed
        {
          isRenewed = true
          _ = try await session.signature(insteadOf: refused)
          continue
        }
        if try await isFinal(received, attempt, &waited) { return response(received) }
        // A wait that the host asked for is no attempt in vain: it is counted by its length.
        if waited > 0, received.isToldToWait { continue }
      } catch let failed as Failed {
        try await judge(failed, attempt)
      } catch {
        throw wrapped(error, attempt)
      }
      attempt += 1
    }
  }
}

extension Attempts {
  /// Whether an answer is one; waits where it is not.
  private func isFinal(
    _ received: Received, _ attempt: Int, _ waited: inout Double
  ) async throws -> Bool {
    let verdict = RetryPolicy.judge(status: received.answer.status, limits: received.limits)
    guard verdict != .answer else { return true }
    let longest = core.limits.longestWait.inSeconds
    var wait = min(longest, RetryPolicy.backoff(after: attempt, random: core.clock.random()))
    if case .limited(let seconds?) = verdict, seconds > 0 { wait = seconds }
    // The others wait even where this one is given up.
    if case .limited = verdict { core.gate(of: received.hop.url.origin).close(for: wait) }
    if received.isToldToWait { waited += wait }
    guard max(wait, waited) <= longest else { throw HostGate.TooLong(seconds: max(wait, waited)) }
    let isRepeated =
      first.repeats == .always || !RetryPolicy.mayBeDone(received.answer.status, verdict)
    guard isRepeated, attempt < core.limits.attempts || received.isToldToWait else {
      let excerpt = BodyExcerpt.of(received.answer.body, core.mask)
      throw error(.status(received.answer.status, excerpt: excerpt), attempt, received.hop)
    }
    if verdict == .again { try await core.clock.sleep(wait) }
    return false
  }

  /// Waits after a failure, or throws what it means.
  private func judge(_ failed: Failed, _ attempt: Int) async throws {
    guard attempt < attempts(for: failed) else {
      var error = error(reason(failed.failure), attempt, failed.hop)
      error.advice = failed.failure.advice
      throw error
    }
    try await core.clock.sleep(RetryPolicy.backoff(after: attempt, random: core.clock.random()))
  }

  private func attempts(for failed: Failed) -> Int {
    switch failed.failure {
    case .timeout, .cut: first.repeats == .always ? core.limits.attempts : 1
    case .unreachable:
      core.knows(failed.hop.url.origin)
        ? core.limits.attempts : min(core.limits.attempts, RetryPolicy.attemptsAtStrangers)
    case .refused, .tooLarge, .unreadable, .impossible: 1
    }
  }

  private func reason(_ failure: TransportFailure) -> APIError.Reason {
    switch failure {
    case .timeout: .timeout
    case .cut(let text), .unreachable(let text, _), .refused(let text, _): .connection(core.mask.mask(text))
    case .tooLarge: .tooLarge(limit: core.limits.responseSize)
    case .unreadable(let text): .invalidAnswer(core.mask.mask(text))
    case .impossible(let text): .invalidRequest(core.mask.mask(text))
    }
  }

  private func wrapped(_ cause: any Error, _ attempt: Int) -> any Error {
    switch cause {
    case let problem as HostGate.TooLong:
      return error(.wait(.seconds(min(problem.seconds, 1e12))), attempt)
    case let problem as RedirectProblem:
      return error(.redirect(core.mask.mask(problem.message)), attempt)
    case let problem as CredentialsProblem:
      var error = error(.credentials(problem.message), attempt)
      error.advice = problem.advice
      return error
    default: return cause
    }
  }

  private func error(_ reason: APIError.Reason, _ attempt: Int, _ hop: Hop? = nil) -> APIError {
    APIError(request: name(hop ?? first), reason, attempts: attempt)
  }

  /// The request in messages, and where it was led to. That it lost its credentials there explains a 401.
  private func name(_ hop: Hop) -> String {
    let name = "\(first.method.rawValue) \(first.url.text)"
    guard hop.url != first.url else { return core.mask.mask(name) }
    let loss = first.isSigned && !hop.isSigned && signer.signs ? ", which is sent no credentials" : ""
    return core.mask.mask("\(name) (redirected to \(hop.url.text)\(loss))")
  }

  private func response(_ received: Received) -> APIResponse {
    APIResponse(
      status: received.answer.status, headers: received.answer.headers, body: received.answer.body,
      request: name(received.hop), url: received.hop.url.text)
  }
}

extension Attempts {
  /// Sends the request once, and follows where its answer leads.
  private func follow() async throws -> Received {
    var hop = first
    var redirects = 0
    while true {
      let received = try await exchange(hop)
      let location = received.answer.headers.first { $0.name.lowercased() == "location" }?.value
      let rule = RedirectRule(mask: core.mask)
      guard var next = try rule.next(hop, status: received.answer.status, location: location) else {
        return received
      }
      redirects += 1
      guard redirects <= RedirectRule.most else {
        throw RedirectProblem(message: "it leads on and on, \(RedirectRule.most) times so far")
      }
      next.url.removeParameters { name, _ in signer.queryNames.contains(name) }
      hop = next
    }
  }

  private func exchange(_ hop: Hop) async throws -> Received {
    let gate = core.gate(of: hop.url.origin)
    var signature = try await signature(for: hop)
    try await gate.enter()
    if case .session(let session) = signer, let held = signature, !session.holds(held) {
      // It waited for long at the gate. A renewal needs a place there too, so this one is given up for it.
      gate.leave()
      signature = try await self.signature(for: hop)
      try await gate.enter()
    }
    defer { gate.leave() }
    let answer: Transport.Answer
    do {
      answer = try await core.transport.exchange(signed(hop, signature))
    } catch let failure as TransportFailure {
      throw Failed(failure: failure, hop: hop)
    }
    core.learn(hop.url.origin)
    let limits = RateLimits(answer.headers, date: core.clock.date())
    if let window = limits.window { gate.learn(window) }
    return Received(answer: answer, hop: hop, limits: limits, signature: signature)
  }

  private func signature(for hop: Hop) async throws -> Session.Signature? {
    guard hop.isSigned, case .session(let session) = signer else { return nil }
    return try await session.signature()
  }

  private func signed(_ hop: Hop, _ signature: Session.Signature?) -> Transport.Request {
    var request = Transport.Request(method: hop.method, url: hop.url, headers: hop.headers, body: hop.body)
    guard hop.isSigned else { return request }
    let credentials: Credentials
    switch signer {
    case .nothing: return request
    case .fixed(let fixed): credentials = fixed
    case .session: credentials = signature?.credentials ?? Credentials()
    }
    let names = Set(credentials.headers.map { $0.name.lowercased() })
    request.headers = request.headers.filter { !names.contains($0.name.lowercased()) } + credentials.headers
    request.url.add(credentials.query, replacing: true)
    return request
  }
}
