extension FetcherDefinition.Paging {
  /// How the list goes on, each phrase a part of one sentence.
  package var phrases: [String] {
    guard let first = stylePhrase else { return ["one page"] }
    let ends = [
      until.map { "the last page is where `\($0.text)` holds" },
      total.map { "there are `\($0.text)` objects" }, pages.map { "\($0) page\($0 == 1 ? "" : "s") at most" },
    ]
    return [first, sizePhrase].compactMap { $0 } + ends.compactMap { $0 }
  }

  private var stylePhrase: String? {
    switch style {
    case .none: nil
    case .offset(let name): "`\(name)`\(placePhrase) is the number of the first object, from \(start ?? 0)"
    case .page(let name): "`\(name)`\(placePhrase) is the number of the page, from \(start ?? 1)"
    case .cursor(let cursor, let name):
      "`\(name)`\(placePhrase) is `\(cursor.text)` of the last answer, which is null on the last page"
    case .next(let next): "the next page is at `\(next.text)`, which is null on the last page"
    case .link(let relation): "the next page is the `\(relation)` of the header Link"
    }
  }

  private var sizePhrase: String? {
    guard let size else { return nil }
    return "\(size) objects a page" + (limit.map { ", said in `\($0)`" } ?? "")
  }

  private var placePhrase: String {
    switch place {
    case .query: ""
    case .body: " in the body"
    case .headers: " in the headers"
    }
  }
}

extension FetcherDefinition.Authentication {
  /// How requests are signed, without any secret: `basic, with config.user and config.token`.
  package var phrase: String {
    let (name, templates) = parts
    var texts: [String] = []
    for text in templates.flatMap(\.expressions).map(\.text) where !texts.contains(text) {
      texts.append(text)
    }
    let list =
      texts.count < 2
      ? texts.joined() : texts.dropLast().joined(separator: ", ") + " and " + texts[texts.count - 1]
    return name + (texts.isEmpty ? "" : ", with \(list)") + (condition.map { ", when \($0.text)" } ?? "")
  }

  private var parts: (name: String, templates: [Template]) {
    switch method {
    case .basic(let username, let password): ("basic", [username, password])
    case .bearer(let token): ("bearer", [token])
    case .header(let name, let value): ("header \(name)", [value])
    case .query(let name, let value): ("query parameter \(name)", [value])
    case .oauth2(let oauth2): ("OAuth 2 client credentials", [oauth2.clientID, oauth2.clientSecret])
    case .login(let login):
      ("login at \(login.list.method) \(login.list.path.source)", login.headers.map(\.value))
    }
  }
}

extension FetcherDefinition.Parent {
  /// What it is asked once for: `each board with boardType scrum, where .type == "scrum"`.
  package var phrase: String {
    let each =
      switch source {
      case .kind(let name, _, let settings):
        "each \(name)" + (settings.isEmpty ? "" : " with ")
          + settings.map { "\($0.name) \($0.value.source)" }.joined(separator: ", ")
      case .values(let values): "each of \(values.text)"
      }
    return each + (condition.map { ", where \($0.text)" } ?? "")
  }
}
