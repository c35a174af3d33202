internal import DrydockDiff
public import EnvoyConfig
public import SupportBundles

/// Says of each proxy of a bundle whether it is in step, and if not, why.
///
///     bundle ─▶ evidence of each proxy ─▶ its own causes ─▶ Istiods that disagree ─▶ replicas ─▶ report
///
/// Evidence is the present: sync states, dumps and the states of their resources. Historical evidence,
/// such as old lines of a log, counters, draining entries and the ages of pushes, never marks a proxy
/// unhealthy.
public struct BundleDiagnosis: Sendable {
    /// How a bundle is judged.
    public struct Options: Sendable, Hashable {
        /// What was sent this many seconds before the newest time in the bundle, or later, is just
        /// under way.
        public var grace: Double

        /// Makes options.
        public init(grace: Double = 3) {
            self.grace = grace
        }
    }

    private let bundle: SupportBundle
    private let options: Options
    private let rules: [any DiagnosisRule]

    /// How many bytes of dumps are read a second time at once.
    private static let batchLength = 48 << 20

    /// Makes a diagnosis.
    public init(_ bundle: SupportBundle, options: Options = Options()) {
        self.init(bundle, options: options, rules: DiagnosisRules.all)
    }

    /// Makes a diagnosis by other rules than all.
    package init(
        _ bundle: SupportBundle, options: Options = Options(), rules: [any DiagnosisRule]
    ) {
        self.bundle = bundle
        self.options = options
        self.rules = rules
    }

    /// Diagnoses.
    ///
    /// - Throws: `ConfigDumpError` if the bundle cannot be read a second time.
    /// - Complexity: one more pass over the bundle where something differs, and more where what
    ///   differs does not fit into memory at once.
    public func report() async throws(ConfigDumpError) -> MeshReport {
        let evidence = ProxyEvidence.all(in: bundle, grace: options.grace)
        var mesh = MeshFindings(bundle, evidence, try await diagnosed(evidence))
        for rule in DiagnosisRules.mesh { rule.apply(to: &mesh) }
        var search = ObjectSearch(bundle)
        do throws(ConfigDumpError) {
            try await search.name(in: &mesh.proxies, evidence)
        } catch {
            // The causes stand without their objects.
            let text = "the objects to change could not be searched for: \(error.message)"
            mesh.notes.append(Note(.notChecked, source: .drydock, text: text))
        }
        let namespace = bundle.istiods.first { !$0.namespace.isEmpty }?.namespace
        let steps = NextSteps(
            bundle: bundle.source, istiodNamespace: namespace ?? "istio-system")
        let proxies = mesh.proxies
        func completed(_ cause: Cause) -> Cause {
            var cause = cause
            cause.differences =
                proxies.first { $0.displayName == cause.proxies.first }?.differences ?? []
            cause.nextSteps = steps.commands(cause, proxies)
            let objects = [cause.object].compactMap { $0 } + cause.candidates
            cause.analysis = bundle.analysis.filter { $0.object.map(objects.contains) ?? false }
                .map { "\($0.level) \($0.code): \($0.text)" }
            return cause
        }
        return MeshReport(
            source: bundle.source,
            causes: Cause.all(of: proxies, mesh.notes).map(completed),
            findings: Cause.findings(of: proxies).map(completed),
            istiods: bundle.istiods.filter { !$0.pod.isEmpty }.map { istiod in
                MeshReport.Istiod(
                    pod: istiod.pod, namespace: istiod.namespace,
                    proxyCount: istiod.syncStatus?.proxies.count)
            },
            proxies: proxies,
            notes: mesh.notes,
            unreadable: bundle.unreadable, interruption: bundle.interruption,
            passedOver: bundle.passedOver, passedOverCount: bundle.passedOverCount)
    }

    /// The proxies with their own causes. A rule that needed more bytes than were asked for gets all
    /// that there are of its proxy, in another round over all such proxies.
    private func diagnosed(
        _ evidence: [ProxyEvidence]
    ) async throws(ConfigDumpError) -> [ProxyReport] {
        var reports = evidence.map { $0.report() }
        var requests: [(index: Int, request: BodyRequest)] = []
        for (index, proxy) in evidence.enumerated() {
            if let request = proxy.request() { requests.append((index, request)) }
        }
        let lacking = try await diagnose(requests, evidence, &reports)
        let again = lacking.map { (index: $0, request: evidence[$0].wholeRequest()) }
        _ = try await diagnose(again, evidence, &reports)
        return reports
    }

    /// Diagnoses some at a time, as many as their bytes allow; returns those of which bytes lacked.
    private func diagnose(
        _ requests: [(index: Int, request: BodyRequest)], _ evidence: [ProxyEvidence],
        _ reports: inout [ProxyReport]
    ) async throws(ConfigDumpError) -> [Int] {
        var lacking: [Int] = []
        var rest = requests[...]
        while !rest.isEmpty {
            var length = 0
            let batch = rest.prefix { proxy in
                let isFirst = length == 0
                length += max(1, proxy.request.length)
                return isFirst || length <= BundleDiagnosis.batchLength
            }
            rest = rest.dropFirst(batch.count)
            for result in try await results(of: Array(batch), evidence) {
                reports[result.index] = result.report
                if result.failures.contains(where: \.error.lacksBytes) {
                    lacking.append(result.index)
                }
            }
        }
        return lacking.sorted()
    }

    /// The proxies with Istiod's dumps as a whole, where these can be read.
    private func withEndpoints(
        _ indices: [Int], _ evidence: [ProxyEvidence]
    ) async -> [Int: ProxyEvidence] {
        var whole: [Int: ProxyEvidence] = [:]
        for index in indices {
            guard let dump = evidence[index].istiodDump,
                // Whose endpoints they were is an extra: without it the reason is told alone.
                let read = try? await bundle.whole([dump]).first
            else { continue }
            whole[index] = evidence[index].holding(istiodDump: read)
        }
        return whole
    }

    /// What became of one proxy.
    private struct Outcome: Sendable {
        var index: Int
        var report: ProxyReport
        var failures: [DiagnosisFailure]
    }

    /// Diagnoses proxies with the bodies that are asked for, side by side.
    private func results(
        of batch: [(index: Int, request: BodyRequest)], _ evidence: [ProxyEvidence]
    ) async throws(ConfigDumpError) -> [Outcome] {
        guard !batch.isEmpty else { return [] }
        var wanted: [String: [Range<Int>]] = [:]
        for (_, request) in batch { wanted.merge(request.ranges) { $0 + $1 } }
        let parts = try await bundle.parts(of: wanted)
        let whole = await withEndpoints(
            batch.map(\.index).filter { evidence[$0].lacksEndpoints }, evidence)
        let rules = rules
        return await withTaskGroup(of: Outcome.self) { group in
            for (index, _) in batch {
                let proxy = (whole[index] ?? evidence[index]).holding(parts)
                group.addTask {
                    let (report, failures) = proxy.diagnosed(rules)
                    return Outcome(index: index, report: report, failures: failures)
                }
            }
            var results: [Outcome] = []
            for await result in group { results.append(result) }
            return results
        }
    }
}
