import Portolan

/// Finds the raw object that an entity was made of again, by its SHA-256.
package enum RawObjectSearch {
  /// The object in the file where it was, nil where the file is gone or has it no more.
  package static func object(_ origin: EntityOrigin) -> [UInt8]? {
    guard let file = origin.location?.file, let bytes = try? FileBytes.read(file) else { return nil }
    return RawPage(bytes).objects.first { RawIdentity.hash($0) == origin.rawHash }
  }
}
