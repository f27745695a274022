import TestSupport

/// Runs `portolan dry-run --watch`.
enum Watching {
  /// Watches `folder` while `script` edits files, with `wait_for TEXT` to wait for output; then interrupts
  /// it.
  static func during(_ script: String, in folder: TemporaryFolder) throws -> Command.Result {
    try Command.shell(
      #"""
      wait_for() {
        for _ in $(seq 200); do
          if grep -q -- "$1" output errors 2>/dev/null; then return 0; fi
          sleep 0.05
        done
        echo "never saw: $1"
      }
      "$PORTOLAN" dry-run --config config.yml --fixtures fixtures --watch >> output 2> errors &
      watcher=$!
      wait_for "Watching"
      \#(script)
      kill -INT $watcher
      wait $watcher
      echo "status $?"
      cat output errors
      """#, in: folder.path)
  }
}
