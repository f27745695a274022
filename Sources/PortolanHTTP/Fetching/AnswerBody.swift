import Portolan
import RawJSON

/// An answer that ends in the middle of its JSON: asking again helps, most likely.
struct CutAnswer: Error {
  var request: String
}

/// The body of an answer: JSON, or what came instead.
struct AnswerBody {
  private let response: APIResponse
  /// Hides what no message may show.
  let mask: SecretMask

  init(_ response: APIResponse, _ mask: SecretMask) {
    self.response = response
    self.mask = mask
  }

  /// The body without a byte order mark, which is not JSON, but Windows writes it.
  static func withoutMark(_ body: [UInt8]) -> [UInt8] {
    body.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(body.dropFirst(3)) : body
  }

  /// Whether there is nothing in it.
  var isEmpty: Bool { response.body.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 } }

  /// Whether it is one object a line, by its own word.
  var isLines: Bool {
    let type = (response[header: "content-type"].first ?? "").lowercased()
    return ["ndjson", "jsonl", "json-lines", "json-seq"].contains { type.contains($0) }
  }

  /// Whether it is a list.
  var isList: Bool {
    response.body.withScanner { $0.byte($0.skipWhitespace(0)) == UInt8(ascii: "[") }
  }

  /// Checks that it is JSON, or nothing.
  func check() throws {
    guard !isEmpty else { return }
    do throws(JSONError) {
      _ = try response.body.withScanner { (text) throws(JSONError) in
        try text.checkDocument()
      }
    } catch {
      throw problem(error)
    }
  }

  /// The one object that it is.
  func single() throws -> ObjectPage {
    guard !isEmpty else { return .empty(response.request) }
    try check()
    let range = response.body.withScanner { text in
      let start = text.skipWhitespace(0)
      return start..<((try? text.skipValue(start)) ?? text.count)
    }
    switch response.body[range.lowerBound] {
    case UInt8(ascii: "{"):
      return ObjectPage(
        bytes: response.body, layout: .object, objects: [range], request: response.request)
    case UInt8(ascii: "n"): return .empty(response.request)
    default: throw problem(JSONError(.notAnObject, at: range.lowerBound))
    }
  }

  /// The objects that `framer` finds. The whole body is checked. `path` is how the place of the list is written, for
  /// messages; nil where it is the body itself.
  func page(_ layout: RawPage.Layout, _ framer: Framer, path: String? = nil) throws -> ObjectPage {
    guard !isEmpty else { return .empty(response.request) }
    var objects: [Range<Int>] = []
    do throws(JSONError) {
      try response.body.withScanner { (text) throws(JSONError) in
        var framer = framer
        while true {
          switch framer.next(text) {
          case .value(let start):
            let end = try text.skipValue(start)
            objects.append(start..<end)
            framer.advance(to: end)
          case .defect(let error): throw error
          case .unfinished, .end: return
          }
        }
      }
    } catch {
      if error.reason == .noList { return try missingList(error, path ?? ".") }
      throw problem(error)
    }
    return ObjectPage(bytes: response.body, layout: layout, objects: objects, request: response.request)
  }

  /// A list that is null is an empty one, as some servers write it; anything else is not what was expected.
  private func missingList(_ error: JSONError, _ path: String) throws -> ObjectPage {
    try check()
    if response.body.withScanner({ $0.byte(error.offset) == UInt8(ascii: "n") }) {
      return .empty(response.request)
    }
    let keys = JSONView(valid: response.body).members?.map { "`\($0.key)`" }.prefix(12).joined(
      separator: ", ")
    let found = keys.map { $0.isEmpty ? "it is an empty object" : "it is an object with \($0)" }
    throw APIError(
      request: response.request,
      .invalidAnswer(
        "there is no list at `\(path)`: \(found ?? "it is \(JSONView(valid: response.body).kind)")"))
  }

  private func problem(_ error: JSONError) -> any Error {
    if error.reason == .unexpectedEnd || error.reason == .unterminatedString {
      return CutAnswer(request: response.request)
    }
    let excerpt = BodyExcerpt.of(response.body, mask)
    return APIError(
      request: response.request,
      .invalidAnswer("it is not the JSON that was expected (byte \(error.offset): \(error)): \(excerpt)"))
  }
}

extension AnswerBody {
  /// Appends the answer as expressions see it: `{status, headers, page, count, read, body}`. `isChecked` says whether
  /// the body is known to be JSON.
  func write(page: Int, count: Int, read: Int, isChecked: Bool, into document: inout [UInt8]) {
    var headers: [String: String] = [:]
    for field in response.headers {
      let name = field.name.lowercased()
      headers[name] = headers[name].map { $0 + ", " + field.value } ?? field.value
    }
    document += JSONWriter.object { answer in
      answer.add("status", response.status)
      answer.add(
        "headers",
        json: JSONWriter.object { object in
          for (name, value) in headers.sorted(by: { $0.key < $1.key }) { object.add(name, text: value) }
        })
      answer.add("page", page)
      answer.add("count", count)
      answer.add("read", read)
    }
    document.removeLast()
    document += ",\"body\":".utf8
    if isEmpty || isLines {
      document += "null".utf8
    } else if isChecked || (try? check()) != nil {
      document += response.body
    } else {
      document += JSONText.quoted(String(decoding: response.body.prefix(10_000), as: UTF8.self)).utf8
    }
    document.append(UInt8(ascii: "}"))
  }
}
