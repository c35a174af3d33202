public import EnvoyConfig

extension Envoy {
    /// An `envoy.config.route.v3.RouteMatch`: which requests take a route. All of it must hold.
    public struct RouteMatch: EnvoyMessage {
        /// How the path is matched.
        public enum Path: Sendable, Hashable {
            /// It begins so.
            case prefix(String)
            /// It is this, without the query.
            case exact(String)
            /// The whole of it, without the query, matches a regular expression (RE2).
            case regex(String)
            /// It is this, or begins so before a `/`.
            case pathSeparatedPrefix(String)
            /// A CONNECT request.
            case connect
            /// A pattern such as `/{name}/**`.
            case template(String)
        }

        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// How the path is matched; nil if the dump does not say or in a way that is not known here.
        public var path: Path? {
            if let text = value.text("prefix") { return .prefix(text) }
            if let text = value.text("path") { return .exact(text) }
            if let regex = value["safeRegex"] { return .regex(regex.text("regex") ?? "") }
            if value["connectMatcher"] != nil { return .connect }
            if let text = value.text("pathSeparatedPrefix") { return .pathSeparatedPrefix(text) }
            return value["pathMatchPolicy"]?["typedConfig"]?.text("pathTemplate").map(Path.template)
        }

        /// Whether prefix and path tell capitals from small letters. Nil means yes. A regular expression
        /// always does.
        public var caseSensitive: Bool? { value.flag("caseSensitive") }

        /// The headers, `:method` and `:authority` among them; all must match.
        public var headers: [HeaderMatch] { value.messages("headers", as: HeaderMatch.self) }

        /// The parameters of the query; all must match.
        public var queryParameters: [QueryParameterMatch] {
            value.messages("queryParameters", as: QueryParameterMatch.self)
        }

        /// Whether only gRPC requests match.
        public var isGRPC: Bool { value["grpc"] != nil }

        /// How many of the requests match, a fraction with its runtime key; nil means all.
        public var runtimeFraction: CanonicalValue? { value["runtimeFraction"] }
    }

    /// An `envoy.config.route.v3.HeaderMatcher`.
    public struct HeaderMatch: EnvoyMessage {
        /// What is asked of the header's value.
        public enum Condition: Sendable, Hashable {
            /// The value matches.
            case text(StringMatch)
            /// The value is an integer from the first to before the second.
            case range(Int, Int)
            /// The header is there, or not there.
            case present(Bool)
        }

        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The header's name; capitals and small letters are the same.
        public var name: String { value.text("name") ?? "" }

        /// What is asked of it. Where a dump says nothing, the header must be there.
        public var condition: Condition {
            if let match = value["stringMatch"] { return .text(StringMatch(match)) }
            if let range = value["rangeMatch"] {
                return .range(range.wideInteger("start") ?? 0, range.wideInteger("end") ?? 0)
            }
            if let isPresent = value.flag("presentMatch") { return .present(isPresent) }
            return StringMatch.deprecated(in: value).map(Condition.text) ?? .present(true)
        }

        /// Whether the result is turned around. Absent means no.
        public var isInverted: Bool { value.flag("invertMatch") ?? false }

        /// Whether a missing header is taken as an empty one. Absent means no: a missing header does not
        /// match.
        public var treatsMissingAsEmpty: Bool { value.flag("treatMissingHeaderAsEmpty") ?? false }
    }

    /// An `envoy.config.route.v3.QueryParameterMatcher`.
    public struct QueryParameterMatch: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The parameter's name.
        public var name: String { value.text("name") ?? "" }

        /// What is asked of its value; nil if the parameter must only be there.
        public var match: StringMatch? { value.message("stringMatch", as: StringMatch.self) }
    }

    /// An `envoy.type.matcher.v3.StringMatcher`.
    public struct StringMatch: EnvoyMessage {
        /// How a text is matched.
        public enum Pattern: Sendable, Hashable {
            /// It is this.
            case exact(String)
            /// It begins so.
            case prefix(String)
            /// It ends so.
            case suffix(String)
            /// It holds this.
            case contains(String)
            /// The whole of it matches a regular expression (RE2).
            case regex(String)
        }

        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// How it is matched; nil in a way that is not known here.
        public var pattern: Pattern? {
            if let text = value.text("exact") { return .exact(text) }
            if let text = value.text("prefix") { return .prefix(text) }
            if let text = value.text("suffix") { return .suffix(text) }
            if let regex = value["safeRegex"] { return .regex(regex.text("regex") ?? "") }
            return value.text("contains").map(Pattern.contains)
        }

        /// Whether capitals and small letters are the same; a regular expression always tells them
        /// apart. Absent means no.
        public var ignoresCase: Bool { value.flag("ignoreCase") ?? false }

        /// The matcher that a header matcher of an older API spells with fields of its own.
        static func deprecated(in header: CanonicalValue) -> StringMatch? {
            let names = [
                ("exactMatch", "exact"), ("safeRegexMatch", "safeRegex"), ("prefixMatch", "prefix"),
                ("suffixMatch", "suffix"), ("containsMatch", "contains"),
            ]
            for (old, new) in names {
                guard let value = header[old] else { continue }
                return StringMatch(.object([CanonicalValue.Member(key: new, value: value)]))
            }
            return nil
        }
    }
}
