/// A question of the editor whose answer may take its time.
package struct EditorRequest: Sendable {
  /// The request's id, as JSON.
  package let id: String
  /// The document that it is about.
  let uri: String
  /// Whether its answer is of no use when the document has changed.
  let isOfText: Bool
  /// Finds the answer; an empty one may come where the task is cancelled.
  package let result: @Sendable () -> [UInt8]
}
