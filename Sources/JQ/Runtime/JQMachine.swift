import CLibJQ

/// A compiled jq program, ready to run: one of libjq's states, owned.
///
/// It belongs to the thread that uses it; for several threads make several.
package final class JQMachine {
  private let state: OpaquePointer
  private let log = ErrorLog()

  /// Compiles `program`, with what libjq reads beside it: see ``HomeLibrary``.
  ///
  /// - Throws: ``JQCompileError`` with libjq's message.
  package init(_ program: String) throws(JQCompileError) {
    guard !program.utf8.contains(0) else {
      throw JQCompileError(message: "the expression holds a NUL character")
    }
    guard let state = jq_init() else { throw JQCompileError(message: "libjq could not be started") }
    self.state = state
    // Safe: the log lives as long as the machine, and libjq calls back only while the machine's
    // methods run.
    jq_set_error_cb(state, ErrorLog.record, Unmanaged.passUnretained(log).toOpaque())
    guard jq_compile(state, program) != 0 else {
      // A class's `deinit` does not run when its initialiser throws before all is set; it is set here.
      throw JQCompileError(libjq: log.messages)
    }
  }

  deinit {
    var owned: OpaquePointer? = state
    jq_teardown(&owned)
  }

  /// Starts a run on `input`; an unfinished run before it is dropped.
  package func start(_ input: borrowing JQValue) {
    forgetHalt()
    jq_start(state, input.copied(), 0)
  }

  /// The run's next output, or how it ended.
  package func next() -> JQOutcome {
    let raw = jq_next(state)
    if jv_get_kind(raw) != JV_KIND_INVALID { return .value(JQValue(consuming: raw)) }
    guard jq_halted(state) == 0, jv_invalid_has_msg(jv_copy(raw)) != 0 else {
      jv_free(raw)
      return .nothing
    }
    return .failure(message: JQValue(consuming: jv_invalid_get_msg(raw)))
  }

  /// The first output for `input`, or why there is none.
  func outcome(on input: borrowing JQValue) -> JQOutcome {
    start(input)
    defer { stop() }
    return next()
  }

  /// Drops what an unfinished run still holds.
  package func stop() {
    forgetHalt()
    jq_start(state, jv_null(), 0)
  }

  /// Puts a halt without a message in the place of one that ended the last run.
  ///
  /// Every restart after a `halt_error` frees its message once more, because libjq (1.6) keeps the
  /// address when it frees it.
  private func forgetHalt() {
    guard jq_halted(state) != 0 else { return }
    jq_start(state, jv_null(), 0)
    jq_halt(state, jv_invalid(), jv_invalid())
  }
}

/// What libjq reports while it compiles.
private final class ErrorLog {
  var messages: [String] = []

  static let record: jq_msg_cb = { context, message in
    let owned = JQValue(consuming: message)
    guard let context else { return }
    let log = Unmanaged<ErrorLog>.fromOpaque(context).takeUnretainedValue()
    log.messages.append(owned.string ?? owned.json)
  }
}
