import TestSupport

/// A JSON value as a tree, that can be written in many ways and compared in the slowest one.
indirect enum RandomValue {
  case word(String)
  /// Digits, and how many of them are behind the point: negative for zeros before it.
  case number(isNegative: Bool, digits: String, places: Int)
  case text(String)
  case array([RandomValue])
  case object([(key: String, value: RandomValue)])

  init(_ random: inout SeededRandom, depth: Int = 0) {
    switch Int.random(in: 0..<(depth < 3 ? 7 : 5), using: &random) {
    case 0: self = .word(random.pick(["null", "true", "false"]) ?? "null")
    case 1, 2: self = Self.number(&random)
    case 3, 4: self = .text(Self.text(&random))
    case 5:
      self = .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in Self(&random, depth: depth + 1) })
    default:
      // Most objects are small; some have more members than are compared one by one.
      let count = random.chance(12) ? 24 : Int.random(in: 0..<4, using: &random)
      let keys = Set(
        (0..<count).map { _ in random.chance(2) ? Self.text(&random) : "k\(random.next() % 40)" }
          .map { Array($0.utf8) })
      self = .object(
        keys.sorted { $0.lexicographicallyPrecedes($1) }
          .map { (String(decoding: $0, as: UTF8.self), Self(&random, depth: depth + 1)) })
    }
  }

  private static func number(_ random: inout SeededRandom) -> RandomValue {
    let digits = (0..<Int.random(in: 1..<(random.chance(5) ? 30 : 4), using: &random))
      .map { _ in String(random.next() % (random.chance(3) ? 2 : 10)) }.joined()
    return .number(
      isNegative: random.chance(3), digits: digits, places: Int.random(in: -12...12, using: &random))
  }

  private static func text(_ random: inout SeededRandom) -> String {
    let parts = ["a", "b", "é", "e\u{301}", "\"", "\\", "\n", "/", "😀", "\u{FFFD}", "1", "\u{7F}"]
    return (0..<Int.random(in: 0..<4, using: &random)).map { _ in random.pick(parts) ?? "" }.joined()
  }

  /// The same, or almost the same.
  func changed(_ random: inout SeededRandom) -> RandomValue {
    switch self {
    case .word, .text: return random.chance(4) ? RandomValue(&random, depth: 3) : self
    case .number(let isNegative, let digits, let places):
      switch Int.random(in: 0..<8, using: &random) {
      case 0: return .number(isNegative: !isNegative, digits: digits, places: places)
      case 1: return .number(isNegative: isNegative, digits: digits + "0", places: places + 1)
      case 2: return .number(isNegative: isNegative, digits: digits + "1", places: places + 1)
      case 3: return .number(isNegative: isNegative, digits: digits, places: places + 1)
      case 4: return .number(isNegative: isNegative, digits: "0" + digits, places: places)
      default: return self
      }
    case .array(let elements):
      return .array(random.chance(8) ? elements.reversed() : elements.map { $0.changed(&random) })
    case .object(let members):
      let kept = random.chance(8) ? Array(members.dropLast()) : members
      return .object(kept.map { ($0.key, $0.value.changed(&random)) })
    }
  }

  // MARK: Written

  /// The value as JSON, in one of many ways.
  func json(_ random: inout SeededRandom) -> String {
    switch self {
    case .word(let word): return word
    case .number(let isNegative, let digits, let places):
      return (isNegative ? "-" : "") + Self.json(digits, places, &random)
    case .text(let text): return Self.json(text, &random)
    case .array(let elements):
      return "[" + elements.map { Self.space(&random) + $0.json(&random) }.joined(separator: ",") + "]"
    case .object(let members):
      var written = members.map {
        "\(Self.json($0.key, &random)):\(Self.space(&random))\($0.value.json(&random))"
      }
      if random.chance(3) { written.shuffle(using: &random) }
      if random.chance(4), let member = members.randomElement(using: &random) {
        written.insert("\(Self.json(member.key, &random)):[\"before\"]", at: 0)
      }
      return "{" + written.map { Self.space(&random) + $0 }.joined(separator: ",") + "}"
    }
  }

  private static func space(_ random: inout SeededRandom) -> String { random.chance(4) ? " \n" : "" }

  private static func json(_ digits: String, _ places: Int, _ random: inout SeededRandom) -> String {
    let plain = String(digits.drop { $0 == "0" })
    let whole = plain.isEmpty ? "0" : plain
    if places == 0, random.chance(2) { return whole }
    // The point somewhere among the digits, and the exponent makes up for it.
    let split = Int.random(in: 0...whole.count, using: &random)
    let front = String(whole.prefix(split))
    let back = String(whole.dropFirst(split))
    let exponent = back.count - places
    let mantissa =
      (front.isEmpty ? "0" : front) + (back.isEmpty ? (random.chance(2) ? "" : ".00") : "." + back)
    let sign = exponent >= 0 && random.chance(2) ? "+" : ""
    return exponent == 0 && random.chance(2)
      ? mantissa : "\(mantissa)\(random.chance(2) ? "e" : "E")\(sign)\(exponent)"
  }

  private static func json(_ text: String, _ random: inout SeededRandom) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": json += "\\\(scalar)"
      case "\n": json += random.chance(2) ? "\\n" : "\\u000a"
      default:
        if random.chance(4) {
          for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16, uppercase: random.chance(2))
            json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
          }
        } else {
          json.unicodeScalars.append(scalar)
        }
      }
    }
    return json + "\""
  }

  // MARK: Compared

  /// A text that is the same for the same values only: numbers written out, members in order, texts by their bytes.
  var normal: String {
    switch self {
    case .word(let word): return word
    case .number(let isNegative, let digits, let places):
      // A point with 60 digits in front of it and 60 behind.
      let all = String(repeating: "0", count: 60 - digits.count + places) + digits
      let written = all + String(repeating: "0", count: 60 - places)
      return (isNegative && written.contains { $0 != "0" } ? "-" : "") + written
    case .text(let text): return "'\(Array(text.utf8))'"
    case .array(let elements): return "[\(elements.map(\.normal).joined(separator: ";"))]"
    case .object(let members):
      let written = members.map { "'\(Array($0.key.utf8))':\($0.value.normal)" }
      return "{\(written.sorted().joined(separator: ";"))}"
    }
  }
}
