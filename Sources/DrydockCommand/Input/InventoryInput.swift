internal import Drydock

/// The bundles and dumps that a command line names together.
struct InventoryInput {
    var bundles: [SupportBundle] = []
    var dumps: [ConfigDump] = []

    var inventory: ResourceInventory { ResourceInventory(bundles: bundles, dumps: dumps) }

    /// Reads them.
    init(_ paths: some Sequence<String>, limits: JSONLimits) async throws(CommandFailure) {
        for path in paths {
            if SupportBundle.isBundle(path) {
                let bundle = try await BundleInput.bundle(path)
                if let failure = BundleInput.nothingRecognized(bundle) { throw failure }
                BundleInput.warnOfUnreadable(bundle)
                bundles.append(bundle)
            } else {
                dumps.append(try DumpInput.dump(path, limits: limits))
            }
        }
    }
}
