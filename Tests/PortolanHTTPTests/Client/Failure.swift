import PortolanHTTP
import Testing

/// The error that a client ends with; nil, and a failed test, where it ends with none or with another.
func failure(
  _ body: () async throws -> some Any, location: SourceLocation = #_sourceLocation
) async -> APIError? {
  do {
    _ = try await body()
    Issue.record("there was no error", sourceLocation: location)
  } catch let error as APIError {
    return error
  } catch {
    Issue.record("not an APIError: \(error)", sourceLocation: location)
  }
  return nil
}
