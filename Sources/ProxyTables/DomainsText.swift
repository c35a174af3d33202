internal import EnvoyConfig

/// The domains of a virtual host, as the routes' table shows them.
enum DomainsText {
    /// The first two that differ by more than a port or the mesh's own suffix, and how many more
    /// there are: `reviews.default.svc.cluster.local., reviews + 2 more...`.
    ///
    /// - Complexity: linear; a few domains, as nearly all virtual hosts have, are compared with each
    ///   other.
    static func text(of domains: [String]) -> String {
        if domains.count < 2 { return domains.first ?? "" }
        let names = domains.filter(isWithoutPort)
        let known = names.count > 16 ? Set(names.map(ExactText.init)) : nil
        var text = ""
        var count = 0
        for name in names {
            let isExpansion = suffixes.contains { suffix in
                isThere(name, without: suffix, in: names, known)
            }
            if isExpansion { continue }
            count += 1
            if count == 2 { text += ", " }
            if count <= 2 { text += name }
        }
        return count > 2 ? "\(text) + \(count - 2) more..." : text
    }

    /// An IPv6 address has brackets; a port follows them.
    private static func isWithoutPort(_ domain: String) -> Bool {
        var domain = domain
        return domain.withUTF8 { bytes in
            var colons = 0
            for byte in bytes where byte == UInt8(ascii: ":") { colons += 1 }
            return colons == 0 || colons > 2 && bytes.last == UInt8(ascii: "]")
        }
    }

    private static let suffixes = [".svc.cluster.local", ".svc"]

    /// Whether a name ends so and is there without it too.
    private static func isThere(
        _ name: String, without suffix: String, in names: [String], _ known: Set<ExactText>?
    ) -> Bool {
        guard name.utf8.last == suffix.utf8.last, name.hasSuffix(suffix) else { return false }
        let rest = name.dropLast(suffix.count)
        if let known { return known.contains(ExactText(String(rest))) }
        return names.contains { $0.utf8.elementsEqual(rest.utf8) }
    }
}
