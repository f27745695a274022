/// What a YAML document may hold: a row for each key of each of its mappings.
///
/// It is the only place that knows: ``DocumentReader`` reads by it and says what is wrong, and
/// ``GrammarSchema`` prints it as a JSON Schema. A new key is a new row.
struct Grammar: Sendable {
  /// A mapping that a document can hold.
  struct Part: Sendable, Hashable {
    /// Its name in the schema: `resource`.
    let name: String
    /// What a message calls it, with its article: `a resource`.
    let phrase: String
    /// What it is for, in one sentence.
    let description: String
    /// Whether keys without a row are somebody else's, and nothing is said of them.
    var isOpen = false
    /// Whether a key that is nearly one of its own is a slip, although it is open.
    var reportsSlips = false
    /// Keys of other mappings that are nobody else's, and so in the wrong place although it is open.
    var misplacedKeys: Set<String> = []
  }

  /// What the value of a key can be.
  ///
  /// Where several parts are possible, a mapping is the first one of whose keys it has any, or else the last.
  indirect enum Value: Sendable {
    /// A boolean of YAML 1.1: `true`, `yes`, `on` and their opposites.
    case flag(default: Bool)
    /// A number within a range.
    case number(ClosedRange<Double>, default: Double?)
    /// A whole number within a range.
    case integer(ClosedRange<Int>, default: Int?)
    /// One of a few texts.
    case choice([String], default: String?)
    /// A scalar that is not empty, whatever YAML takes it for.
    case name(default: String?)
    /// A scalar, whatever YAML takes it for.
    case text(default: String?)
    /// A jq expression: a scalar, whatever YAML takes it for.
    case jq(default: String?)
    /// A scalar with jq between double braces, whatever YAML takes it for.
    case template
    /// Any value; the texts in it are templates.
    case templates
    /// A mapping, or else something that is none.
    case orMapping(Value, [Part])
    /// A mapping.
    case mapping(Part)
    /// A list of mappings.
    case list([Part])
    /// A mapping or a list of such.
    case mappingOrList(Part)
    /// A mapping whose keys the author chooses.
    case members(Value)
    /// A list of scalars that are not empty.
    case names
    /// Any value.
    case anything

    /// A jq expression, or a mapping.
    static func jqOrMapping(_ parts: [Part]) -> Value { .orMapping(.jq(default: nil), parts) }
  }

  /// Whether a key must be there.
  enum Presence: Sendable {
    /// It may be left out or have no value.
    case optional
    /// It must be there and have a value.
    case required
    /// It must be there; without a value it is empty.
    case mayBeEmpty
  }

  /// A key.
  struct Row: Sendable {
    /// The mapping that has it.
    let part: Part
    /// The key itself.
    let key: String
    /// What its value can be.
    let value: Value
    /// Whether it must be there.
    let presence: Presence
    /// What it means, in one sentence.
    let description: String
    /// What to write where it is missing, or is not what it can be.
    let help: String?
    /// The families of integrations that read it; empty where all do.
    let readers: [String]
    /// Values that an editor suggests, as they are written in the document.
    var suggestions: [String]
    /// Whether no others are allowed.
    var isClosed = false

    init(
      _ part: Part, _ key: String, _ value: Value, presence: Presence = .optional,
      _ description: String, help: String? = nil, readers: [String] = [],
      suggestions: [String] = []
    ) {
      self.part = part
      self.key = key
      self.value = value
      self.presence = presence
      self.description = description
      self.help = help
      self.readers = readers
      self.suggestions = suggestions
    }
  }

  /// What the document itself is.
  let root: Part
  /// The parts, in the order in which they were first named.
  let parts: [Part]
  private var table: [Part: [Row]]

  /// Creates a grammar from its table.
  init(root: Part, _ rows: [Row]) {
    self.root = root
    var parts = [root]
    for row in rows where !parts.contains(row.part) { parts.append(row.part) }
    self.parts = parts
    table = Dictionary(grouping: rows, by: \.part)
  }

  /// The keys of a part, in the table's order.
  func rows(of part: Part) -> [Row] { table[part] ?? [] }

  /// The one of `candidates` that a mapping with these keys is.
  func part(of candidates: [Part], withKeys keys: [String]) -> Part? {
    candidates.first { part in rows(of: part).contains { keys.contains($0.key) } } ?? candidates.last
  }

  /// What a name, text or expression is where it is left out.
  func defaultText(of key: String, of part: Part) -> String? {
    rows(of: part).first { $0.key == key }?.value.defaultText
  }

  /// What a number is where it is left out.
  func defaultNumber(of key: String, of part: Part) -> Double? {
    rows(of: part).first { $0.key == key }?.value.defaultNumber
  }

  /// Leaves out the keys that integrations of none of these families read.
  mutating func keep(readers families: Set<String>) {
    table = table.mapValues { rows in
      rows.filter { $0.readers.isEmpty || !families.isDisjoint(with: $0.readers) }
    }
  }

  /// Has an editor suggest `values` for a key; where it `isClosed`, no others are allowed.
  mutating func suggest(_ values: [String], for key: String, of part: Part, isClosed: Bool = false) {
    guard let place = table[part]?.firstIndex(where: { $0.key == key }) else { return }
    table[part]?[place].suggestions = values
    table[part]?[place].isClosed = isClosed
  }
}
