// swift-tools-version: 6.2
import PackageDescription

// Each upcoming feature, with its proposal.
let settings: [SwiftSetting] = [
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
    .enableUpcomingFeature("ExistentialAny"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
    .enableUpcomingFeature("InternalImportsByDefault"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A C library of the system, in a module map of its own. The targets bear the project's prefix, since
/// the names of all packages in a build share one space.
///
/// On macOS, where this is untried, pkg-config finds Homebrew's copies. On Linux it would name the
/// shared yajl beside the static archive that the module map links.
func library(_ name: String, debian: String, brew: String, pkgConfig: String) -> Target {
    #if os(macOS)
        .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.brew([brew])])
    #else
        .systemLibrary(name: name, providers: [.apt([debian])])
    #endif
}

func module(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [],
    embedding resources: [String] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, exclude: exclude,
        resources: resources.map { .embedInCode($0) }, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["CorpusSupport"],
        swiftSettings: [.enableUpcomingFeature("ExistentialAny")])
}

// What is exported under the names `DrydockDiff` and `Drydock`. Whatever imports one of these, a
// product as well as a test, names all of its modules: through the umbrella alone SwiftPM does not
// see that the layout of a type has changed, and links old code with new.
let base = ["StrictJSON", "EnvoyConfig", "EnvoyResources", "Reporting"]
let line = base + ["DrydockDiff"]
/// What `DrydockTesting` stands on: comparing, and following requests.
let traced = line + ["Regex", "RequestTracing"]
let whole =
    line + [
        "YAMLText", "Regex", "Certificates", "ProxyTables", "RequestTracing", "SupportBundles",
        "MeshDiagnosis", "ReportPages", "Drydock",
    ]

func all(_ modules: [String]) -> [Target.Dependency] {
    modules.map { .byName(name: $0) }
}

let package = Package(
    name: "drydock",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Drydock", targets: whole),
        .library(name: "DrydockDiff", targets: line),
        .library(name: "StrictJSON", targets: ["StrictJSON"]),
        .library(name: "DrydockTesting", targets: traced + ["DrydockTesting"]),
        .executable(name: "drydock", targets: ["drydock"]),
    ],
    targets: [
        // The straight line: bytes → events → canonical form → index → pairs → edit script → text.
        library("CDrydockYajl", debian: "libyajl-dev", brew: "yajl", pkgConfig: "yajl"),
        module("StrictJSON", ["CDrydockYajl"]),
        module("EnvoyConfig", ["StrictJSON"], exclude: ["Schema/Generator"]),
        module("EnvoyResources", ["StrictJSON", "EnvoyConfig"]),
        module("Reporting", ["StrictJSON", "EnvoyConfig"]),
        module("DrydockDiff", all(base)),

        // A C library each.
        library("CDrydockYaml", debian: "libyaml-dev", brew: "libyaml", pkgConfig: "yaml-0.1"),
        module("YAMLText", ["CDrydockYaml", "EnvoyConfig"]),
        // RE2 is C++ without a C interface: no system library target can reach it.
        .target(name: "CDrydockRE2"),
        module("Regex", ["CDrydockRE2"]),
        library("CDrydockCrypto", debian: "libssl-dev", brew: "openssl", pkgConfig: "libcrypto"),
        module("Certificates", ["CDrydockCrypto"]),

        // A question each.
        module(
            "ProxyTables", all(base) + ["YAMLText", "Certificates"]),
        module("RequestTracing", all(base) + ["Regex"]),
        library(
            "CDrydockArchive", debian: "libarchive-dev", brew: "libarchive",
            pkgConfig: "libarchive"),
        library("CDrydockZlib", debian: "zlib1g-dev", brew: "zlib", pkgConfig: "zlib"),
        module("SupportBundles", all(line) + ["CDrydockArchive", "CDrydockZlib"]),
        module("MeshDiagnosis", all(line) + ["Regex", "RequestTracing", "SupportBundles"]),

        module(
            "ReportPages", all(line) + ["SupportBundles", "MeshDiagnosis"],
            embedding: ["Resources/page.css", "Resources/page.js"]),

        module("Drydock", all(whole.dropLast())),
        module("DrydockTesting", all(traced)),
        library("CDrydockPopt", debian: "libpopt-dev", brew: "popt", pkgConfig: "popt"),
        module("DrydockCommand", all(whole) + ["CDrydockPopt"]),
        .executableTarget(
            name: "drydock", dependencies: ["DrydockCommand"], swiftSettings: settings),

        // The captures as files, and the real command.
        .target(
            name: "CorpusSupport", dependencies: all(line) + ["SupportBundles", "drydock"],
            path: "Tests/CorpusSupport"),
        tests("ProjectTests", []),
        tests("StrictJSONTests", ["CDrydockYajl", "StrictJSON"]),
        tests("EnvoyConfigTests", ["StrictJSON", "EnvoyConfig"]),
        tests("EnvoyResourcesTests", ["StrictJSON", "EnvoyConfig", "EnvoyResources"]),
        tests("ReportingTests", ["EnvoyConfig", "Reporting"]),
        tests("DrydockDiffTests", all(line)),
        tests("DrydockTestingTests", all(traced) + ["DrydockTesting"]),
        tests("DrydockXCTests", all(traced) + ["DrydockTesting"]),
        tests("ExampleTests", all(traced) + ["DrydockTesting"]),
        tests("YAMLTextTests", ["YAMLText", "EnvoyConfig"]),
        tests("RegexTests", ["Regex"]),
        tests("CertificatesTests", ["Certificates"]),
        tests("ProxyTablesTests", all(whole)),
        tests("RequestTracingTests", all(whole)),
        tests("SupportBundlesTests", all(line) + ["SupportBundles"]),
        tests(
            "MeshDiagnosisTests",
            all(line) + ["RequestTracing", "MeshDiagnosis", "SupportBundles"]),
        tests("DrydockCommandTests", []),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
