import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The program that is started to run expressions.
struct SandboxProgram {
  /// The file to start.
  var path: String

  /// The argument that asks a program to serve, its only one.
  static let request = "--serve-portolan-sandbox"

  private static let isThisOneRegistered = Mutex(false)

  /// Says that the program that runs in this process serves when it is asked to.
  static func registerThisOne() {
    isThisOneRegistered.withLock { $0 = true }
  }

  /// The programs that may serve, the best first.
  static var candidates: [SandboxProgram] {
    if isThisOneRegistered.withLock({ $0 }), let own = ownPath {
      // On Linux this is the very file that runs, even where another one is at its path by now.
      #if canImport(Darwin)
        return [SandboxProgram(path: own)]
      #else
        return [SandboxProgram(path: "/proc/self/exe"), SandboxProgram(path: own)]
      #endif
    }
    var folders = foldersBeside
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    folders += path.split(separator: ":").filter { $0.hasPrefix("/") }.map(String.init)
    var seen: Set<String> = []
    return folders.filter { seen.insert($0).inserted }.map { $0 + "/portolan" }.filter(isProgram)
      .map { SandboxProgram(path: $0) }
  }

  /// The folders to look in first: the running program's, and on macOS, where tests are a bundle that another
  /// program loads, the bundle's.
  private static var foldersBeside: [String] {
    var folders = [ownPath.map(folder)].compactMap(\.self)
    #if canImport(Darwin)
      var image = Dl_info()
      // Safe: the handle is an address in this code's image, and the name that is found is the loader's own.
      if dladdr(#dsohandle, &image) != 0, let name = image.dli_fname {
        let code = folder(String(cString: name))
        folders.append(code)
        if code.hasSuffix(".xctest/Contents/MacOS") { folders.append(folder(folder(folder(code)))) }
      }
    #endif
    return folders
  }

  private static func folder(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  private static func isProgram(_ path: String) -> Bool {
    var file = stat()
    return stat(path, &file) == 0 && file.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }

  /// The path of the program that runs in this process, nil where the system does not say.
  private static var ownPath: String? {
    var name = [CChar](repeating: 0, count: 4096)
    #if canImport(Darwin)
      var size = UInt32(name.count)
      guard _NSGetExecutablePath(&name, &size) == 0 else { return nil }
    #else
      let length = readlink("/proc/self/exe", &name, name.count - 1)
      guard length > 0 else { return nil }
    #endif
    let path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return path.hasPrefix("/") ? path : nil
  }

  /// The variables that the program gets of this process's: what the loader needs to find libraries, and the
  /// time zone, which expressions may ask for. No `HOME`: see ``HomeLibrary``.
  static var variables: [String] {
    let names = [
      "LD_LIBRARY_PATH", "LD_PRELOAD", "DYLD_LIBRARY_PATH", "DYLD_FRAMEWORK_PATH",
      "DYLD_FALLBACK_LIBRARY_PATH", "DYLD_FALLBACK_FRAMEWORK_PATH", "DYLD_INSERT_LIBRARIES", "TZ", "TZDIR",
    ]
    let inherited = names.compactMap { name in
      getenv(name).map { name + "=" + String(cString: $0) }
    }
    // Swift's own report of a crash would start yet another process.
    return inherited + ["SWIFT_BACKTRACE=enable=no"]
  }
}
