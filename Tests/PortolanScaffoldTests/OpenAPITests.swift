import Portolan
import TestSupport
import Testing

@testable import PortolanScaffold

@Suite("an integration of an API's description")
struct OpenAPITests {
  private static let tracker = """
    openapi: 3.0.3
    servers:
      - url: https://{region}.tracker.example/api/
        variables: {region: {default: eu}}
    security: [{token: []}]
    paths:
      /projects:
        get:
          parameters:
            - {name: page, in: query, schema: {type: integer}}
            - {name: per_page, in: query, schema: {type: integer, default: 30, maximum: 100}}
          responses:
            200: {content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Project"}}}}}
      /projects/{projectKey}/tickets:
        get:
          parameters:
            - {$ref: "#/components/parameters/cursor"}
          responses:
            "200":
              content:
                application/json:
                  schema:
                    properties:
                      data: {type: array, items: {$ref: "#/components/schemas/Ticket"}}
                      meta: {type: object, properties: {next_cursor: {type: string, nullable: true}}}
      /users:
        get:
          responses:
            "200":
              content:
                application/json:
                  schema:
                    allOf:
                      - {type: object, properties: {total: {type: integer}}}
                      - {type: object, properties: {users: {type: array, items: {$ref: "#/components/schemas/User"}}}}
                  example: {total: 2, users: [{id: u1, name: Ada, email: no}, {id: u2, name: Grace}]}
      /projects/{projectKey}/tickets/{ticketId}/comments:
        get: {responses: {"200": {content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/User"}}}}}}}
      /orgs/{org}/teams:
        get: {responses: {"200": {content: {application/json: {schema: {type: array, items: {properties: {slug: {type: string}}}}}}}}}
      /health:
        get: {responses: {"200": {content: {application/json: {schema: {properties: {ok: {type: boolean}}}}}}}}
    components:
      parameters:
        cursor: {name: cursor, in: query, schema: {type: string}}
      securitySchemes:
        token: {type: apiKey, in: header, name: X-Token}
      schemas:
        Project:
          required: [key]
          properties:
            key: {type: string, example: PAY, description: "Short. Never changes."}
            name: {type: string}
            visibility: {type: string, enum: [public, private]}
            settings: {type: object, additionalProperties: {type: string}}
            owner: {$ref: "#/components/schemas/User"}
        Ticket:
          properties:
            id: {type: integer}
            title: {type: string}
            due: {type: string, format: date}
            created: {type: string, format: date-time}
            assignee: {oneOf: [{type: "null"}, {$ref: "#/components/schemas/User"}]}
            project_key: {type: string}
            parent: {$ref: "#/components/schemas/Ticket"}
        User:
          properties:
            id: {type: string}
            name: {type: string}
            email: {type: string, format: email}
            password: {type: string, writeOnly: true}
    """

  private func scaffold(_ text: String, kinds: [String] = []) throws -> Scaffold {
    let folder = try TemporaryFolder()
    return try Scaffold(IntegrationName("acme"), openAPI: folder.write("api.yaml", text), kinds: kinds)
  }

  @Test("lists become kinds, with samples that map at once")
  func kinds() async throws {
    let scaffold = try scaffold(Self.tracker)
    #expect(scaffold.kinds == ["project", "user", "ticket", "team"])
    #expect(scaffold.notes.count == 1 && scaffold.notes[0].contains("/tickets/{ticketId}/comments"))
    let written = try await Written(scaffold)
    #expect(written.findings == [])
    let ticket = try #require(written.entities("acmeTicket").first)
    #expect(ticket["relations"]?["project"]?.text == "PAY")
    #expect(ticket["relations"]?["assignee"]?.text == "u1")
  }

  @Test("schemas become blueprints: formats, enumerations, descriptions, objects whose keys are data")
  func blueprints() async throws {
    let written = try await Written(scaffold(Self.tracker))
    let project = try #require(written.blueprints["acmeProject"])
    #expect(project.property("visibility")?.enumValues == [#""public""#, #""private""#])
    #expect(project.property("settings")?.type == .object)
    #expect(project.relation("owner")?.target == "acmeUser")
    #expect(written.blueprints["acmeUser"]?.property("email")?.format == "email")
    #expect(written.blueprints["acmeUser"]?.property("password") == nil)
    #expect(written.blueprints["acmeTicket"]?.property("due")?.format == "date-time")
  }

