internal import Drydock

/// `drydock diff BEFORE.tar.gz AFTER.tar.gz [POD|WORKLOAD]`
struct BundlePairDiff {
    private let options: DiffOptions

    init(_ options: DiffOptions) {
        self.options = options
    }

    func run(
        _ before: String, _ after: String, _ name: String?, _ output: inout DescriptorOutput
    ) async throws(CommandFailure) -> ExitStatus {
        var bundles: [SupportBundle] = []
        for path in [before, after] {
            let bundle = try await BundleInput.bundle(path)
            if let failure = BundleInput.nothingRecognized(bundle) { throw failure }
            BundleInput.warnOfUnreadable(bundle)
            bundles.append(bundle)
        }
        do throws(ConfigDumpError) {
            if let name { return try await compare(name, bundles[0], bundles[1], &output) }
            let difference = try await MeshDifference(from: bundles[0], to: bundles[1])
            if !options.isQuiet {
                switch options.output {
                case .json: MeshDifferenceJSON().write(difference, to: &output)
                default: MeshDifferenceText(style: options.style).write(difference, to: &output)
                }
            }
            return difference.isEmpty ? .same : .different
        } catch {
            throw CommandFailure(error)
        }
    }

    /// One proxy in both bundles, by its name, or the first of its workload in each.
    private func compare(
        _ name: String, _ before: SupportBundle, _ after: SupportBundle,
        _ output: inout DescriptorOutput
    ) async throws(ConfigDumpError) -> ExitStatus {
        let (old, new) = (try dump(name, before), try dump(name, after))
        let from = try await before.whole([old.dump])[0]
        let to = try await after.whole([new.dump])[0]
        let labels =
            old.name == new.name
            ? Comparison.Labels(from: "before", to: "after")
            : Comparison.Labels(from: old.name, to: new.name)
        let comparison = try Comparison(
            from: from, to: to, options: options.comparison(of: from, to),
            labels: options.labels(instead: labels))
        try DiffCommand.write(comparison, options, &output)
        return comparison.isMatch ? .same : .different
    }

    private func dump(
        _ name: String, _ bundle: SupportBundle
    ) throws(ConfigDumpError) -> (name: String, dump: ConfigDump) {
        let ofWorkload = bundle.proxies.first { $0.node?.workload == name && $0.dump != nil }
        let proxy: ProxyCapture
        if bundle.proxies(named: name).isEmpty, let ofWorkload {
            proxy = ofWorkload
        } else {
            proxy = try bundle.proxy(named: name)
        }
        if let error = proxy.dumpError { throw error }
        guard let dump = proxy.dump else {
            throw ConfigDumpError(
                .notADump, "the bundle holds no dump of \(proxy.displayName)",
                source: bundle.source)
        }
        return (proxy.displayName, dump)
    }
}
