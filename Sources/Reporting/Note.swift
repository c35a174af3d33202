public import EnvoyConfig
internal import StrictJSON

/// A reason or a warning that stands beside a difference.
public struct Note: Sendable, Hashable {
    /// What a note says. More kinds may come.
    public struct Kind: Sendable, Hashable, RawRepresentable {
        /// The kind as the command's JSON prints it.
        public let rawValue: String

        /// Makes a kind.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Envoy refused it.
        public static let rejected = Kind(rawValue: "rejected")
        /// It waits in Envoy for something before it is used.
        public static let warming = Kind(rawValue: "warming")
        /// It serves its last connections.
        public static let draining = Kind(rawValue: "draining")
        /// It waits behind something that was rejected.
        public static let behind = Kind(rawValue: "behind")
        /// What Istiod sent last was not acknowledged.
        public static let stale = Kind(rawValue: "stale")
        /// No Istiod knows the proxy.
        public static let disconnected = Kind(rawValue: "disconnected")
        /// Two Istiods hold different configuration.
        public static let istiodsDisagree = Kind(rawValue: "istiods-disagree")
        /// The configuration differs from what Istiod would send, without a cause that is known.
        public static let drift = Kind(rawValue: "drift")
        /// The configuration differs from that of the workload's healthy replicas.
        public static let oddOneOut = Kind(rawValue: "odd-one-out")
        /// A service or subset without endpoints.
        public static let noEndpoints = Kind(rawValue: "no-endpoints")
        /// Replicas of one workload run different versions of Envoy.
        public static let mixedVersions = Kind(rawValue: "mixed-versions")
        /// A certificate that is to expire soon.
        public static let certificateExpiry = Kind(rawValue: "certificate-expiry")
        /// Something in another format, which is not looked at.
        public static let passedOver = Kind(rawValue: "passed-over")
        /// Something that was not compared, though somebody might think so.
        public static let notCompared = Kind(rawValue: "not-compared")
        /// Envoy's dump stands where Istiod's is expected, and the other way round.
        public static let swapped = Kind(rawValue: "swapped")
        /// Something that was not checked, or could not be: it is neither ok nor a problem.
        public static let notChecked = Kind(rawValue: "not-checked")
        /// A dump that is none.
        public static let unreadable = Kind(rawValue: "unreadable")
        /// A section that one side lacks.
        public static let missingSection = Kind(rawValue: "missing-section")
        /// An entry without its resource.
        public static let missingBody = Kind(rawValue: "missing-body")
        /// Several resources of one name.
        public static let duplicateName = Kind(rawValue: "duplicate-name")
        /// A type that the schema does not know.
        public static let unknownType = Kind(rawValue: "unknown-type")
        /// A field that its message does not have.
        public static let unknownField = Kind(rawValue: "unknown-field")
        /// A value that does not fit its field.
        public static let misfit = Kind(rawValue: "misfit")
        /// Two members of one oneof.
        public static let oneofConflict = Kind(rawValue: "oneof-conflict")
        /// A private key that is not shown.
        public static let redacted = Kind(rawValue: "redacted")
    }

    /// Who knows.
    public enum Source: String, Sendable, Hashable {
        /// Envoy's dump.
        case envoy
        /// Istiod's dump or its sync status.
        case istiod
        /// The proxy's agent.
        case agent
        /// Found by comparing.
        case drydock
    }

    /// What a note is about.
    public struct Subject: Sendable, Hashable {
        /// The kind of the resource.
        public var kind: ResourceKind
        /// Its name.
        public var name: String

        /// Makes a subject.
        public init(kind: ResourceKind, name: String) {
            self.kind = kind
            self.name = name
        }
    }

    /// What it says.
    public var kind: Kind
    /// Who knows.
    public var source: Source
    /// One line of text.
    public var text: String
    /// The resource that it is about, if it is about one.
    public var resource: Subject?

    /// Makes a note. A private key in the text is redacted.
    public init(_ kind: Kind, source: Source, text: String, resource: Subject? = nil) {
        self.kind = kind
        self.source = source
        self.text = PrivateKey.redacted(text)
        self.resource = resource
    }
}

extension Note {
    /// The text on one line, whatever it holds.
    package var line: String { PrintableText.line(text) }
}
