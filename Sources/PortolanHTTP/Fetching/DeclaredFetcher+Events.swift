import Portolan
import RawJSON

extension DeclaredFetcher: EventFetcher {
  /// The objects of all kinds that an event is about.
  ///
  /// - Throws: `Diagnostic` where its body is no JSON, or an expression of the file fails on it.
  package func objects(of event: RawEvent) throws -> [EventObject] {
    let document = try event.document
    var found: [EventObject] = []
    for kind in definition.kinds where kind.event != nil {
      guard let plan = try plans.plan(for: kind.name).event else { continue }
      do {
        found += try plan.objects(kind.name, of: document, config)
      } catch let problem as Diagnostic {
        throw problem.of(kind.name)
      }
    }
    return found
  }

  /// Asks for an object as it is now, with all that a list of its kind adds to it.
  ///
  /// - Returns: nil where the API says that it is not there, or it is not what the settings ask for.
  /// - Throws: `Diagnostic` where a setting, an expression or the request is wrong, or the API gives no answer.
  package func fetch(_ object: EventObject, for request: FetchRequest) async throws -> RawPage? {
    let plan = try plans.plan(for: object.kind)
    guard let event = plan.event else {
      throw Diagnostic(
        .error, .unknownKind,
        "\(definition.file) does not say how one object of kind `\(object.kind)` is asked for",
        help: "add `event:` to the kind", at: plan.kind.location)
    }
    do {
      return try await page(object, plan, event, Array(request.selector.utf8))?.raw
    } catch let problem as Diagnostic {
      throw problem.of(object.kind)
    } catch let error as APIError {
      var problem = error.diagnostic
      problem.location = event.location
      throw problem.of(object.kind)
    }
  }

  private func page(
    _ object: EventObject, _ plan: KindPlan, _ event: EventPlan, _ selector: [UInt8]
  ) async throws -> ObjectPage? {
    let settings = try plan.kind.settings(of: selector)
    let kind = plan.kind.name
    let others: [FetcherContext: [UInt8]] = [.object: object.json]
    let scope = FetchScope(config: config, selector: settings, kind: kind, others: others)
    var page = ObjectPage(
      bytes: object.json, layout: .object, objects: [0..<object.json.count], request: "an event")
    if let request = event.request {
      guard let found = try await only(request, object.json, scope) else { return nil }
      page = found
    }
    var whole = scope
    if let source = event.parent {
      guard let parent = try await parent(source, of: Array(page.bytes[page.objects[0]]), scope) else {
        return nil
      }
      if let condition = plan.condition, try !condition.isTrue(on: scope.document(parent)) { return nil }
      whole = FetchScope(config: config, selector: settings, parent: parent, kind: kind, others: others)
    }
    if let adder = plan.list.adder { page = try await adder.add(to: page, whole, client) }
    if let keep = event.keep, try !keep.isTrue(on: whole.document(Array(page.bytes[page.objects[0]]))) {
      return nil
    }
    return page
  }

  private func parent(
    _ source: EventPlan.Parent, of object: [UInt8], _ scope: FetchScope
  ) async throws -> [UInt8]? {
    switch source {
    case .value(let expression): return try expression.json(on: scope.document(object))
    case .request(let list):
      return try await only(list, object, scope).map { Array($0.bytes[$0.objects[0]]) }
    }
  }

  /// The one object that a request is answered with; nil where there is none.
  private func only(_ list: ListPlan, _ object: [UInt8], _ scope: FetchScope) async throws -> ObjectPage? {
    var pages: [ObjectPage] = []
    do {
      try await ListReader(client: client, plan: list, scope: scope).read(input: object) { pages.append($0) }
    } catch let error as APIError {
      if case .status(404, _) = error.reason { return nil }
      if case .status(410, _) = error.reason { return nil }
      throw error
    }
    guard let page = pages.first, !page.objects.isEmpty else { return nil }
    guard page.objects.count == 1 else {
      throw APIError(
        request: page.request,
        .invalidAnswer("it holds \(page.objects.count) objects, where one was asked for"))
    }
    return page
  }
}

extension RawEvent {
  /// The event as expressions see it: `{"headers": {…}, "body": …}`.
  ///
  /// - Throws: `Diagnostic` for a body that is no JSON.
  var document: [UInt8] {
    get throws {
      if !body.isEmpty {
        do {
          _ = try JSONView(validating: body)
        } catch {
          throw Diagnostic(
            .error, .invalidEvent, "the event's body is not JSON: \(error)",
            help: "see that the API sends its events as JSON")
        }
      }
      let headers = JSONWriter.object { object in
        for (name, value) in self.headers.sorted(by: { $0.key < $1.key }) {
          object.add(name.lowercased(), text: value)
        }
      }
      return JSONWriter.object { object in
        object.add("headers", json: headers)
        object.add("body", json: body.isEmpty ? Array("null".utf8) : body)
      }
    }
  }
}

extension Diagnostic {
  /// The problem as one of a kind's events.
  fileprivate func of(_ kind: String) -> Diagnostic {
    var problem = self
    problem.message += " (an event of kind `\(kind)`)"
    return problem
  }
}

extension Diagnostic.Rule {
  /// An event that cannot be understood.
  package static let invalidEvent = Self("invalid-event")
}
