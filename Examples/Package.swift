// swift-tools-version: 6.2
import PackageDescription

// Nine programs on Drydock, each to copy. In a package of your own the dependency is
//
//     .package(url: "https://…/drydock.git", from: "1.0.0")
let drydock = Target.Dependency.product(name: "Drydock", package: "drydock")
let diff = Target.Dependency.product(name: "DrydockDiff", package: "drydock")
let json = Target.Dependency.product(name: "StrictJSON", package: "drydock")
let testing = Target.Dependency.product(name: "DrydockTesting", package: "drydock")

let package = Package(
    name: "drydock-examples",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "drydock", path: "../")],
    targets: [
        .executableTarget(name: "DifferingClusters", dependencies: [diff]),
        .testTarget(name: "GatewayTests", dependencies: [testing]),
        .executableTarget(name: "RouteSearch", dependencies: [drydock]),
        .executableTarget(name: "KeyCount", dependencies: [json]),
        .executableTarget(name: "BundleMarkdown", dependencies: [drydock]),
        .executableTarget(name: "ThousandTraces", dependencies: [drydock]),
        .executableTarget(name: "Annotations", dependencies: [diff]),
        .executableTarget(name: "OwnRules", dependencies: [diff]),
        .testTarget(name: "GatewayXCTests", dependencies: [testing]),
    ],
    swiftLanguageModes: [.v6]
)
