internal import StrictJSON

/// What a captured file is, as far as its beginning tells: for an error that says what was found, and
/// what reads it.
///
///     let format = CaptureFormat(beginning: bytes)
///     print(format.name, format.advice ?? "")   // a ztunnel's config dump istioctl ztunnel-config …
public struct CaptureFormat: Sendable, Hashable {
    /// What it is, such as `a ztunnel's config dump`.
    public var name: String
    /// What reads it, or what to capture instead; nil if there is nothing to say.
    public var advice: String?
    /// The kind of the resources that it lists by themselves, as `-o json` prints them.
    package var bareKind: ResourceKind?
    /// Whether it is a config dump, or holds one that is read: a list of sections, a section by
    /// itself, one that is wrapped in another object.
    package var isConfigDump = false

    /// Whether `Drydock` unpacks it.
    private(set) var isUnpackable = false

    /// How much of a file is looked at.
    package static let sniffedLength = 64 << 10

    init(_ name: String, _ advice: String? = nil, isConfigDump: Bool = false) {
        self.name = name
        self.advice = advice
        self.isConfigDump = isConfigDump
    }

    init(packing name: String, _ advice: String? = nil) {
        self.init(name, advice)
        isUnpackable = true
    }

    /// Tells what a file is by its first bytes; what follows the first 64 kB is not looked at.
    ///
    /// - Complexity: linear in the bytes that are looked at.
    public init(beginning bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes.prefix(CaptureFormat.sniffedLength))
        if let packed = CaptureFormat.packed(bytes) {
            self = packed
            return
        }
        let text = bytes.drop(while: NotADump.isSpace)
        switch text.first {
        case nil: self = .empty
        case UInt8(ascii: "{"), UInt8(ascii: "["): self = CaptureFormat.json(bytes)
        default: self = CaptureFormat.text(Array(text))
        }
    }

    /// Tells what a file is by its first 64 kB.
    ///
    /// - Throws: `ConfigDumpError` if it cannot be read.
    public init(contentsOfFile path: String) throws(ConfigDumpError) {
        struct Enough: Error {}
        var bytes: [UInt8] = []
        do throws(FileError) {
            let file = try InputFile(path: path)
            try? file.forEachChunk(failure: { $0 as any Error }) {
                (chunk: UnsafeRawBufferPointer) throws(any Error) in
                bytes.append(contentsOf: chunk)
                if bytes.count >= CaptureFormat.sniffedLength { throw Enough() }
            }
        } catch {
            throw ConfigDumpError(error)
        }
        self.init(beginning: bytes)
    }

    // MARK: - Formats

    /// Nothing, or white space alone.
    public static let empty = CaptureFormat("an empty file", "nothing was captured")
    /// Envoy's or Istiod's `/config_dump`.
    public static let configDump = CaptureFormat(
        "a config dump", "drydock diff, canon, trace and the tables read it", isConfigDump: true)
    /// A section of a config dump by itself, or a list of them.
    static let section = CaptureFormat(
        "a part of a config dump without `configs` around it", "capture the whole config_dump",
        isConfigDump: true)
    static let wrappedDump = CaptureFormat(
        "a config dump wrapped in another JSON object", "take the object with `configs` out of it",
        isConfigDump: true)
    /// A ztunnel's `/config_dump`, which has another format.
    public static let ztunnelDump = CaptureFormat(
        "a ztunnel's config dump", "istioctl ztunnel-config reads it")
    static let bootstrap = CaptureFormat("an Envoy's bootstrap", "drydock bootstrap reads it")
    static let bootstrapFile = CaptureFormat(
        "an Envoy's bootstrap file, not what a running Envoy holds",
        "capture config_dump from the running Envoy")
    static let clusters = CaptureFormat("Envoy's /clusters", "drydock endpoints reads it")
    static let certificates = CaptureFormat("Envoy's /certs", "drydock secrets reads it")
    /// Envoy's `/server_info`.
    public static let serverInfo = CaptureFormat(
        "Envoy's /server_info", "drydock bootstrap -o short reads it")
    static let listeners = CaptureFormat(
        "Envoy's /listeners, names and addresses alone", "capture config_dump instead")
    static let statistics = CaptureFormat("Envoy's /stats", "capture config_dump instead")
    static let discoveryResponse = CaptureFormat(
        "a DiscoveryResponse, resources on their way to an Envoy",
        "capture config_dump from the Envoy instead")
    static let clientStatus = CaptureFormat(
        "a client status (CSDS)", "capture config_dump from the Envoy instead")
    /// `/debug/syncz`, or the same in the form of the xDS debug interface.
    public static let syncStatus = CaptureFormat(
        "an Istiod's sync status", "drydock status reads it")

    static func debugPage(_ name: String) -> CaptureFormat {
        CaptureFormat(
            "an Istiod's /debug/\(name)",
            "in a bug report drydock bundle and drydock status read it")
    }

    /// What istioctl and drydock print of a kind as JSON: a list of resources by themselves.
    static func proxyConfig(_ command: String, _ kind: ResourceKind? = nil) -> CaptureFormat {
        var format = CaptureFormat(
            "the output of istioctl proxy-config \(command) -o json",
            "capture config_dump from the proxy instead")
        format.bareKind = kind
        return format
    }

    // MARK: - Errors

    /// What a reader expected to find.
    package enum Expectation: String, Sendable {
        /// A config dump, whole or of one `?resource=`.
        case configDump = "a config dump of an Envoy"
        /// An answer of Envoy's admin port that a table can be made of.
        case adminCapture = "a capture of an Envoy's admin port"
        /// An Istiod's sync status.
        case syncStatus = "a sync status"
    }

    /// The error of a reader that expected something else.
    package func error(expected: Expectation, source: String) -> ConfigDumpError {
        var message = "this is \(name), not \(expected.rawValue)"
        if let advice { message += ": \(advice)" }
        return ConfigDumpError(.notADump, message, source: source)
    }
}
