import CLibJQ
import RawJSON

extension JQValue {
  /// How deep a result may be nested to be written: as deep as what is read. libjq 1.8 prints 256
  /// levels, and 1.6 any number.
  static let maximumDepth = JSONScanner.maximumDepth

  /// Appends the value as compact JSON.
  ///
  /// - Returns: false, with nothing appended, for a value nested too deeply to write.
  package func write(into output: inout [UInt8]) -> Bool {
    let start = output.count
    if ValueWriter.write(raw, depth: 0, into: &output) { return true }
    output.removeSubrange(start...)
    return false
  }

  /// The value as compact JSON text, for a message.
  package var json: String {
    var bytes: [UInt8] = []
    return write(into: &bytes) ? String(decoding: bytes, as: UTF8.self) : "(a value nested too deeply)"
  }
}

/// Writes libjq's values as JSON bytes.
///
/// libjq's own printer leaves `<skipped: too deep>` in its output from 1.7 on, which is not JSON.
enum ValueWriter {
  static func write(_ raw: jv, depth: Int, into output: inout [UInt8]) -> Bool {
    switch jv_get_kind(raw) {
    case JV_KIND_TRUE: output.append(contentsOf: "true".utf8)
    case JV_KIND_FALSE: output.append(contentsOf: "false".utf8)
    case JV_KIND_NUMBER: writeNumber(raw, into: &output)
    case JV_KIND_STRING:
      JSONText.encode(JQValue.bytes(raw).assumingMemoryBound(to: UInt8.self), into: &output)
    case JV_KIND_ARRAY: return writeArray(raw, depth: depth, into: &output)
    case JV_KIND_OBJECT: return writeObject(raw, depth: depth, into: &output)
    default: output.append(contentsOf: "null".utf8)
    }
    return true
  }

  private static func writeArray(_ raw: jv, depth: Int, into output: inout [UInt8]) -> Bool {
    guard depth < JQValue.maximumDepth else { return false }
    output.append(UInt8(ascii: "["))
    for i in 0..<jv_array_length(jv_copy(raw)) {
      if i > 0 { output.append(UInt8(ascii: ",")) }
      let element = JQValue(consuming: jv_array_get(jv_copy(raw), i))
      guard write(element.raw, depth: depth + 1, into: &output) else { return false }
    }
    output.append(UInt8(ascii: "]"))
    return true
  }

  private static func writeObject(_ raw: jv, depth: Int, into output: inout [UInt8]) -> Bool {
    guard depth < JQValue.maximumDepth else { return false }
    output.append(UInt8(ascii: "{"))
    var isFirst = true
    var place = jv_object_iter(raw)
    while jv_object_iter_valid(raw, place) != 0 {
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      let key = JQValue(consuming: jv_object_iter_key(raw, place))
      _ = write(key.raw, depth: depth, into: &output)
      output.append(UInt8(ascii: ":"))
      let member = JQValue(consuming: jv_object_iter_value(raw, place))
      guard write(member.raw, depth: depth + 1, into: &output) else { return false }
      place = jv_object_iter_next(raw, place)
    }
    output.append(UInt8(ascii: "}"))
    return true
  }

  /// The largest double below which every whole number is exact: 2^53.
  private static let exactLimit = 9_007_199_254_740_992.0

  private static func writeNumber(_ raw: jv, into output: inout [UInt8]) {
    let number = jv_number_value(raw)
    if number.rounded(.towardZero) == number, abs(number) < exactLimit,
      !(number == 0 && number.sign == .minus)
    {
      output.append(contentsOf: String(Int(number)).utf8)
      return
    }
    // What libjq writes for the rest: `null` for NaN, the largest double for infinity, and from 1.7 on
    // the digits that the number came with.
    let text = JQValue(consuming: jv_dump_string(jv_copy(raw), 0))
    output.append(contentsOf: JQValue.bytes(text.raw))
  }
}
