import PortolanCatalog
import PortolanEvents

/// The metrics of an integration's service. Those that Ocean has, too, have its names, so that its dashboards go on.
package enum ServiceMetrics {
  typealias Metric = MetricRegistry.Metric

  private static let seconds = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300,
  ]

  // Ocean's.
  static let duration = Metric(
    "duration_seconds", .gauge, "How long a phase of the last resync took.", labels: ["kind", "phase"])
  static let objects = Metric(
    "object_count", .gauge, "How many objects or entities a phase of the last resync had.",
    labels: ["kind", "phase", "object_count_type"])
  static let success = Metric(
    "success", .gauge, "1 where a phase of the last resync succeeded, else 0.", labels: ["kind", "phase"])

  static let received = Metric(
    "portolan_events_received_total", .counter,
    "Requests with events, by how they were answered: accepted, duplicate, ignored, refused, unavailable.",
    labels: ["answer"])
  static let answering = Metric(
    "portolan_event_answer_seconds", .histogram,
    "How long a request with an event waited for its answer: an accepted event is on the disk then.",
    bounds: seconds)
  static let worked = Metric(
    "portolan_event_objects_total", .counter,
    "Objects of events that were worked on, by outcome: applied, retried, buried.",
    labels: ["kind", "outcome"])
  static let working = Metric(
    "portolan_event_work_seconds", .histogram, "How long an object of an event was worked on.",
    bounds: seconds)
  static let delay = Metric(
    "portolan_event_delay_seconds", .histogram,
    "How long after it was received an event was in the catalog.", bounds: seconds)
  static let entities = Metric(
    "portolan_event_entities_total", .counter, "Entities that events wrote or deleted.",
    labels: ["action"])
  static let waiting = Metric(
    "portolan_events_waiting", .gauge, "Events that are kept and not yet in the catalog.")
  static let waitingBytes = Metric(
    "portolan_events_waiting_bytes", .gauge, "Bytes of the objects of events that wait.")
  static let dead = Metric("portolan_events_dead", .gauge, "Dead letters: `portolan events list`.")

  static let resyncs = Metric(
    "portolan_resyncs_total", .counter,
    "Resyncs that ended, by how: completed, failed, interrupted.", labels: ["result"])
  static let resyncing = Metric("portolan_resync_running", .gauge, "1 while a resync runs.")
  static let lastResync = Metric(
    "portolan_last_resync_timestamp_seconds", .gauge,
    "When a resync last ended, by how, in seconds since 1970.", labels: ["result"])
  static let written = Metric(
    "portolan_resync_entities_total", .counter, "Entities that resyncs wrote, deleted, held or left.",
    labels: ["action"])
  static let ready = Metric("portolan_ready", .gauge, "1 while the service can work.")
  static let start = Metric(
    "process_start_time_seconds", .gauge, "When the process started, in seconds since 1970.")
  static let memory = Metric(
    "process_resident_memory_bytes", .gauge, "How much memory the process holds.")

  /// All of them.
  package static let all: [MetricRegistry.Metric] = [
    duration, objects, success, received, answering, worked, working, delay, entities, waiting, waitingBytes,
    dead, resyncs, resyncing, lastResync, written, ready, start, memory,
  ]
}