  @Test("what objects may lack is no error where it is lacking")
  func optional() async throws {
    let written = try await Written(scaffold(Self.tracker))
    try written.folder.write(
      "Fixtures/acme/ticket.json", #"[{"id": 1}, {"id": 2, "due": null, "assignee": null}]"#)
    let result = await DryRun(written.config, fixtures: FixtureFolder(written.integration.fixturesPath)).run()
    #expect(result.resources.flatMap(\.report.fields).filter { $0.errors > 0 }.map(\.field) == [])
    #expect(result.resources.first { $0.report.kind == "ticket" }?.entities.count == 2)
  }

  @Test("paths, parents, paging and security become a fetcher.yml")
  func fetcher() async throws {
    let written = try await Written(scaffold(Self.tracker))
    let text = try written.text(".port/acme/fetcher.yml")
    for part in [
      #"auth: {header: {name: "X-Token", value: "{{ config.apiKey }}"}}"#,
      "  project:\n    get: /projects\n    paging:\n      page: page\n      limit: per_page\n      size: 100\n",
      "  ticket:\n    parent: project\n    get: \"/projects/{{ parent.key }}/tickets\"\n",
      "      cursor: .body.meta.next_cursor\n      parameter: cursor\n", "    items: .users\n",
      #"    get: "/orgs/{{ config.org }}/teams""#,
    ] {
      #expect(text.contains(part), "\(part)")
    }
    let spec = try IntegrationSpec.load(contentsOf: #require(written.integration.specPath))
    #expect(spec.configurations.map(\.name) == ["baseUrl", "apiKey", "org"])
    #expect(spec.configurations[0].defaultJSON == #""https://eu.tracker.example/api""#)
    #expect(spec.configurations[1].sensitive)
  }

  @Test("chosen kinds bring their parents; one that is not there is named with the nearest")
  func chosen() throws {
    #expect(try scaffold(Self.tracker, kinds: ["ticket"]).kinds == ["project", "ticket"])
    let error = #expect(throws: DiagnosticsError.self) { try scaffold(Self.tracker, kinds: ["tiket"]) }
    #expect(error?.description.contains("did you mean `ticket`?") == true)
  }

  @Test("references to other files are named, because nothing follows them")
  func outer() throws {
    let scaffold = try scaffold(
      #"""
      {"openapi": "3.1.0", "paths": {"/things": {"get": {"responses": {"200": {"content": {"application/json": {
        "schema": {"type": "array", "items": {"properties": {"id": {"type": "integer"},
          "owner": {"$ref": "people.yaml#/Person"}, "maker": {"$ref": "people.yaml#/Person"}}}}}}}}}}}}
      """#)
    #expect(
      scaffold.notes.contains {
        $0.contains("1 reference leads to other files") && $0.contains("people.yaml#/Person")
      })
  }

  @Test("of many kinds the simplest are taken, and the others are named")
  func many() throws {
    let paths = (0..<20).map { number in
      #""/thing\#(number)x": {"get": {"responses": {"200": {"content": {"application/json": {"schema": "#
        + ##"{"type": "array", "items": {"properties": {"id": {"type": "integer"}}}}}}}}}}"##
    }
    let scaffold = try scaffold(#"{"openapi": "3.1.0", "paths": {\#(paths.joined(separator: ", "))}}"#)
    #expect(scaffold.kinds.count == 12)
    #expect(scaffold.notes.first?.contains("8 kinds are left out; choose with --kind: thing12x") == true)
  }

  @Test("Swagger 2 is read, too")
  func swagger() async throws {
    let text = ##"""
      {"swagger": "2.0", "host": "api.example.com", "basePath": "/v1", "schemes": ["https"],
       "securityDefinitions": {"login": {"type": "basic"}},
       "paths": {"/pets": {"get": {"parameters": [{"name": "limit", "in": "query", "type": "integer"},
         {"name": "offset", "in": "query", "type": "integer"}],
         "responses": {"200": {"schema": {"type": "array", "items": {"$ref": "#/definitions/Pet"}}}}}}},
       "definitions": {"Pet": {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}}}
      """##
    let written = try await Written(scaffold(text))
    #expect(written.findings == [])
    let fetcher = try written.text(".port/acme/fetcher.yml")
    #expect(fetcher.contains("{basic: {username:") && fetcher.contains("offset: offset"))
    #expect(try written.text(".port/acme/spec.yml").contains("default: https://api.example.com/v1"))
  }

  @Test("schemas that contain themselves end")
  func recursion() async throws {
    let text = ##"""
      {"openapi": "3.0.0", "paths": {"/nodes": {"get": {"responses": {"200": {"content": {"application/json":
        {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}}}}}}}},
       "components": {"schemas": {"Loop": {"$ref": "#/components/schemas/Loop"}, "All": {"allOf": [{"$ref": "#/components/schemas/All"}]},
         "Node": {"properties": {"id": {"type": "string"}, "children": {"type": "array",
         "items": {"$ref": "#/components/schemas/Node"}}, "next": {"$ref": "#/components/schemas/Node"},
         "loop": {"$ref": "#/components/schemas/Loop"}, "all": {"$ref": "#/components/schemas/All"},
         "deep": {"properties": {"deep": {"$ref": "#/components/schemas/Node"}}}}}}}}
      """##
    #expect(try await Written(scaffold(text)).findings == [])
  }

  @Test("schemas that all contain each other make no endless objects")
  func breadth() throws {
    let schemas = (0..<25).map { number in
      let properties = (0..<25).map { ##""p\##($0)": {"$ref": "#/components/schemas/S\##($0)"}"## }.joined(
        separator: ", ")
      let parts = (0..<25).map { ##"{"$ref": "#/components/schemas/S\##($0)"}"## }.joined(separator: ", ")
      return
        #""S\#(number)": {"allOf": [\#(parts)], "properties": {"id": {"type": "string"}, \#(properties)}}"#
    }
    let scaffold = try scaffold(
      ##"{"openapi": "3.1.0", "components": {"schemas": {\##(schemas.joined(separator: ", "))}}, "paths": {"/things": "##
        + ##"{"get": {"responses": {"200": {"content": {"application/json": {"schema": {"type": "array", "items": "##
        + ##"{"$ref": "#/components/schemas/S0"}}}}}}}}}}"##)
    #expect(scaffold.files.files.allSatisfy { $0.bytes.count < 1_000_000 })
  }

  @Test(
    "what is no description, or has no list, is an error that says so",
    arguments: [
      ("{\"a\": 1}", "no description of an API"), ("openapi: 4.0.0", "OpenAPI 4.0.0"), ("{", "not JSON"),
      ("openapi: 3.0.0\npaths: {}", "no GET in this description"), ("a: [", "api.yaml:"),
    ])
  func broken(text: String, part: String) throws {
    let error = #expect(throws: DiagnosticsError.self) { try scaffold(text) }
    #expect(error?.description.contains(part) == true, "\(String(describing: error))")
  }
}
