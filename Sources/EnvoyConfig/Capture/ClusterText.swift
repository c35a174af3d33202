internal import StrictJSON

/// Envoy's `/clusters` in its text form, read as the message that the JSON form prints.
///
///     outbound|80||a.b::observability_name::outbound|80||a.b;
///     outbound|80||a.b::default_priority::max_connections::1024
///     outbound|80||a.b::added_via_api::true
///     outbound|80||a.b::10.0.0.1:8080::cx_active::0
///     outbound|80||a.b::10.0.0.1:8080::health_flags::healthy
///
/// A name may hold `::` (an IPv6 address does): the first line of a cluster tells its name, and a
/// host's line ends in one of a few known keys.
///
/// The text is read as it arrives, a line at a time: memory for one cluster.
struct ClusterText {
    /// Takes a cluster: its lines, and the `envoy.admin.v3.ClusterStatus` that they make.
    typealias Body = (_ range: Range<Int>, _ value: CanonicalValue) -> Void

    /// How long a line may be, in bytes.
    static let longestLine = 1 << 20

    private var current: ClusterLines?
    /// Where the current cluster and the current line begin.
    private var start = 0
    private var place = 0
    private var line: [UInt8] = []
    private var lineNumber = 0

    /// Whether a line is longer than any of Envoy's: nothing more is read.
    private(set) var isLineTooLong = false
    /// How many lines are not as Envoy prints them, and the first of them.
    private(set) var oddLineCount = 0
    private(set) var firstOddLine: (number: Int, text: String)?

    /// Whether a text looks like one: its first line names a cluster's property.
    static func isClusterText(_ bytes: [UInt8]) -> Bool {
        let line = bytes.drop { $0 == UInt8(ascii: "\n") }.prefix { $0 != UInt8(ascii: "\n") }
        return clusterName(in: String(decoding: line, as: UTF8.self)) != nil
    }

    /// Each cluster of a whole text.
    ///
    /// - Complexity: O(*n*) in the length of the text.
    static func statuses(_ bytes: [UInt8]) -> [(range: Range<Int>, value: CanonicalValue)] {
        var statuses: [(range: Range<Int>, value: CanonicalValue)] = []
        var text = ClusterText()
        bytes.withUnsafeBytes { bytes in text.append(bytes) { statuses.append(($0, $1)) } }
        text.finish { statuses.append(($0, $1)) }
        return statuses
    }

    /// Passes over white space that comes before the text.
    mutating func skip(_ count: Int) { place += count }

    /// Takes the next bytes.
    mutating func append(_ bytes: UnsafeRawBufferPointer, _ body: Body) {
        var rest = bytes[...]
        while !isLineTooLong, let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            extendLine(rest[..<end])
            if !isLineTooLong { takeLine(length: line.count + 1, body) }
            rest = rest[(end + 1)...]
        }
        if !isLineTooLong { extendLine(rest) }
    }

    private mutating func extendLine(_ bytes: Slice<UnsafeRawBufferPointer>) {
        line.append(contentsOf: bytes.prefix(ClusterText.longestLine + 1))
        isLineTooLong = line.count > ClusterText.longestLine
    }

    /// Takes what is left.
    mutating func finish(_ body: Body) {
        if !line.isEmpty { takeLine(length: line.count, body) }
        if let current { body(start..<place, current.value) }
        current = nil
    }

    private mutating func takeLine(length: Int, _ body: Body) {
        lineNumber += 1
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        let text = String(decoding: line, as: UTF8.self)
        line.removeAll(keepingCapacity: true)
        if let name = ClusterText.clusterName(in: text), name != current?.name {
            if let current { body(start..<place, current.value) }
            start = place
            current = ClusterLines(name: name)
        }
        place += length
        guard !text.isEmpty, current?.take(text) != true else { return }
        oddLineCount += 1
        if firstOddLine == nil { firstOddLine = (lineNumber, String(text.prefix(160))) }
    }

    /// The cluster of a line that tells a property of the cluster itself.
    private static func clusterName(in line: String) -> String? {
        for mark in ["::observability_name::", "::default_priority::", "::added_via_api::"] {
            if let place = line.firstRange(ofBytes: mark) {
                return String(line[..<place.lowerBound])
            }
        }
        return nil
    }
}

/// What the lines of one cluster tell.
private struct ClusterLines {
    let name: String
    private var isAddedOverXDS = false
    private var hosts: [(address: String, properties: [String: String])] = []

    init(name: String) {
        self.name = name
    }

