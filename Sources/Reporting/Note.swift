public import EnvoyConfig
internal import StrictJSON

/// A finding in one sentence: a reason for a difference, a cause, or a warning.
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
        /// Envoy waits for something before it uses the resource.
        public static let warming = Kind(rawValue: "warming")
        /// Envoy replaced it and lets its last connections end.
        public static let draining = Kind(rawValue: "draining")
        /// It waits for something that was rejected.
        public static let waiting = Kind(rawValue: "behind")
        /// What Istiod sent last was not acknowledged.
        public static let stale = Kind(rawValue: "stale")
        /// No Istiod knows the proxy.
        public static let disconnected = Kind(rawValue: "disconnected")
        /// Two Istiods hold different configuration.
        public static let istiodsDisagree = Kind(rawValue: "istiods-disagree")
        /// The configuration differs from what Istiod would send, and no cause is known.
        public static let drift = Kind(rawValue: "drift")
        /// The configuration differs from that of the workload's healthy replicas.
        public static let oddOneOut = Kind(rawValue: "odd-one-out")
        /// A service or subset without endpoints.
        public static let noEndpoints = Kind(rawValue: "no-endpoints")
        /// A route or a TCP proxy sends to a cluster that is not there.
        public static let missingCluster = Kind(rawValue: "missing-cluster")
        /// A listener asks for a route configuration that is not there.
        public static let missingRoutes = Kind(rawValue: "missing-routes")
        /// A listener or a cluster asks for a secret that is not there.
        public static let missingSecret = Kind(rawValue: "missing-secret")
        /// A listener asks for an extension that is not there.
        public static let missingExtension = Kind(rawValue: "missing-extension")
        /// A route that an earlier one hides.
        public static let shadowedRoute = Kind(rawValue: "shadowed-route")
        /// A domain that stands twice in one route configuration.
        public static let duplicateDomain = Kind(rawValue: "duplicate-domain")
        /// A cluster that nothing sends to.
        public static let unusedCluster = Kind(rawValue: "unused-cluster")
        /// A cluster that sends plain text to a workload that takes mTLS alone.
        public static let plainToStrict = Kind(rawValue: "plain-to-strict")
        /// Hosts that take no requests, by Envoy's `/clusters`.
        public static let unhealthyEndpoints = Kind(rawValue: "unhealthy-endpoints")
        /// Replicas of one workload run different versions of Envoy.
        public static let mixedVersions = Kind(rawValue: "mixed-versions")
        /// A certificate that expires soon.
        public static let certificateExpiry = Kind(rawValue: "certificate-expiry")
        /// Something in a format that is not read.
        public static let passedOver = Kind(rawValue: "passed-over")
        /// Something that was not compared, although a reader may expect it.
        public static let notCompared = Kind(rawValue: "not-compared")
        /// Envoy's dump was given as Istiod's, and Istiod's as Envoy's.
        public static let swapped = Kind(rawValue: "swapped")
        /// Something that was not checked or could not be checked: neither ok nor a problem.
        public static let notChecked = Kind(rawValue: "not-checked")
        /// A file that cannot be read as a config dump.
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
        /// A value of another type than its field.
        public static let typeMismatch = Kind(rawValue: "misfit")
        /// Two members of one oneof.
        public static let oneofConflict = Kind(rawValue: "oneof-conflict")
        /// Not a real difference: the two sides say the same in different ways.
        public static let assumedEqual = Kind(rawValue: "assumed-equal")
        /// A private key that is not shown.
        public static let redacted = Kind(rawValue: "redacted")
    }

    /// Where the information comes from.
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

    /// An object of the API of Istio or Kubernetes: what a person edits.
    public struct Object: Sendable, Hashable, CustomStringConvertible {
        /// Its kind, such as `EnvoyFilter`.
        public var kind: String
        /// Its namespace.
        public var namespace: String
        /// Its name.
        public var name: String

        /// Makes a reference.
        public init(kind: String, namespace: String, name: String) {
            self.kind = kind
            self.namespace = namespace
            self.name = name
        }

        /// `EnvoyFilter ratings-broken in default`
        public var description: String { "\(kind) \(name) in \(namespace)" }
    }

    /// What a note complains of: by it the object is searched that a person has to edit.
    package struct Offense: Sendable, Hashable {
        /// The kind of the resources.
        package var kind: ResourceKind
        /// The names of the resources, where they are known.
        package var names: [String]
        /// The values, as the reason gives them.
        package var values: Set<String>
        /// The texts of the resources that hold one of the values.
        package var texts: Set<String> = []
        /// The object that Istio's metadata names: of several objects that hold the value it is the one.
        package var hint: Object?
        /// Whether a resource could be read: without texts it does not have the value then.
        package var isRead = false

        /// Makes an offense.
        package init(kind: ResourceKind, names: [String], values: Set<String>) {
            self.kind = kind
            self.names = names
            self.values = values
        }
    }

    /// What the note says.
    public var kind: Kind
    /// Where the information comes from.
    public var source: Source
    /// One line of text.
    public var text: String
    /// The resource that the note is about; nil if it is about none.
    public var resource: Subject?
    /// The object to change: it holds the value that is complained of. Nil if none or several do.
    public var object: Object?
    /// The objects of which one is to be changed, or all together, where it is not known which.
    public var candidates: [Object] = []
    /// What is the same in this note for all proxies with the same cause; nil for the whole text.
    package var headline: String?
    /// What it complains of.
    package var offense: Offense?

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
