/// What a kind of note means, for people: `drydock explain KIND`, and a page of the documentation.
public struct NoteExplanation: Sendable {
    /// The kind.
    public let kind: Note.Kind
    /// What it means.
    public let meaning: String
    /// How it comes about.
    public let origin: String
    /// How to confirm it.
    public let confirmation: String
    /// How to mend it.
    public let remedy: String

    /// One for each kind of note, problems first.
    public static let all: [NoteExplanation] = [
        NoteExplanation(
            kind: .rejected,
            meaning: """
                Envoy refused what Istiod sent (a NACK). One bad resource holds back the whole push of its type: \
                the proxy goes on with the last configuration that it took.
                """,
            origin: """
                A value that Envoy does not accept, mostly from an EnvoyFilter, whose patches Istiod does not \
                check; a filter or type that this Envoy lacks; a port that is taken; the same domain twice.
                """,
            confirmation: """
                ERROR, or STALE, in `drydock status`; a line "config for TYPE rejected" in the proxy's log, or \
                "ACK ERROR" in Istiod's.
                """,
            remedy: """
                Edit the object that is named. Where none is named, look for the value of the reason in the objects \
                that apply to the proxy. The other changes of the push follow by themselves.
                """),
        NoteExplanation(
            kind: .waiting,
            meaning:
                "These changes of the same push were not applied, because another one was rejected.",
            origin: "Envoy takes a push of a type as a whole, or not at all.",
            confirmation: "They differ in `drydock diff`; nothing in the logs names them.",
            remedy: "Nothing to do with them: mend what was rejected."),
        NoteExplanation(
            kind: .unreadable,
            meaning:
                "Envoy could not print its configuration, or the file is damaged: it was not compared.",
            origin: """
                A resource holds a type that this Envoy lacks, so that `/config_dump` answers with one line of \
                text; or the capture was cut off.
                """,
            confirmation: "Open the file: it holds a line of text, or ends in the middle.",
            remedy: """
                Capture the other kinds by themselves (`config_dump?resource=dynamic_active_clusters` and so on). Remove \
                what uses the type, or run a proxy that has it.
                """),
        NoteExplanation(
            kind: .disconnected,
            meaning: "No Istiod knows the proxy: it gets no changes, and goes on with what it had.",
            origin: """
                Istiod cannot be reached (network policy, DNS, a wrong discovery address), the proxy's certificate or \
                token is refused, or the pod is shutting down.
                """,
            confirmation:
                "It is missing in `drydock status`; \"xdsproxy\" and \"upstream\" in its log.",
            remedy: """
                Mend the way to Istiod that the log complains of. A restart of the pod helps where the agent \
                hangs.
                """),
        NoteExplanation(
            kind: .warming,
            meaning: "Envoy has it, and does not use it yet: it waits for something else.",
            origin: """
                A secret that does not exist, a file that is not mounted, a host that DNS does not answer for, an \
                extension that has not arrived, endpoints that Istiod does not have.
                """,
            confirmation: """
                It stands under `dynamic_warming_…` of the dump; the secret is `uninitialized` in `drydock secrets`.
                """,
            remedy:
                "Provide what it waits for: create the Secret, mount the file, or mend the name."),
        NoteExplanation(
            kind: .stale,
            meaning: "Istiod sent something that the proxy neither took nor refused.",
            origin: """
                The agent or Envoy hangs, the connection is overloaded or half dead, or the push is just under way \
                (what is younger than `--grace` seconds does not count).
                """,
            confirmation: "STALE in `drydock status`, in two captures a minute apart.",
            remedy:
                "Look at the proxy's log and its CPU limit; a restart of the pod helps where it hangs."
        ),
        NoteExplanation(
            kind: .istiodsDisagree,
            meaning: "Two Istiods hold different configuration, services or endpoints.",
            origin: """
                One lost its watch on Kubernetes, cannot reach the API server, or is of another revision or version.
                """,
            confirmation: "Compare `/debug/configz` of the two: versions and objects.",
            remedy:
                "Restart the Istiod that is behind; its proxies connect to another one and are corrected."
        ),
        NoteExplanation(
            kind: .drift,
            meaning:
                "The proxy's configuration differs from Istiod's dump, and no reason was captured.",
            origin: """
                The two dumps were captured at different times, a push was under way, or something was lost on the way.
                """,
            confirmation: "Capture both dumps again at the same time.",
            remedy: "`drydock diff` shows each difference; capture the proxy's log as well."),
        NoteExplanation(
            kind: .oddOneOut,
            meaning:
                "The proxy's configuration differs from that of the healthy replicas of its workload.",
            origin:
                "It missed a push, or it is selected by an object that its siblings are not selected by.",
            confirmation: "`drydock diff BUNDLE REPLICA PROXY` shows what differs.",
            remedy: "Mend the cause that stands before it; without one, restart the pod."),
        NoteExplanation(
            kind: .notChecked,
            meaning: "Something could not be checked: neither ok nor a problem.",
            origin:
                "A capture is missing. A bug report holds no dumps that Istiod makes of its proxies.",
            confirmation: "`checked` in the JSON of the report lists what was looked at.",
            remedy: "Add the capture that the note names, and run the command again."),
        NoteExplanation(
            kind: .draining,
            meaning: "An older listener still serves its last connections.",
            origin: "A listener changed while connections were open.",
            confirmation: "It stands under `draining_state` of the dump.",
            remedy: "Nothing: it ends when its connections do, or after the drain time."),
        NoteExplanation(
            kind: .noEndpoints,
            meaning:
                "A service or a subset has no endpoint: requests to it get 503, with the flag UH.",
            origin: "No ready pod has the labels of the service or the subset.",
            confirmation: "`kubectl get endpointslices`; `drydock status --service NAME BUNDLE`.",
            remedy: "Mend the labels, the subset of the DestinationRule, or the pods."),
        NoteExplanation(
            kind: .missingCluster,
            meaning: """
                A route or a TCP proxy sends to a cluster that the proxy does not have: requests get 503 with the \
                flag NC, connections are closed. The proxy is in sync all the same.
                """,
            origin: """
                A VirtualService names a subset that no DestinationRule has, or a host or port that does not exist; \
                a Sidecar leaves the destination out; an EnvoyFilter names a cluster.
                """,
            confirmation:
                "`drydock trace BUNDLE POD URL` ends with `noCluster`; `NC` in the access log.",
            remedy: """
                Mend the destination in the object that is named, or add the subset to the DestinationRule.
                """),
        NoteExplanation(
            kind: .missingRoutes,
            meaning:
                "A listener asks for a route configuration that is not there: requests get 404.",
            origin:
                "Istiod did not send it, or the proxy refused it; a listener that an EnvoyFilter made.",
            confirmation:
                "`drydock listeners -o yaml` shows the name under `rds`; `drydock routes` lacks it.",
            remedy:
                "Look at `drydock bundle` for a rejection of RDS; else mend what made the listener."
        ),
        NoteExplanation(
            kind: .missingSecret,
            meaning:
                "A listener or a cluster asks for a secret that the proxy was not sent: it does not take or make connections.",
            origin:
                "A Gateway or DestinationRule names a credential that is not there, or that is in another namespace.",
            confirmation: "`drydock secrets` does not list it.",
            remedy: "Make the Secret, in the namespace of the gateway's pods, or correct its name."),
        NoteExplanation(
            kind: .missingExtension,
            meaning: "A listener asks for a filter that was not sent over ECDS.",
            origin: "A WasmPlugin whose module could not be fetched, or an EnvoyFilter.",
            confirmation: "`drydock ecds` does not list it.",
            remedy: "Look at the proxy's log for the fetch, and at the object that asks for it."),
        NoteExplanation(
            kind: .shadowedRoute,
            meaning:
                "A route that no request reaches, since an earlier one takes all of its paths.",
            origin:
                "A VirtualService with a general match before a special one, or two VirtualServices for one host, whose order is not certain.",
            confirmation:
                "`drydock routes` lists both; `drydock trace` with the path of the hidden one takes the first.",
            remedy: "Put the special match first, or merge the VirtualServices."),
        NoteExplanation(
            kind: .duplicateDomain,
            meaning:
                "A domain stands in two virtual hosts of one route configuration: Envoy refuses it.",
            origin:
                "Two services or VirtualServices that make the same host, often through an EnvoyFilter.",
            confirmation: "The note names both virtual hosts.",
            remedy: "Remove one of them."),
        NoteExplanation(
            kind: .unusedCluster,
            meaning: "A cluster that no route and no listener names.",
            origin:
                "A subset that no VirtualService uses, or a service that is only called through another one.",
            confirmation: "`drydock find --routes-to CLUSTER` finds nothing.",
            remedy:
                "Nothing, where it is meant: a Sidecar object keeps what is not needed from the proxy."
        ),
        NoteExplanation(
            kind: .plainToStrict,
            meaning:
                "A cluster sends plain text to a workload that takes mTLS alone: connections are reset.",
            origin:
                "A DestinationRule with `tls.mode: DISABLE`, or a client without a sidecar, and a PeerAuthentication with STRICT.",
            confirmation:
                "The cluster has no `transport_socket` with TLS; the workload's inbound listener has TLS filter chains alone for the port.",
            remedy: "Remove the DestinationRule's mode, or let the workload take both (PERMISSIVE)."
        ),
        NoteExplanation(
            kind: .unhealthyEndpoints,
            meaning:
                "Envoy sends no requests to these hosts: they are ejected, or failed a health check.",
            origin:
                "Outlier detection after 5xx answers or resets; a failing health check; a host that drains.",
            confirmation: "`drydock endpoints --status unhealthy BUNDLE POD`.",
            remedy: "Look at the pods behind the hosts; ejection ends by itself after a time."),
        NoteExplanation(
            kind: .mixedVersions,
            meaning: "Replicas of one workload run different versions of Envoy.",
            origin: "An upgrade is under way, or some pods were not restarted after it.",
            confirmation: "The column ENVOY of the report.",
            remedy: "Restart the workload: `kubectl rollout restart`."),
        NoteExplanation(
            kind: .certificateExpiry,
            meaning: "The proxy's certificate expires soon, or has expired, and was not renewed.",
            origin: "The agent cannot reach the certificate authority, or the clock is wrong.",
            confirmation: "`drydock secrets BUNDLE POD` shows the times.",
            remedy: "Mend the way to the certificate authority; a restart asks for a new one."),
        NoteExplanation(
            kind: .notCompared,
            meaning: "This part was not compared, though somebody might think so.",
            origin: "It cannot be read, is not known, or was not asked for.",
            confirmation: "The note says which part, and where.",
            remedy: "Ask for the kind (`--kind`), or capture it again."),
        NoteExplanation(
            kind: .passedOver,
            meaning: "Something was skipped: it is of a format that is not read, or has no row.",
            origin: "Lines around a dump, a ztunnel's dump, members that are not known.",
            confirmation: "The note names it.",
            remedy: "Nothing, where it does not matter; else capture it as JSON."),
        NoteExplanation(
            kind: .swapped,
            meaning: "Envoy's dump was given as Istiod's, and Istiod's as Envoy's.",
            origin: "The arguments stand in the other order.",
            confirmation: "Istiod's dump has an empty bootstrap.",
            remedy: "Swap the arguments; the comparison is right all the same."),
        NoteExplanation(
            kind: .missingSection,
            meaning: "One of the dumps lacks this section.",
            origin: "It was captured in part (`?resource=`, `?mask=`), or by another version.",
            confirmation: "Look for the section's `@type` in the file.",
            remedy: "Capture the whole dump."),
        NoteExplanation(
            kind: .missingBody,
            meaning: "An entry of the dump has no resource.",
            origin: "Envoy never accepted a first version of it.",
            confirmation: "Look at the entry: it may have an `error_state`.",
            remedy: "Mend what was rejected."),
        NoteExplanation(
            kind: .duplicateName,
            meaning:
                "Several resources of a kind have one name: they were compared in their order.",
            origin: "Static resources beside delivered ones, or a dump of several parts.",
            confirmation: "Look for the name in the dump.",
            remedy: "Rename one of them, where it was meant to be another."),
        NoteExplanation(
            kind: .unknownType,
            meaning: "A type that Drydock does not know: it was compared as it stands.",
            origin: "An extension of a vendor, or one that is newer than Drydock.",
            confirmation: "The note names the type.",
            remedy: "Nothing: differences in spelling alone may be shown as differences there."),
        NoteExplanation(
            kind: .unknownField,
            meaning: "A field that its message does not have: it was compared as it stands.",
            origin: "A dump that is newer than Drydock.",
            confirmation: "The note names the field.",
            remedy: "Nothing: see unknown-type."),
        NoteExplanation(
            kind: .typeMismatch,
            meaning: "A value of another type than its field.",
            origin: "A dump that was edited, or made by another program.",
            confirmation: "The note names the field.",
            remedy: "Capture the dump again."),
        NoteExplanation(
            kind: .oneofConflict,
            meaning: "Two members of which a message can have one.",
            origin: "A dump that was edited, or put together of two.",
            confirmation: "The note names the members.",
            remedy: "Capture the dump again."),
        NoteExplanation(
            kind: .assumedEqual,
            meaning: "The two sides say the same in different ways: no difference.",
            origin:
                "Istio's agent fetched a Wasm module, and gives Envoy the file in place of the URL.",
            confirmation: "The file's name holds the checksum that Istiod asks for.",
            remedy: "Nothing."),
        NoteExplanation(
            kind: .redacted,
            meaning: "A private key that is not shown.",
            origin: "The dump holds it in a place where Envoy does not redact it.",
            confirmation: "Look at the dump itself.",
            remedy: "Keep the dump safe: whoever has it has the key."),
        NoteExplanation(
            kind: Note.Kind(rawValue: "undecided"),
            meaning: "The dump cannot decide a step of the trace: several ways are open.",
            origin:
                "A runtime fraction, a client's certificate that was not given, or another server's answer.",
            confirmation: "`drydock trace --explain` shows the step.",
            remedy: "Give what is missing: `--principal`, `--source`, a header, `--clusters`."),
        NoteExplanation(
            kind: Note.Kind(rawValue: "fault"),
            meaning: "A fault filter may delay or abort the request.",
            origin: "A VirtualService with `fault`.",
            confirmation: "The route's `typed_per_filter_config` has `envoy.filters.http.fault`.",
            remedy: "Remove the fault, where it was forgotten."),
        NoteExplanation(
            kind: Note.Kind(rawValue: "rewritten"),
            meaning: "The request leaves with another path or host than it came with.",
            origin: "A rewrite of the route.",
            confirmation: "`drydock trace` prints what is forwarded.",
            remedy: "Nothing, where it is meant."),
        NoteExplanation(
            kind: Note.Kind(rawValue: "assumed"),
            meaning: "The trace took something for granted that the dump does not say.",
            origin: "A filter that runs code or asks a server: Lua, Wasm, ext_authz.",
            confirmation: "The note names the filter.",
            remedy: "Look at what the filter does, where the real request goes another way."),
    ]

    /// The explanation of a kind, by its name in JSON.
    public static func of(_ name: String) -> NoteExplanation? {
        all.first { $0.kind.rawValue == name }
    }
}

/// Writes explanations for people, or as a page of Markdown.
public struct NoteExplanationText: ReportWriter {
    private let isMarkdown: Bool

    /// Makes a writer.
    public init(isMarkdown: Bool = false) {
        self.isMarkdown = isMarkdown
    }

    /// Writes an explanation.
    public func write(_ explanation: NoteExplanation, to output: inout some ByteOutput) {
        output.write("\(isMarkdown ? "## " : "")\(explanation.kind.rawValue)\n\n")
        paragraph(explanation.meaning, "", &output)
        for (title, text) in [
            ("How it comes about", explanation.origin), ("To confirm", explanation.confirmation),
            ("To mend", explanation.remedy),
        ] {
            paragraph(text, isMarkdown ? "**\(title).** " : "\(title): ", &output)
        }
    }

    private func paragraph(_ text: String, _ title: String, _ output: inout some ByteOutput) {
        let lines = TextLines.wrapped(title + text, width: 96)
        output.write(lines.joined(separator: "\n") + "\n\n")
    }
}
