// swift-tools-version: 6.1
import PackageDescription

// A package of its own, such as somebody who embeds the library has: it sees what they see, and no more.
// Its name for the library's package is the folder's in SwiftPM's eyes, hence the name that is given here.
let portolan = Target.Dependency.product(name: "Portolan", package: "portolan")
let strict = [SwiftSetting.unsafeFlags(["-warnings-as-errors"])]

let package = Package(
  name: "outside",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "portolan", path: "../..")],
  targets: [
    .target(name: "Embedding", dependencies: [portolan], swiftSettings: strict),
    .target(name: "Examples", dependencies: [portolan], swiftSettings: strict),
    .testTarget(name: "OutsideTests", dependencies: ["Embedding", "Examples"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