    /// Takes a line; false if it is not one of the cluster's.
    mutating func take(_ line: String) -> Bool {
        guard line.utf8.starts(with: name.utf8) else { return false }
        let tail = line[line.utf8.index(line.startIndex, offsetBy: name.utf8.count)...]
        guard tail.utf8.starts(with: "::".utf8) else { return false }
        let rest = Substring(tail.utf8.dropFirst(2))
        if rest.hasPrefix("added_via_api::") {
            isAddedOverXDS = rest.hasSuffix("::true")
            return true
        }
        // `ADDRESS::KEY::VALUE`, neither of the last two with a `::` inside.
        let parts = rest.ranges(ofBytes: "::")
        guard parts.count >= 2 else {
            return ["observability_name::", "eds_service_name::"].contains { rest.hasPrefix($0) }
        }
        let (first, last) = (parts[parts.count - 2], parts[parts.count - 1])
        let address = String(rest[..<first.lowerBound])
        let key = String(rest[first.upperBound..<last.lowerBound])
        guard ClusterLines.hostKeys.contains(key) else { return true }
        if hosts.last?.address != address { hosts.append((address, [:])) }
        hosts[hosts.count - 1].properties[key] = String(rest[last.upperBound...])
        return true
    }

    private static let hostKeys: Set<String> = [
        "cx_active", "cx_connect_fail", "cx_total", "rq_active", "rq_error", "rq_pending_active",
        "rq_success", "rq_timeout", "rq_total", "hostname", "health_flags", "weight", "region",
        "zone", "sub_zone", "canary", "priority", "success_rate", "local_origin_success_rate",
    ]

    // MARK: - As a message

    var value: CanonicalValue {
        var members: [(String, CanonicalValue)] = [("name", .string(name))]
        if isAddedOverXDS { members.append(("addedViaApi", .literal("true"))) }
        if !hosts.isEmpty {
            members.append(("hostStatuses", .list(hosts.map(ClusterLines.value))))
        }
        return .members(members)
    }

    private static func value(
        ofHost address: String, _ properties: [String: String]
    ) -> CanonicalValue {
        var members: [(String, CanonicalValue)] = [("address", value(ofAddress: address))]
        members.append(("stats", .list(statistics.map { statistic($0, properties[$0]) })))
        members.append(("healthStatus", health(properties["health_flags"] ?? "")))
        if let weight = number(properties["weight"]) { members.append(("weight", weight)) }
        if let name = properties["hostname"], !name.isEmpty {
            members.append(("hostname", .string(name)))
        }
        if let priority = number(properties["priority"]) {
            members.append(("priority", priority))
        }
        let locality = [("region", "region"), ("zone", "zone"), ("sub_zone", "subZone")].compactMap
        {
            key, name in
            properties[key].flatMap { $0.isEmpty ? nil : (name, CanonicalValue.string($0)) }
        }
        members.append(("locality", .members(locality)))
        return .members(members)
    }

    /// A number of 32 bits as JSON has it; what is not one stays text. Nil for the default, 0.
    private static func number(_ text: String?) -> CanonicalValue? {
        guard let text else { return nil }
        guard let number = UInt32(text) else { return .string(text) }
        return number == 0 ? nil : .literal(String(number))
    }

    private static let statistics = [
        "cx_connect_fail", "cx_total", "rq_error", "rq_success", "rq_timeout", "rq_total",
        "cx_active", "rq_active", "rq_pending_active",
    ]

    private static func statistic(_ name: String, _ text: String?) -> CanonicalValue {
        var members: [(String, CanonicalValue)] = []
        if name.hasSuffix("active") { members.append(("type", .string("GAUGE"))) }
        members.append(("name", .string(name)))
        if let text, text != "0" { members.append(("value", .string(text))) }
        return .members(members)
    }

    private static func value(ofAddress text: String) -> CanonicalValue {
        if text.hasPrefix("envoy://") {
            let parts = text.dropFirst("envoy://".count).split(
                separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            var members: [(String, CanonicalValue)] = [
                ("serverListenerName", .string(String(parts[0])))
            ]
            if parts.count == 2, !parts[1].isEmpty {
                members.append(("endpointId", .string(String(parts[1]))))
            }
            return .members([("envoyInternalAddress", .members(members))])
        }
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { return .members([("pipe", .members([("path", .string(text))]))]) }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        return .members([
            (
                "socketAddress",
                .members([
                    ("address", .string(String(host))), ("portValue", .literal(String(port))),
                ])
            )
        ])
    }

    /// What the flags `/failed_eds_health/failed_outlier_check` and their like say.
    private static func health(_ flags: String) -> CanonicalValue {
        let flags = Set(flags.split(separator: "/").map(String.init))
        var members: [(String, CanonicalValue)] = []
        for (flag, field) in [
            ("failed_active_hc", "failedActiveHealthCheck"),
            ("failed_outlier_check", "failedOutlierCheck"),
            ("degraded_active_hc", "failedActiveDegradedCheck"),
            ("pending_dynamic_removal", "pendingDynamicRemoval"),
            ("pending_active_hc", "pendingActiveHc"),
            ("excluded_via_immediate_hc_fail", "excludedViaImmediateHcFail"),
            ("active_hc_timeout", "activeHcTimeout"),
        ] where flags.contains(flag) {
            members.append((field, .literal("true")))
        }
        let status =
            if flags.contains("failed_eds_health") {
                "UNHEALTHY"
            } else if flags.contains("eds_status_draining") {
                "DRAINING"
            } else if flags.contains("degraded_eds_health") {
                "DEGRADED"
            } else {
                "HEALTHY"
            }
        members.append(("edsHealthStatus", .string(status)))
        return .members(members)
    }
}
