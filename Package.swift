// swift-tools-version: 6.1
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

// On macOS, where this is untried, pkg-config finds Homebrew's copies. On Linux it would name the
// shared yajl beside the static archive that the module map links.
#if os(macOS)
    let yajl = Target.systemLibrary(
        name: "CYajl", pkgConfig: "yajl", providers: [.brew(["yajl"])])
    let archive = Target.systemLibrary(
        name: "CArchive", pkgConfig: "libarchive", providers: [.brew(["libarchive"])])
    let zlib = Target.systemLibrary(
        name: "CZlib", pkgConfig: "zlib", providers: [.brew(["zlib"])])
    let popt = Target.systemLibrary(
        name: "CPopt", pkgConfig: "popt", providers: [.brew(["popt"])])
    let yaml = Target.systemLibrary(
        name: "CYaml", pkgConfig: "yaml-0.1", providers: [.brew(["libyaml"])])
    let crypto = Target.systemLibrary(
        name: "CCrypto", pkgConfig: "libcrypto", providers: [.brew(["openssl"])])
#else
    let yajl = Target.systemLibrary(name: "CYajl", providers: [.apt(["libyajl-dev"])])
    let archive = Target.systemLibrary(name: "CArchive", providers: [.apt(["libarchive-dev"])])
    let zlib = Target.systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])])
    let popt = Target.systemLibrary(name: "CPopt", providers: [.apt(["libpopt-dev"])])
    let yaml = Target.systemLibrary(name: "CYaml", providers: [.apt(["libyaml-dev"])])
    let crypto = Target.systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])])
#endif

func module(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["CorpusSupport"],
        swiftSettings: [.enableUpcomingFeature("ExistentialAny")])
}

// What stands under the names `DrydockDiff` and `Drydock`. Who imports one of these depends on all
// of its modules by name: through the umbrella alone SwiftPM does not see that the layout of a type
// has changed, and links old code with new.
let line: [Target.Dependency] = [
    "JSONEvents", "EnvoySchema", "CanonicalForm", "ConfigDumpIndex", "StructuralDiff",
    "UnifiedText", "SyncStatus", "Explanations",
]
let whole: [Target.Dependency] =
    line + [
        "DrydockDiff", "CompressedInput", "EnvoyResources", "YAMLText", "X509Text", "ProxyViews",
        "RequestTracing", "SupportBundles", "MeshStatus",
    ]

let package = Package(
    name: "drydock",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Drydock", targets: ["Drydock"]),
        .library(name: "DrydockDiff", targets: ["DrydockDiff"]),
        .library(name: "DrydockTesting", targets: ["DrydockTesting"]),
        .executable(name: "drydock", targets: ["drydock"]),
    ],
    targets: [
        // The straight line: bytes → events → canonical form → index → pairs → edit script → text.
        yajl,
        module("JSONEvents", ["CYajl"]),
        module("EnvoySchema", [], exclude: ["Generator"]),
        module("CanonicalForm", ["JSONEvents", "EnvoySchema"]),
        module("ConfigDumpIndex", ["JSONEvents", "EnvoySchema", "CanonicalForm"]),
        module("EnvoyResources", ["CanonicalForm", "ConfigDumpIndex"]),
        module("StructuralDiff", ["JSONEvents", "CanonicalForm", "ConfigDumpIndex"]),
        module(
            "UnifiedText", ["JSONEvents", "CanonicalForm", "ConfigDumpIndex", "StructuralDiff"]),
        // The reasons beside a difference.
        module("SyncStatus", ["JSONEvents", "ConfigDumpIndex"]),
        module(
            "Explanations",
            ["JSONEvents", "CanonicalForm", "ConfigDumpIndex", "SyncStatus", "StructuralDiff"]),
        module("DrydockDiff", line),

        // Beside the line.
        archive,
        zlib,
        module("CompressedInput", ["CArchive", "CZlib"]),
        yaml,
        module("YAMLText", ["CYaml", "CanonicalForm"]),
        module(
            "SupportBundles",
            ["JSONEvents", "CanonicalForm", "ConfigDumpIndex", "SyncStatus", "CompressedInput"]),
        module(
            "MeshStatus",
            [
                "JSONEvents", "CanonicalForm", "ConfigDumpIndex", "StructuralDiff", "UnifiedText",
                "SyncStatus",
                "Explanations", "SupportBundles",
            ]),
        crypto,
        module("X509Text", ["CCrypto"]),
        module(
            "ProxyViews",
            [
                "JSONEvents", "EnvoySchema", "CanonicalForm", "ConfigDumpIndex", "EnvoyResources",
                "StructuralDiff", "UnifiedText", "Explanations", "YAMLText", "X509Text",
            ]),
        // RE2 is C++ without a C interface: no system library target can reach it.
        .target(name: "CRE2"),
        module(
            "RequestTracing",
            [
                "CRE2", "JSONEvents", "CanonicalForm", "ConfigDumpIndex", "EnvoyResources",
                "StructuralDiff", "UnifiedText", "Explanations", "ProxyViews",
            ]),
        module("Drydock", whole),
        module("DrydockTesting", ["DrydockDiff"] + line),
        popt,
        module("DrydockCommand", ["Drydock", "CPopt"] + whole),
        .executableTarget(
            name: "drydock", dependencies: ["DrydockCommand"], swiftSettings: settings),

        // The captures as files, and the real command.
        .target(
            name: "CorpusSupport", dependencies: ["CompressedInput", "drydock"],
            path: "Tests/CorpusSupport"),
        tests("ProjectTests", []),
        tests("JSONEventsTests", ["JSONEvents"]),
        tests("ConfigDumpIndexTests", ["ConfigDumpIndex"]),
        tests("EnvoySchemaTests", ["EnvoySchema"]),
        tests("CanonicalFormTests", ["CanonicalForm", "ConfigDumpIndex"]),
        tests("StructuralDiffTests", line),
        tests("DrydockTestingTests", ["DrydockTesting", "DrydockDiff"] + line),
        tests("DrydockXCTests", ["DrydockTesting", "DrydockDiff"] + line),
        tests("ExampleTests", ["DrydockTesting", "DrydockDiff"] + line),
        tests("DrydockCommandTests", []),
        tests("SupportBundlesTests", ["SupportBundles", "CompressedInput", "ConfigDumpIndex"]),
        tests(
            "MeshStatusTests",
            [
                "MeshStatus", "SupportBundles", "StructuralDiff", "SyncStatus", "ConfigDumpIndex",
                "UnifiedText",
            ]),
        tests("YAMLTextTests", ["YAMLText"]),
        tests("EnvoyResourcesTests", ["EnvoyResources", "ConfigDumpIndex"]),
        tests("ProxyViewsTests", ["Drydock"] + whole),
        tests("RequestTracingTests", ["Drydock"] + whole),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
