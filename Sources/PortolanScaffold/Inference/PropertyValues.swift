import RawJSON

/// Says what a property's values are like, and finishes the expression that gives them.
struct PropertyValues {
  private let shape: Shape
  private let name: Words
  private let elementKey: String?
  private let note: SchemaNotes.Note?
  /// Whether some object has no value there.
  private let hasGaps: Bool

  /// - Parameters:
  ///   - shape: what the values are like.
  ///   - objects: how many objects there are.
  ///   - name: the words that name them.
  ///   - elementKey: of an array of objects, the key that stands for each.
  ///   - note: what the API's description says of them.
  init(_ shape: Shape, objects: Int, name: Words, elementKey: String?, note: SchemaNotes.Note?) {
    self.shape = shape
    hasGaps = shape.filled < objects || note?.isOptional ?? false
    self.name = name
    self.elementKey = elementKey
    self.note = note
  }

  /// Fills in type, format and expression of `property`, whose expression reads the value so far.
  func describe(_ property: inout PropertyPlan) {
    switch shape.kind {
    case .string: text(&property)
    case .number: property.type = .number
    case .boolean: property.type = .boolean
    case .array: array(&property)
    case .object: property.type = .object
    case .null, nil: mixed(&property)
    }
  }

  private func text(_ property: inout PropertyPlan) {
    let reader = property.expression
    let texts = shape.texts
    property.format = TextFormat(of: texts, name: name)
    if property.format == nil { property.values = choices(texts) }
    let mustDiffer = property.format.map { $0 != .markdown } ?? !property.values.isEmpty
    let hasBlanks = mustDiffer && texts.contains("")
    if property.format == .day {
      property.comment = "A day without a time becomes the start of that day."
      let isSafe = !hasBlanks && !hasGaps
      let value = reader + " + \"T00:00:00Z\""
      let condition = hasBlanks ? "(\(reader) // \"\") != \"\"" : reader
      property.expression = isSafe ? value : "if \(condition) then \(value) else null end"
    } else if hasBlanks {
      property.comment = "An empty text says nothing: it becomes null."
      property.expression = "if \(reader) == \"\" then null else \(reader) end"
    }
  }

  /// The only texts that there are: what the API's description says, where the samples keep to it, else what repeats.
  private func choices(_ texts: [String]) -> [String] {
    let said = note?.values ?? []
    if !said.isEmpty { return Set(texts.filter { !$0.isEmpty }).isSubset(of: said) ? said : [] }
    return ValueChoices.find(in: texts, name: name) ?? []
  }

  private func mixed(_ property: inout PropertyPlan) {
    property.comment = "Sometimes a text, sometimes not: always a text here."
    let reader = property.expression
    property.expression = "if \(reader) == null then null else (\(reader) | tostring) end"
  }

  private func array(_ property: inout PropertyPlan) {
    property.type = .array
    guard let elements = shape.elements else { return }
    let reader = property.expression
    let list = hasGaps ? "(\(reader) // [])" : reader
    if let elementKey {
      property.comment = "Just the \(YAMLText.comment(elementKey)) of each."
      property.expression = "\(list) | map(\(JQText.path([elementKey])))"
      if elements.hasGaps { property.expression = "\(list) | map(\(JQText.path([elementKey])) // empty)" }
      property.itemsType = .string
      property.itemsFormat = elements.member(elementKey).flatMap { itemFormat($0.texts) }
      return
    }
    if elements.hasGaps { property.expression = "\(list) | map(select(. != null))" }
    switch elements.kind {
    case .string:
      property.itemsType = .string
      property.itemsFormat = itemFormat(elements.texts)
    case .number: property.itemsType = .number
    case .boolean: property.itemsType = .boolean
    case .object: property.itemsType = .object
    case .array, .null, nil: break
    }
  }

  /// A format that all elements have as they are.
  private func itemFormat(_ texts: [String]) -> TextFormat? {
    guard !texts.contains(""), let format = TextFormat(of: texts, name: name), format != .day,
      format != .markdown
    else { return nil }
    return format
  }
}
