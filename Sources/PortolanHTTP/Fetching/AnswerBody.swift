import Portolan
import RawJSON

/// An answer that ends too early: asking again helps, most likely.
struct CutAnswer: Error {
  var request: String
  /// How it ends, as `ends in the middle of its JSON`.
  var problem: String
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

  /// The body in UTF-8, without a byte order mark, which is not JSON, but Windows writes it.
  ///
  /// - Throws: ``APIError`` for text that is in no encoding that is known: an identifier could become another one.
  static func text(of response: APIResponse) throws(APIError) -> [UInt8] {
    let body = response.body
    let type = (response[header: "content-type"].first ?? "").lowercased()
    if ["iso-8859-1", "latin1", "latin-1"].contains(where: { type.contains("charset=\($0)") }) {
      return Array(String(String.UnicodeScalarView(body.map { Unicode.Scalar($0) })).utf8)
    }
    guard body.contains(where: { $0 >= 0x80 }) else { return body }
    // A body that was cut in the middle of a character is told from others by its JSON.
    let isCut = { (count: Int) in
      let rest = body.suffix(count)
      return rest.first.map { $0 >= 0xC2 } ?? true && rest.dropFirst().allSatisfy { 0x80...0xBF ~= $0 }
    }
    let isText = (0...3).contains { isCut($0) && String(validating: body.dropLast($0), as: UTF8.self) != nil }
    guard isText else {
      throw APIError(
        request: response.request,
        .invalidAnswer("its text is not UTF-8, and it does not say what else it is"))
    }
    return body.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(body.dropFirst(3)) : body
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
    guard !isEmpty else { return try nothing() }
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

  /// The objects that `framer` finds. The whole body is checked; `path` is how the place of the list is written, for
  /// messages, nil where it is the body itself.
  func page(_ layout: RawPage.Layout, _ framer: Framer, path: String? = nil) throws -> ObjectPage {
    guard !isEmpty else { return try nothing() }
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
      if error.reason == .noList { return try missingList(layout, path ?? ".") }
      throw problem(error)
    }
    return ObjectPage(bytes: response.body, layout: layout, objects: objects, request: response.request)
  }

  /// What an answer without a body says: that there is nothing, where its status or its type tells so. Otherwise the
  /// connection may have been closed before the body came, and a list would end there that does not.
  func nothing() throws -> ObjectPage {
    if response.status == 204 || response.status == 205 || isLines { return .empty(response.request) }
    let length = response[header: "content-length"].first
    guard length == "0" else { throw CutAnswer(request: response.request, problem: "has no body") }
    var error = APIError(request: response.request, .invalidAnswer("it is empty"))
    error.advice = "where that means that there are none, say so in fetcher.yml: `none: .body == null`"
    throw error
  }

  /// A list that is null is an empty one, as some servers write it; anything else is not what was expected, nor is a
  /// null in the place of what should hold the list.
  private func missingList(_ layout: RawPage.Layout, _ path: String) throws -> ObjectPage {
    try check()
    if case .list(let place) = layout, isNull(at: place) { return .empty(response.request) }
    let keys = JSONView(valid: response.body).members?.map { "`\($0.key)`" }.prefix(12).joined(
      separator: ", ")
    let found = keys.map { $0.isEmpty ? "it is an empty object" : "it is an object with \($0)" }
    throw APIError(
      request: response.request,
      .invalidAnswer(
        "there is no list at `\(path)`: \(found ?? "it is \(JSONView(valid: response.body).kind)")"))
  }

  private func isNull(at path: JSONPath) -> Bool {
    var value: JSONView? = JSONView(valid: response.body)
    for step in path.steps {
      switch step {
      case .key(let key): value = value?[key]
      case .index(let index): value = value?[index]
      }
    }
    return value?.kind == .null
  }

  private func problem(_ error: JSONError) -> any Error {
    if error.reason == .unexpectedEnd || error.reason == .unterminatedString {
      return CutAnswer(request: response.request, problem: "ends in the middle of its JSON")
    }
    let excerpt = BodyExcerpt.of(response.body, mask)
    return APIError(
      request: response.request,
      .invalidAnswer("it is not the JSON that was expected (byte \(error.offset): \(error)): \(excerpt)"))
  }
}

extension AnswerBody {
  /// Appends the answer as expressions see it: `{status, headers, page, count, read, body}`; `isChecked` says that
  /// the body is known to be JSON.
  func write(page: Int, count: Int?, read: Int, isChecked: Bool, into document: inout [UInt8]) {
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
      if let count { answer.add("count", count) } else { answer.add("count", json: "null".utf8) }
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
