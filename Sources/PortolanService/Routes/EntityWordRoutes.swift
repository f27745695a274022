import Hummingbird

/// What is asked of a blueprint's entities by a word in the place of an identifier: `bulk`, `search`.
///
/// To the router they are identifiers: with the words as words it would find no entity that is called so.
struct EntityWordRoutes {
  let bulk: BulkRoutes
  let search: SearchRoutes

  func add(to router: CatalogRouter) {
    router.post("v1/blueprints/:blueprint/entities/:entity") { request, context in
      switch context.path("entity") {
      case "bulk": try await bulk.upsert(request, context)
      case "search": try await search.searchPage(request, context)
      default: throw HTTPError(.notFound)
      }
    }
  }
}
