internal import EnvoyConfig
public import Reporting

/// Where a request goes through one proxy, and why: the answer of `ConfigDump.trace(_:)`.
public struct RequestTrace: Sendable, Hashable {
    /// What becomes of the request.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// It goes on to an endpoint of one of `clusters`.
        case forwarded
        /// Envoy answers with another place: `status` is the redirect's.
        case redirected
        /// Envoy answers by itself, as a route or a fault tells it: `status` says with what.
        case answered
        /// No virtual host or none of its routes matches: 404.
        case noRoute
        /// No filter chain matches: the connection is closed.
        case noFilterChain
        /// No listener takes the connection.
        case noListener
        /// The route's cluster is not in the dump: 503.
        case noCluster
        /// The cluster has no endpoint that takes requests: 503.
        case noEndpoint
        /// Role-based access control refuses it: 403, or the connection is closed.
        case denied
        /// The bytes are not what the filter chain expects: plain text for TLS, or TLS for plain
        /// HTTP.
        case protocolMismatch
        /// A secret is missing: the connection is reset, or 503.
        case notReady
        /// The filter chain ends in another protocol (Redis, Thrift …), whose filter decides by what it
        /// reads: `clusters` are those that it may go to.
        case notFollowed
        /// What decides is not in the dump; the notes name it.
        case undecided

        /// Whether the request gets where its configuration sends it.
        public var isAnswer: Bool {
            switch self {
            case .forwarded, .redirected, .answered: true
            default: false
            }
        }
    }

    /// A cluster that takes the request, or a share of such requests.
    public struct Destination: Sendable, Hashable {
        /// The cluster's name.
        public var name: String
        /// Its share in proportion to the sum of all; 100 for a cluster that takes everything.
        public var weight: Int
        /// The endpoints that it may go to now, in the dump's order. Empty if none is known.
        public var endpoints: [Endpoint]
        /// The object that shapes it, such as a DestinationRule; nil if none does.
        public var object: Note.Object?
    }

    /// An endpoint that a request may go to.
    public struct Endpoint: Sendable, Hashable {
        /// `IP:PORT`, a host name with its port, or the path of a Unix socket.
        public var address: String
        /// `HEALTHY`, `DEGRADED` …, as Envoy sees it.
        public var health: String
        /// 0 is the highest; others are used when it fails.
        public var priority: Int
        /// `REGION/ZONE/SUBZONE`, without unknown parts at the end; empty if none is known.
        public var locality: String
        /// The kind of connection that leaves for it; nil if that is not known.
        public var transport: Transport?
    }

    /// One thing that was looked at on the way.
    public struct Step: Sendable, Hashable {
        /// What it is.
        public enum Stage: String, Sendable, Hashable {
            /// A listener that may take the connection.
            case listener
            /// A filter chain of the listener.
            case filterChain
            /// A filter of the chain.
            case networkFilter
            /// The head of the request as the connection manager leaves it.
            case request
            /// The connection manager's route configuration.
            case routeConfiguration
            /// A virtual host of the route configuration.
            case virtualHost
            /// A route of the virtual host.
            case route
            /// A filter of the connection manager.
            case httpFilter
            /// A cluster of the route.
            case cluster
            /// An endpoint of a cluster.
            case endpoint
        }

        /// What was looked at.
        public var stage: Stage
        /// Its name, or what stands for one.
        public var subject: String
        /// Whether the way goes through it; a candidate that was passed over has false.
        public var isTaken: Bool
        /// Why.
        public var reason: String
    }

    /// What becomes of the request.
    public var outcome: Outcome
    /// The listener's name; nil if none takes the connection.
    public var listener: String?
    /// The filter chain's name, empty if it has none; nil if none matches.
    public var filterChain: String?
    /// The route configuration's name; nil for a connection that is not HTTP.
    public var routeConfiguration: String?
    /// The virtual host's name; nil if none matches.
    public var virtualHost: String?
    /// The route's name, empty if it has none; nil if none matches.
    public var route: String?
    /// The object that the route is made from, such as a VirtualService; nil if the dump names none.
    public var routeObject: Note.Object?
    /// How long an answer may take, and how often it is tried; nil if it is not HTTP or not sent on.
    public var patience: Patience?
    /// The clusters that share such requests. Those of a request that is refused on its way are
    /// named without endpoints.
    public var clusters: [Destination] = []
    /// The clusters that get a copy.
    public var mirrors: [String] = []
    /// The HTTP status where Envoy answers by itself; nil if it does not, and for a connection
    /// that is closed.
    public var status: Int?
    /// Where a redirect leads; nil for anything else.
    public var location: String?
    /// The path with its query as it is sent on; nil if it is not HTTP or not sent on.
    public var forwardedPath: String?
    /// The authority as it is sent on; nil if it is not HTTP or not sent on, or if the
    /// endpoint decides.
    public var forwardedAuthority: String?
    /// What a reader of the answer should know: faults, what the dump cannot tell, rejected updates.
    public var notes: [Note] = []
    /// Everything that was looked at, in order, the rejected candidates with their reasons.
    public var steps: [Step] = []

    /// Makes a trace that ends with an outcome, such as for a test of a writer; the rest is set by its
    /// properties.
    public init(outcome: Outcome = .noListener) {
        self.outcome = outcome
    }
}

extension Note.Kind {
    /// The trace depends on what the dump cannot tell: it goes on as if nothing interfered.
    public static let undecided = Note.Kind(rawValue: "undecided")
    /// A fault is injected.
    public static let fault = Note.Kind(rawValue: "fault")
    /// Why the request ends here.
    public static let reason = Note.Kind(rawValue: "reason")
    /// What the request becomes on its way: a redirect's place, a rewritten path.
    public static let rewritten = Note.Kind(rawValue: "rewritten")
    /// What was assumed where the request did not say.
    public static let assumed = Note.Kind(rawValue: "assumed")
}
