extension Diagnostic {
  /// An edit of a file that mends what was found, and changes nothing else.
  ///
  /// ```swift
  /// for diagnostic in config.diagnostics {
  ///   if let fix = diagnostic.fix { print(fix.title, fix.edits.count) }
  /// }
  /// ```
  public struct Fix: Sendable, Hashable, Codable {
    /// A part of a file, and what to put in its place.
    public struct Edit: Sendable, Hashable, Codable {
      /// Where the part begins.
      public var start: SourceLocation
      /// The place after its last character; the beginning, where something is only put in.
      public var end: SourceLocation
      /// What to put there.
      public var replacement: String

      /// Creates an edit.
      public init(from start: SourceLocation, to end: SourceLocation, replacement: String) {
        self.start = start
        self.end = end
        self.replacement = replacement
      }
    }

    /// What it does, as an order: write `.key`.
    public var title: String
    /// The edits, which do not overlap, in the order of the file.
    public var edits: [Edit]

    /// Creates a fix.
    public init(_ title: String, _ edits: [Edit]) {
      self.title = title
      self.edits = edits
    }
  }
}
