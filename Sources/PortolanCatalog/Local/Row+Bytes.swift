import GRDB

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Row {
  /// The bytes of a text or a blob, nil for NULL.
  func bytes(_ column: Int) -> [UInt8]? {
    try? withUnsafeData(atIndex: column) { data in data.map { Array($0) } }
  }

  /// The bytes of a document, which is always there.
  func document(_ column: Int) -> [UInt8] { bytes(column) ?? [] }
}

/// Bytes as SQLite takes them for a blob.
func blob(_ bytes: some Sequence<UInt8>) -> Data { Data(bytes) }

extension EntityKey {
  /// Whether both are the same as SQLite compares texts, by their bytes.
  func isSame(as other: EntityKey) -> Bool {
    blueprint.utf8.elementsEqual(other.blueprint.utf8) && identifier.utf8.elementsEqual(other.identifier.utf8)
  }
}
