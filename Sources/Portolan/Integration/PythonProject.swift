/// What an Ocean integration's `pyproject.toml` says of it.
package struct PythonProject {
  /// What it is called, nil where the file does not say.
  package private(set) var name: String?
  /// Its version, nil where the file does not say.
  package private(set) var version: String?

  /// Reads the file in `folder`, if there is one.
  package init(in folder: String) {
    let path = PathText.join(folder, "pyproject.toml")
    guard FolderListing.isRegularFile(path), FolderListing.size(path) < 1 << 20,
      let bytes = try? FileBytes.read(path)
    else { return }
    var isProject = false
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      if line.hasPrefix("[") { isProject = ["[project]", "[tool.poetry]"].contains(line) }
      guard isProject, let match = line.wholeMatch(of: /(name|version)\s*=\s*["']([^"'\/]+)["'].*/) else {
        continue
      }
      if match.1 == "name" { name = name ?? String(match.2) } else { version = version ?? String(match.2) }
    }
  }
}
