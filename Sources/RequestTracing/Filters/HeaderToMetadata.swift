internal import EnvoyConfig
internal import EnvoyResources
internal import StrictJSON

/// What `header_to_metadata` makes of headers and cookies.
struct HeaderToMetadata {
    private static let ownNamespace = "envoy.filters.http.header_to_metadata"
    private let rules: [CanonicalValue]

    init(_ config: CanonicalValue) {
        rules = config["requestRules"]?.elements ?? []
    }

    /// Passes the rules in their order: a later one replaces what an earlier one has set.
    func apply(to headers: inout RequestHeaders, _ metadata: inout RequestMetadata) {
        for rule in rules {
            let present = rule["onHeaderPresent"]
            let missing = rule["onHeaderMissing"]
            for target in [present, missing].compactMap({ $0 }) {
                metadata.open(HeaderToMetadata.namespace(of: target))
            }
            let header = rule.text("header") ?? ""
            let own =
                header.isEmpty
                ? rule.text("cookie").flatMap(headers.cookie) : headers.values(header).first
            if let own {
                if let present { add(own, present, to: &metadata) }
                if rule.flag("remove") == true { headers.remove(header.asciiLowercased) }
            } else if let missing {
                add("", missing, to: &metadata)
            }
        }
    }

    /// Adds a fixed value, else the header's, whole or as a regex makes it. An empty one does not count.
    private func add(_ own: String, _ target: CanonicalValue, to metadata: inout RequestMetadata) {
        var text = own
        if let fixed = target.text("value"), !fixed.isEmpty {
            text = fixed
        } else if let regex = target["regexValueRewrite"] {
            text = PathRewrite.substitute(regex, in: own)
        }
        guard !text.isEmpty, let key = target.text("key") else { return }
        let value: JSONValue?
        switch target.text("type") {
        case "NUMBER": value = Double(text).map { _ in .number(text) }
        case "PROTOBUF_VALUE": value = nil
        default: value = .string(text)
        }
        guard let value else { return }
        metadata.add(value, key, to: HeaderToMetadata.namespace(of: target))
    }

    private static func namespace(of target: CanonicalValue) -> String {
        let name = target.text("metadataNamespace") ?? ""
        return name.isEmpty ? ownNamespace : name
    }
}
