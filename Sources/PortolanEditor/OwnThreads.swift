import Dispatch

/// Runs tasks each on a thread of its own. What evaluates may wait for a process of its own until its time limit, and
/// the threads that Swift's tasks share are as few as the machine has cores.
final class OwnThreads: TaskExecutor {
  static let shared = OwnThreads()

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    // A serial queue has a thread at once, however many of the others wait.
    DispatchQueue(label: "portolan.editor.work").async {
      job.runSynchronously(on: self.asUnownedTaskExecutor())
    }
  }
}
