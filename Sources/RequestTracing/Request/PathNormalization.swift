internal import EnvoyConfig
internal import EnvoyResources

/// What a connection manager makes of a request's path before anything matches it.
struct PathNormalization {
    /// What comes of it.
    enum Outcome: Equatable {
        case path(String)
        /// Sent back with 307 to the path as it became.
        case redirect(String)
        /// Answered with 400.
        case refused(String)
    }

    private let normalizes: Bool
    private let mergesSlashes: Bool
    private let escapedSlashes: String
    private let refusesFragments: Bool

    init(_ manager: HTTPConnectionManager, runtime: Runtime) {
        normalizes =
            manager.normalizesPath ?? runtime.flag("http_connection_manager.normalize_path")
            ?? false
        mergesSlashes = manager.mergesSlashes
        escapedSlashes =
            manager.value.text("pathWithEscapedSlashesAction") ?? "KEEP_UNCHANGED"
        // Istio's bootstrap switches it off, so it is taken to be off where none is there to tell.
        refusesFragments =
            runtime.flag("envoy.reloadable_features.http_reject_path_with_fragment")
            ?? runtime.isKnown
    }

    /// The path as it is matched, with its query. In Envoy's order: fragment, escaped slashes,
    /// normalization, merging.
    func apply(to path: String) -> Outcome {
        var path = path
        if let fragment = path.firstIndex(of: "#") {
            if refusesFragments { return .refused("the path has a fragment") }
            path = String(path[..<fragment])
        }
        let mark = path.firstIndex(of: "?") ?? path.endIndex
        let query = path[mark...]
        var bytes = Array(path[..<mark].utf8)
        var isRedirected = false
        if escapedSlashes != "KEEP_UNCHANGED", escapedSlashes != "IMPLEMENTATION_SPECIFIC_DEFAULT" {
            let unescaped = PathNormalization.unescapingSlashes(bytes)
            if unescaped != bytes {
                if escapedSlashes == "REJECT_REQUEST" {
                    return .refused("the path has escaped slashes")
                }
                isRedirected = escapedSlashes == "UNESCAPE_AND_REDIRECT"
                bytes = unescaped
            }
        }
        if normalizes {
            guard let normalized = PathNormalization.normalized(bytes) else {
                return .refused("the path has a %00 or a control character")
            }
            bytes = normalized
        }
        if mergesSlashes { bytes = PathNormalization.mergingSlashes(bytes) }
        let result = String(decoding: bytes, as: UTF8.self) + query
        return isRedirected ? .redirect(result) : .path(result)
    }

    private static let slash = UInt8(ascii: "/")
    private static let backslash = UInt8(ascii: "\\")

    static func mergingSlashes(_ path: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for byte in path where byte != slash || result.last != slash { result.append(byte) }
        return result
    }

    static func unescapingSlashes(_ path: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < path.count {
            if let byte = escaped(path, index), byte == slash || byte == backslash {
                result.append(byte)
                index += 3
            } else {
                result.append(path[index])
                index += 1
            }
        }
        return result
    }

    /// The path by RFC 3986, as browsers do it: `.` and `..` segments go, `%2e` counts as a dot,
    /// backslashes become slashes, escapes of letters, digits, `-`, `_` and `~` are resolved, and
    /// what may not stand in a path is escaped. Nil if the path has a null.
    static func normalized(_ path: [UInt8]) -> [UInt8]? {
        var output: [UInt8] = []
        var index = 0
        while index < path.count {
            if let length = dot(path, index) {
                guard output.last == slash else {
                    output.append(UInt8(ascii: "."))
                    index += length
                    continue
                }
                switch afterDot(path, index + length) {
                case .name:
                    output.append(UInt8(ascii: "."))
                    index += length
                case .current(let next):
                    index = next
                case .parent(let next):
                    output.removeLast()
                    while let last = output.last, last != slash { output.removeLast() }
                    if output.isEmpty { output.append(slash) }
                    index = next
                }
                continue
            }
            let byte = path[index]
            if byte == backslash {
                output.append(slash)
            } else if let value = escaped(path, index) {
                if value == 0 { return nil }
                if isUnreserved(value) {
                    output.append(value)
                } else {
                    output.append(contentsOf: path[index..<index + 3])
                }
                index += 2
            } else if byte == 0 {
                return nil
            } else if needsEscape(byte) {
                output.append(contentsOf: [UInt8(ascii: "%"), hex(byte >> 4), hex(byte & 15)])
            } else {
                output.append(byte)
            }
            index += 1
        }
        return output
    }

    /// What a dot behind a slash begins.
    private enum DotSegment {
        case name
        /// `.`; the path goes on at an index.
        case current(Int)
        /// `..`
        case parent(Int)
    }

    private static func afterDot(_ path: [UInt8], _ index: Int) -> DotSegment {
        if let next = separator(path, index) { return .current(next) }
        if let length = dot(path, index), let next = separator(path, index + length) {
            return .parent(next)
        }
        return .name
    }

    /// Behind the slash at an index, or the end of the path.
    private static func separator(_ path: [UInt8], _ index: Int) -> Int? {
        if index >= path.count { return path.count }
        return path[index] == slash || path[index] == backslash ? index + 1 : nil
    }

    /// How long the dot at an index is: `.` or `%2e`; nil if none is.
    private static func dot(_ path: [UInt8], _ index: Int) -> Int? {
        guard index < path.count else { return nil }
        if path[index] == UInt8(ascii: ".") { return 1 }
        return escaped(path, index) == UInt8(ascii: ".") ? 3 : nil
    }

    /// What `%xx` at an index stands for; nil if absent.
    private static func escaped(_ path: [UInt8], _ index: Int) -> UInt8? {
        guard index + 2 < path.count, path[index] == UInt8(ascii: "%"),
            let high = digit(path[index + 1]), let low = digit(path[index + 2])
        else { return nil }
        return high << 4 | low
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }

    private static func hex(_ value: UInt8) -> UInt8 { value < 10 ? value + 48 : value + 55 }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122: true
        default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "~")
        }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte >= 0x7F || #""<>`{}"#.utf8.contains(byte)
    }
}
