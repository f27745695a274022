/// What bytes are that are not JSON as it is read here, by what they begin with.
enum ByteFormat: CaseIterable {
  case gzip
  case zstd
  case xz
  case bzip2
  case zip
  case utf16LittleEndian
  case utf16BigEndian
  case utf16LittleEndianUnmarked
  case utf16BigEndianUnmarked

  /// How many bytes the longest mark has.
  static let longestMark = 4

  /// The format of a text that begins with `bytes`; nil where none of these is known by them.
  init?(beginningOf bytes: [UInt8]) {
    guard
      let format = Self.allCases.first(where: { format in
        format.marks.contains { Self.matches(bytes.prefix($0.count), $0) && bytes.count >= $0.count }
      })
    else { return nil }
    self = format
  }

  /// Whether a text that begins with `bytes`, which are few, may turn out to be in one of these formats.
  static func mayBegin(_ bytes: [UInt8]) -> Bool {
    allCases.contains { format in format.marks.contains { matches(bytes[...], $0) } }
  }

  /// Whether the bytes are the first of the mark.
  private static func matches(_ bytes: ArraySlice<UInt8>, _ mark: [UInt8?]) -> Bool {
    bytes.count <= mark.count && Swift.zip(bytes, mark).allSatisfy { $1 == nil || $0 == $1 }
  }

  /// What the format's texts begin with; nil is any byte.
  private var marks: [[UInt8?]] {
    switch self {
    case .gzip: [[0x1F, 0x8B]]
    case .zstd: [[0x28, 0xB5, 0x2F, 0xFD]]
    case .xz: [[0xFD, 0x37, 0x7A, 0x58]]
    case .bzip2: [[0x42, 0x5A, 0x68]]
    case .zip: [[0x50, 0x4B, 3, 4]]
    case .utf16LittleEndian: [[0xFF, 0xFE]]
    case .utf16BigEndian: [[0xFE, 0xFF]]
    // What JSON begins with, and one character more.
    case .utf16LittleEndianUnmarked: [[0x7B, 0, nil, 0], [0x5B, 0, nil, 0]]
    case .utf16BigEndianUnmarked: [[0, 0x7B, 0, nil], [0, 0x5B, 0, nil]]
    }
  }

  /// What it is, after "is".
  var description: String {
    switch self {
    case .gzip: "compressed with gzip"
    case .zstd: "compressed with zstd"
    case .xz: "compressed with xz"
    case .bzip2: "compressed with bzip2"
    case .zip: "a ZIP archive"
    case .utf16LittleEndian, .utf16BigEndian, .utf16LittleEndianUnmarked, .utf16BigEndianUnmarked:
      "text in UTF-16, and JSON is read as UTF-8"
    }
  }

  /// What to do about it.
  var help: String {
    switch self {
    case .gzip: "decompress it first: `gzip -dc FILE | …`"
    case .zstd: "decompress it first: `zstd -dc FILE | …`"
    case .xz: "decompress it first: `xz -dc FILE | …`"
    case .bzip2: "decompress it first: `bzip2 -dc FILE | …`"
    case .zip: "take the file out of it first: `unzip -p FILE | …`"
    case .utf16LittleEndian, .utf16BigEndian: "convert it first: `iconv -f UTF-16 -t UTF-8 FILE | …`"
    case .utf16LittleEndianUnmarked: "convert it first: `iconv -f UTF-16LE -t UTF-8 FILE | …`"
    case .utf16BigEndianUnmarked: "convert it first: `iconv -f UTF-16BE -t UTF-8 FILE | …`"
    }
  }
}
