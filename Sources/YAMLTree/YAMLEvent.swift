/// What libyaml's parser tells, in Swift's own values.
struct YAMLEvent {
  enum Kind {
    case streamStart
    case streamEnd
    case documentStart
    case documentEnd
    case alias(String)
    case scalar(text: String, style: YAMLScalar.Style)
    case sequenceStart(isFlow: Bool)
    case mappingStart(isFlow: Bool)
    case collectionEnd
  }

  var kind: Kind
  var anchor: String?
  var tag: String?
  /// The bytes of the text that gave the event, its anchor and tag included.
  var range: Range<Int>
}
