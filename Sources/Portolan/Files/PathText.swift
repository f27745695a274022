/// Paths as text, shown as the user wrote them: relative stays relative.
package enum PathText {
  /// `name` in `folder`; the current folder is not written out.
  package static func join(_ folder: String, _ name: String) -> String {
    tidy(folder.isEmpty ? name : folder + "/" + name)
  }

  /// The folder that holds `path`.
  package static func parent(_ path: String) -> String {
    join(path.isEmpty ? "." : path, "..")
  }

  /// The path without `.`, empty parts, and `..` after a name.
  package static func tidy(_ path: String) -> String {
    let isAbsolute = path.hasPrefix("/")
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !isAbsolute {
        parts.append(part)
      }
    }
    let text = parts.joined(separator: "/")
    return isAbsolute ? "/" + text : text.isEmpty ? "." : text
  }

  /// The name of what `path` leads to, also where it ends with `.` or `..`.
  package static func baseName(_ path: String) -> String {
    FolderListing.absolute(path).split(separator: "/").last.map(String.init) ?? path
  }
}
