import Synchronization

/// What a client shares with the one that its authentication asks with: connections, gates, what is secret.
final class ClientCore: Sendable {
  let limits: APILimits
  let clock: ClientClock
  let transport: Transport
  private let onWait: (@Sendable (_ host: String, _ seconds: Double) -> Void)?
  private let gates = Mutex<[String: HostGate]>([:])
  /// Hosts that have answered.
  private let known = Mutex<Set<String>>([])
  private let secrets: Mutex<(fixed: [String], made: [[String]], mask: SecretMask)>

  init(
    _ limits: APILimits, clock: ClientClock, transport: Transport, secrets: [String],
    onWait: (@Sendable (_ host: String, _ seconds: Double) -> Void)?
  ) {
    self.limits = limits
    self.clock = clock
    self.transport = transport
    self.onWait = onWait
    self.secrets = Mutex((secrets, [], SecretMask(secrets)))
  }

  /// What hides every secret that is known by now.
  var mask: SecretMask { secrets.withLock { $0.mask } }

  /// How many credentials that were made are hidden besides those of now: an answer may still show them.
  private static let remembered = 8

  /// Hides what credentials hold that were made.
  func hide(_ credentials: Credentials) {
    secrets.withLock { secrets in
      secrets.made = secrets.made.suffix(Self.remembered) + [credentials.secrets]
      secrets.mask = SecretMask(secrets.fixed + secrets.made.flatMap(\.self))
    }
  }

  /// The gate of a host.
  func gate(of origin: RequestURL.Origin) -> HostGate {
    let authority = "\(origin.host):\(origin.port)"
    return gates.withLock { gates in
      if let gate = gates[authority] { return gate }
      let rules = HostGate.Rules(
        concurrency: max(1, limits.concurrency), perSecond: limits.perSecond.flatMap { $0 > 0 ? $0 : nil },
        longestWait: limits.longestWait.inSeconds)
      let gate = HostGate(rules, clock: clock) { [onWait] seconds in onWait?(origin.authority, seconds) }
      gates[authority] = gate
      return gate
    }
  }

  /// Whether a host has answered yet.
  func knows(_ origin: RequestURL.Origin) -> Bool { known.withLock { $0.contains(origin.authority) } }

  /// Remembers that a host answers.
  func learn(_ origin: RequestURL.Origin) { known.withLock { _ = $0.insert(origin.authority) } }
}
