extension Program {
  /// What the program reads of its input; all of it where that is not certain.
  public var reads: ReadTree {
    guard imports.isEmpty, let body else { return .all }
    return body.reads
  }
}

extension Expression {
  /// What the expression reads of its input, as a program of its own; all of it where that is not certain.
  ///
  /// Functions that it does not define itself are taken for jq's.
  public var reads: ReadTree {
    var collector = ReadCollector()
    do throws(ReadCollector.Uncertain) {
      let output = try collector.evaluate(self, .input, ReadCollector.Context(scope: nil))
      _ = try collector.consume(output)
      return collector.tree
    } catch {
      return .all
    }
  }
}
