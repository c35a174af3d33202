// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who uses the library fetches or builds it.
let package = Package(
    name: "drydock-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "drydock", path: "../")],
    targets: [
        .target(name: "CYajlBaseline", linkerSettings: [.linkedLibrary("yajl_s")]),
        .executableTarget(
            name: "IndexThroughput",
            dependencies: ["CYajlBaseline", .product(name: "DrydockDiff", package: "drydock")]),
        .executableTarget(
            name: "JSONThroughput",
            dependencies: ["CYajlBaseline", .product(name: "StrictJSON", package: "drydock")]),
        .executableTarget(
            name: "ViewThroughput",
            dependencies: [.product(name: "Drydock", package: "drydock")]),
        .executableTarget(
            name: "TraceThroughput",
            dependencies: [.product(name: "Drydock", package: "drydock")]),
    ],
    swiftLanguageModes: [.v6]
)
