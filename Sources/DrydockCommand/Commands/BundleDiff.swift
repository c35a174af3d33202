internal import Drydock

/// `drydock diff BUNDLE POD.NAMESPACE [OTHER.NAMESPACE]`
struct BundleDiff {
    private let options: DiffOptions

    init(_ options: DiffOptions) {
        self.options = options
    }

    func run(
        _ path: String, _ name: String, _ other: String?, _ output: inout DescriptorOutput
    ) async throws(CommandFailure) -> ExitStatus {
        let bundle: SupportBundle
        do throws(ConfigDumpError) {
            bundle = try await SupportBundle.reading(path)
        } catch {
            throw CommandFailure(error)
        }
        if let failure = BundleInput.nothingRecognized(bundle) { throw failure }
        let proxy = try await readable(name, bundle)
        let istiodDump = bundle.proxies(named: proxy).first.flatMap {
            bundle.istiodIndex(of: $0.name)?.dump
        }
        do throws(ConfigDumpError) {
            let comparison: Comparison?
            if let other {
                let second = try result(other, bundle).get()
                comparison = try await compare(proxy, second, bundle)
            } else if istiodDump != nil {
                comparison = try await BundleComparison(bundle).compareWithIstiod(
                    proxy, options: options.comparison, labels: options.labels)
            } else if let replica = try await healthyReplica(of: proxy, bundle) {
                comparison = try await compare(replica, proxy, bundle)
            } else {
                throw ConfigDumpError(
                    .notFound,
                    "the bundle has neither Istiod's dump of \(proxy) nor one of a healthy replica",
                    source: path)
            }
            guard let comparison else {
                throw ConfigDumpError(
                    .notFound, "the bundle has no dump of one of the proxies", source: path)
            }
            try DiffCommand.write(comparison, options, &output)
            return comparison.isMatch ? .same : .different
        } catch {
            throw CommandFailure(error)
        }
    }

    private func compare(
        _ from: String, _ to: String, _ bundle: SupportBundle
    ) async throws(ConfigDumpError) -> Comparison? {
        let labels = options.labels(instead: Comparison.Labels(from: from, to: to))
        return try await BundleComparison(bundle).compare(
            from, with: to, options: options.comparison, labels: labels)
    }

    /// The first healthy proxy of the same workload.
    private func healthyReplica(
        of name: String, _ bundle: SupportBundle
    ) async throws(ConfigDumpError) -> String? {
        let report = try await BundleDiagnosis(bundle).report()
        guard let proxy = report[name], let workload = proxy.workload else { return nil }
        return report.proxies.first {
            $0.name != proxy.name && $0.workload == workload && $0.namespace == proxy.namespace
                && $0.isHealthy && $0.dump?.isReadable ?? false
        }?.name
    }

    // MARK: - The proxies

    /// The full name of a proxy whose dump can be read.
    private func readable(
        _ name: String, _ bundle: SupportBundle
    ) async throws(CommandFailure) -> String {
        do throws(ConfigDumpError) {
            return try result(name, bundle).get()
        } catch {
            var failure = CommandFailure(error)
            if let proxy = bundle.proxies.first(where: { $0.dumpEntry == error.source }) {
                let notes = try? await BundleComparison(bundle).notes(on: error, of: proxy.name)
                failure.notes = notes ?? []
            }
            throw failure
        }
    }

    private func result(
        _ name: String, _ bundle: SupportBundle
    ) -> Result<String, ConfigDumpError> {
        let proxy: ProxyCapture
        do throws(ConfigDumpError) {
            proxy = try bundle.proxy(named: name)
        } catch {
            return .failure(error)
        }
        if let error = proxy.dumpError { return .failure(error) }
        guard proxy.dump != nil else {
            return .failure(
                ConfigDumpError(
                    .notFound, "the bundle holds no dump of \(proxy.displayName)",
                    source: bundle.source))
        }
        return .success(proxy.displayName)
    }
}
