import HTTPTypes
import Hummingbird
import PortolanCatalog

/// Turns everything that is thrown into a response with Port's body, which clients read.
struct ErrorResponses: RouterMiddleware {
  typealias Context = BasicRequestContext

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as APIError {
      return error.response
    } catch let error as CatalogError {
      return APIError(error).response
    } catch let error as any HTTPResponseError {
      return Self.error(error, request).response
    }
  }

  /// What the router itself throws: mostly that it knows no such path.
  private static func error(_ error: any HTTPResponseError, _ request: Request) -> APIError {
    guard error.status == .notFound else {
      return APIError(error.status, "invalid_request", error.status.reasonPhrase)
    }
    return .notFound("\(request.method.rawValue) \(request.uri.path) here")
  }
}
