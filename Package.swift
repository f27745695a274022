// swift-tools-version: 6.1
import PackageDescription

// Debian's libjq-dev 1.6 ships no pkg-config file; it is on the compiler's default paths.
// Homebrew's does, and needs it, because its prefix is not a default path.
#if os(macOS)
  let jqPkgConfig: String? = "libjq"
  let yamlPkgConfig: String? = "yaml-0.1"
  let kafkaPkgConfig: String? = "rdkafka"
#else
  let jqPkgConfig: String? = nil
  let yamlPkgConfig: String? = nil
  let kafkaPkgConfig: String? = nil
#endif

let package = Package(
  name: "portolan",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Portolan", targets: ["Portolan"]),
    .library(name: "PortolanHTTP", targets: ["PortolanHTTP"]),
    .library(name: "PortolanCatalog", targets: ["PortolanCatalog"]),
    .library(name: "PortolanPort", targets: ["PortolanPort"]),
    .executable(name: "portolan", targets: ["PortolanCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    // HTTP with pools of connections, TLS, proxies and decompression, by the group that keeps SwiftNIO. The others
    // below are what it is built of: their errors are told apart here.
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.26.0"),
    // Hashes of configs and raw objects.
    .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
    // SQLite, by the library that most Swift programs use it through.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // What the service says while it runs, and how it ends.
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.10.0"),
    // The servers that tests fetch from, and the local catalog's own.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibYAML", pkgConfig: yamlPkgConfig,
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(
      name: "CLibJQ", pkgConfig: jqPkgConfig,
      providers: [.apt(["libjq-dev"]), .brew(["jq"])]),
    .systemLibrary(
      name: "CRdKafka", pkgConfig: kafkaPkgConfig,
      providers: [.apt(["librdkafka-dev"]), .brew(["librdkafka"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Gzip", dependencies: ["CZlib"]),
    .target(name: "CJSONScan"),
    .target(name: "RawJSON", dependencies: ["CJSONScan"]),
    .target(name: "YAMLTree", dependencies: ["CLibYAML", "RawJSON"]),
    .target(name: "CProcess"),
    .target(name: "JQ", dependencies: ["CLibJQ", "CProcess", "RawJSON"]),
    .target(name: "Portolan", dependencies: ["YAMLTree", "RawJSON", "JQ", "Gzip"]),
    .target(
      name: "PortolanHTTP",
      dependencies: [
        "Portolan", "JQ", "RawJSON",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      resources: [.embedInCode("BuiltIn")]),
    .target(name: "PortolanScaffold", dependencies: ["Portolan", "RawJSON", "YAMLTree"]),
    .target(
      name: "PortolanCatalog",
      dependencies: [
        "Portolan", "JQ", "RawJSON", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(
      name: "PortolanPort", dependencies: ["PortolanCatalog", "PortolanHTTP", "Portolan", "RawJSON"]),
    .target(
      name: "PortolanService",
      dependencies: [
        "PortolanEvents", "PortolanKafka", "PortolanCatalog", "Portolan", "RawJSON",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]),
    .target(
      name: "PortolanEvents",
      dependencies: [
        "PortolanCatalog", "Portolan", "RawJSON", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .target(name: "PortolanKafka", dependencies: ["CRdKafka", "RawJSON"]),
    .target(
      name: "PortolanRules", dependencies: ["Portolan"], resources: [.embedInCode("Pages")]),
    .target(name: "PortolanEditor", dependencies: ["Portolan", "PortolanRules", "RawJSON"]),
    .executableTarget(
      name: "PortolanCLI",
      dependencies: [
        "PortolanRules", "PortolanEditor",
        "Portolan", "PortolanHTTP", "PortolanScaffold", "PortolanCatalog", "PortolanPort", "PortolanService",
        "PortolanEvents", "PortolanKafka", .product(name: "Logging", package: "swift-log"),
        "JQ",
        "RawJSON",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .target(name: "ReferenceJSON", dependencies: ["RawJSON"], path: "Tests/ReferenceJSON"),
    .target(
      name: "ReferenceMapping", dependencies: ["Portolan", "JQ", "RawJSON", "ReferenceJSON"],
      path: "Tests/ReferenceMapping"),
    .testTarget(name: "YAMLTreeTests", dependencies: ["YAMLTree", "TestSupport"]),
    .testTarget(name: "RawJSONTests", dependencies: ["RawJSON", "ReferenceJSON", "TestSupport"]),
    .testTarget(name: "JQTests", dependencies: ["JQ", "RawJSON", "TestSupport"]),
    .testTarget(
      name: "PortolanTests",
      dependencies: [
        "Portolan", "TestSupport", "ReferenceJSON", "ReferenceMapping", "JQ", "RawJSON", "YAMLTree",
      ]),
    .target(
      name: "TestServer",
      dependencies: [
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ], path: "Tests/TestServer"),
    .testTarget(
      name: "PortolanHTTPTests",
      dependencies: [
        "PortolanHTTP", "Portolan", "JQ", "RawJSON", "TestSupport", "TestServer",
        .product(name: "Hummingbird", package: "hummingbird"),
      ]),
    .testTarget(
      name: "PortolanScaffoldTests",
      dependencies: ["PortolanScaffold", "Portolan", "RawJSON", "YAMLTree", "TestSupport"]),
    .testTarget(
      name: "PortolanCatalogTests",
      dependencies: [
        "PortolanCatalog", "Portolan", "JQ", "RawJSON", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "PortolanPortTests",
      dependencies: [
        "PortolanPort", "PortolanCatalog", "PortolanHTTP", "Portolan", "RawJSON", "TestSupport", "TestServer",
        .product(name: "Hummingbird", package: "hummingbird"),
      ]),
    .testTarget(
      name: "PortolanServiceTests",
      dependencies: [
        "PortolanService", "PortolanEvents", "PortolanCatalog", "PortolanPort", "Portolan", "RawJSON",
        "TestSupport",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .testTarget(
      name: "PortolanKafkaTests",
      dependencies: [
        "PortolanKafka", "CRdKafka", "PortolanService", "PortolanEvents", "Portolan", "RawJSON",
        .product(name: "Logging", package: "swift-log"),
      ]),
    .testTarget(
      name: "PortolanEventsTests",
      dependencies: [
        "PortolanEvents", "PortolanCatalog", "Portolan", "RawJSON", "TestSupport",
        .product(name: "Crypto", package: "swift-crypto"), .product(name: "Logging", package: "swift-log"),
      ]),
    .testTarget(
      name: "PortolanEditorTests",
      dependencies: ["PortolanEditor", "PortolanRules", "Portolan", "RawJSON", "TestSupport"]),
    .testTarget(
      name: "PortolanCLITests",
      dependencies: [
        "PortolanCLI", "Portolan", "TestSupport", "TestServer",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)

// The micro-benchmarks need what nothing else here does, so they are there only when asked for.
if Context.environment["PORTOLAN_BENCHMARKS"] != nil {
  package.dependencies.append(
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []))
  package.targets.append(
    .executableTarget(
      name: "MicroBenchmarks",
      dependencies: ["Portolan", "RawJSON", .product(name: "Benchmark", package: "benchmark")],
      path: "Benchmarks/Micro",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]))
}

// scripts/fuzz alone asks for these: their main function is libFuzzer's, so nothing else can link them.
if Context.environment["PORTOLAN_FUZZ"] != nil {
  package.targets += [
    .executableTarget(
      name: "FuzzScanner", dependencies: ["RawJSON", "ReferenceJSON"], path: "Fuzz/Scanner",
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]),
    .executableTarget(
      name: "FuzzPlan", dependencies: ["Portolan", "ReferenceJSON", "ReferenceMapping", "TestSupport"],
      path: "Fuzz/Plan", swiftSettings: [.unsafeFlags(["-parse-as-library"])]),
  ]
}

// scripts/leaks builds no more than what reaches C itself, and the tests of that: without servers it is a third.
if Context.environment["PORTOLAN_LEAKS"] != nil {
  let kept: Set = [
    "CLibYAML", "CLibJQ", "CRdKafka", "CZlib", "CJSONScan", "CProcess", "Gzip", "RawJSON", "YAMLTree", "JQ",
    "Portolan", "PortolanKafka", "TestSupport", "ReferenceJSON", "ReferenceMapping", "YAMLTreeTests",
    "JQTests", "PortolanTests", "PortolanKafkaTests",
  ]
  package.products = []
  package.targets.removeAll { !kept.contains($0.name) }
  for target in package.targets where target.name == "PortolanKafkaTests" {
    target.exclude = ["Service"]
    target.dependencies = ["PortolanKafka", "CRdKafka"]
  }
}
