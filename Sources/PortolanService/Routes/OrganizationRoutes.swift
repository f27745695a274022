import Hummingbird

/// Whose catalog it is.
struct OrganizationRoutes {
  func add(to router: CatalogRouter) {
    router.get("v1/organization", use: show)
  }

  @Sendable private func show(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    .ok { body in
      body.key("organization")
      body.object { organization in
        organization.add("id", text: "local")
        organization.add("name", text: "local catalog")
        // Without flags Ocean maps and writes by itself, as it always did, and sends no raw objects anywhere.
        organization.add("featureFlags", array: [])
        organization.add("isBlocked", false)
      }
    }
  }
}
