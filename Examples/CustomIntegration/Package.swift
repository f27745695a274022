// swift-tools-version: 6.1
import PackageDescription

let portolan = Target.Dependency.product(name: "Portolan", package: "portolan")

let package = Package(
  name: "custom-integration",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "map-codeowners", targets: ["Codeowners"])],
  dependencies: [
    // In a repository of your own: .package(url: "…", branch: "main")
    .package(name: "portolan", path: "../..")
  ],
  targets: [
    .executableTarget(name: "Codeowners", dependencies: [portolan]),
    .testTarget(name: "CodeownersTests", dependencies: ["Codeowners", portolan]),
  ],
  swiftLanguageModes: [.v6]
)
