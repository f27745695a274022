import CLibYAML

/// libyaml's event parser over a text; every pointer of this module stays in this file.
final class EventStream {
  private let source: SourceText
  /// libyaml keeps pointers into the parser and the text, so both live at addresses that do not move;
  /// both are freed in `deinit`, whatever happened before.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let text: UnsafeMutableBufferPointer<UInt8>
  private var hasFailed = false

  /// Starts at the text's first event. Throws `.outOfMemory` where libyaml cannot start.
  init(_ source: SourceText) throws(YAMLError) {
    self.source = source
    let content = source.bytes[source.contentStart...]
    // Never empty, so that its address is never nil, which libyaml forbids; it holds the whole content.
    text = .allocate(capacity: max(content.count, 1))
    _ = text.initialize(from: content)
    parser = .allocate(capacity: 1)
    // All zeros is a yaml_parser_t that yaml_parser_delete accepts, should initialisation fail.
    parser.initialize(to: yaml_parser_t())
    guard yaml_parser_initialize(parser) == 1 else { throw outOfMemory() }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, text.baseAddress, content.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    text.deallocate()
  }

  /// The next event. Throws what libyaml refuses; after that, and after the stream's end, only stream
  /// ends come.
  func next() throws(YAMLError) -> YAMLEvent {
    guard !hasFailed else {
      return YAMLEvent(kind: .streamEnd, range: source.bytes.count..<source.bytes.count)
    }
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else {
      hasFailed = true
      throw failure()
    }
    // Everything taken from the event is copied before this frees it.
    defer { yaml_event_delete(&event) }
    return converted(event)
  }

  private func converted(_ event: yaml_event_t) -> YAMLEvent {
    let start = offset(event.start_mark)
    let range = start..<max(start, offset(event.end_mark))
    // The union's member is the one that the event's type names.
    switch event.type {
    case YAML_STREAM_START_EVENT: return YAMLEvent(kind: .streamStart, range: range)
    case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, range: range)
    case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, range: range)
    case YAML_ALIAS_EVENT:
      return YAMLEvent(kind: .alias(string(event.data.alias.anchor) ?? ""), range: range)
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      // libyaml's value holds `length` bytes, which may include NUL.
      let value = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      let kind = YAMLEvent.Kind.scalar(
        text: String(decoding: value, as: UTF8.self), style: style(scalar.style))
      return YAMLEvent(kind: kind, anchor: string(scalar.anchor), tag: tag(scalar.tag), range: range)
    case YAML_SEQUENCE_START_EVENT:
      let sequence = event.data.sequence_start
      let kind = YAMLEvent.Kind.sequenceStart(isFlow: sequence.style == YAML_FLOW_SEQUENCE_STYLE)
      return YAMLEvent(kind: kind, anchor: string(sequence.anchor), tag: tag(sequence.tag), range: range)
    case YAML_MAPPING_START_EVENT:
      let mapping = event.data.mapping_start
      let kind = YAMLEvent.Kind.mappingStart(isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE)
      return YAMLEvent(kind: kind, anchor: string(mapping.anchor), tag: tag(mapping.tag), range: range)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .collectionEnd, range: range)
    default: return YAMLEvent(kind: .streamEnd, range: range)
    }
  }

  private func style(_ style: yaml_scalar_style_t) -> YAMLScalar.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  /// libyaml ends its anchors and tags with NUL, and the event that holds them is still alive.
  private func string(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  /// The tag `!` alone leaves the type to the text, as PyYAML reads it.
  private func tag(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    let tag = string(pointer)
    return tag == "!" ? nil : tag
  }

  private func offset(_ mark: yaml_mark_t) -> Int {
    source.offset(ofCharacter: Int(clamping: mark.index))
  }

  private func failure() -> YAMLError {
    guard parser.pointee.error != YAML_MEMORY_ERROR else { return outOfMemory() }
    // libyaml's messages are constants of the library, ended with NUL.
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "unknown error"
    let context = parser.pointee.context.map { String(cString: $0) }
    return SyntaxProblem(
      source: source, message: problem, offset: offset(parser.pointee.problem_mark), context: context,
      contextOffset: context == nil ? nil : offset(parser.pointee.context_mark)
    ).error()
  }

  private func outOfMemory() -> YAMLError {
    YAMLError(
      reason: .outOfMemory, position: source.position(atOffset: 0),
      message: "no memory is left to read the YAML",
      help: nil)
  }
}
