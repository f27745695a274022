/// A member of an object: where its key (quotes included) and its value stand.
package struct JSONMember {
  /// The key, quotes included.
  package var key: Range<Int>
  /// The value.
  package var value: Range<Int>
  /// The value's number in ``ContainerEnds`` if it is an object or an array.
  var container: Int

  /// The value, ready to be walked over.
  var span: JSONSpan { JSONSpan(range: value, container: container) }
}
