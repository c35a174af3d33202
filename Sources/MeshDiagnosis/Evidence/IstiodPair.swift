internal import DrydockDiff
internal import SupportBundles

/// Two Istiods side by side.
///
/// What always differs is not looked at: the order of the services, push statuses, who is connected.
struct IstiodPair {
    private let first: IstiodCapture
    private let second: IstiodCapture
    /// The objects of the configuration, the services, and the endpoints of the services that both
    /// know.
    private let objects: SetDelta<IstiodConfiguration.Key>
    private let services: SetDelta<ServiceRegistry.Key>
    private let endpoints: SetDelta<ServiceRegistry.Key>

    init(_ first: IstiodCapture, _ second: IstiodCapture) {
        self.first = first
        self.second = second
        if let old = first.configuration?.objects, let new = second.configuration?.objects {
            objects = SetDelta(old.mapValues(\.spec), new.mapValues(\.spec))
        } else {
            objects = SetDelta()
        }
        if let old = first.registry.services, let new = second.registry.services {
            services = SetDelta(old, new)
        } else {
            services = SetDelta()
        }
        endpoints = IstiodPair.endpoints(first.registry, second.registry)
    }

    private static func endpoints(
        _ first: ServiceRegistry, _ second: ServiceRegistry
    ) -> SetDelta<ServiceRegistry.Key> {
        guard let old = first.endpoints, let new = second.endpoints else { return SetDelta() }
        let known: Set<ServiceRegistry.Key> =
            if let one = first.services, let other = second.services {
                Set(one.keys).intersection(other.keys)
            } else {
                Set(old.keys).union(new.keys)
            }
        func found(
            _ endpoints: [ServiceRegistry.Key: Set<ServiceRegistry.Endpoint>]
        ) -> [ServiceRegistry.Key: Set<ServiceRegistry.Endpoint>] {
            endpoints.filter { known.contains($0.key) && !$0.value.isEmpty }
        }
        return SetDelta(found(old), found(new))
    }

    /// What differs, in words, as the second has it; nothing where they agree.
    var differences: [String] {
        var texts: [String] = []
        texts += objects.texts {
            "\($0.kind) \($0.namespace.isEmpty ? "" : "\($0.namespace)/")\($0.name)"
        }
        texts += services.texts { "the service \($0.hostname)" }
        if hasNoEndpoints(second) {
            texts.append("has no endpoint of any service")
        } else {
            texts += endpoints.texts { "endpoints of \($0.hostname)" }
        }
        return texts
    }

    /// `istiod-b is behind istiod-a: lacks …`
    func text(isDecided: Bool) -> String {
        let verdict = isDecided ? "is behind" : "does not agree with"
        var text =
            "\(second.pod) \(verdict) \(first.pod): it \(differences.joined(separator: "; "))"
        if isDecided, let old = second.pushTime, let new = first.pushTime, old < new {
            text +=
                "; its last push was \(Int(new.seconds(since: old).rounded())) s before the other's"
        }
        return text
    }

    /// The pod that is behind: without any endpoint; the lower generation or resource version; the
    /// older last push, where configuration differs; else the strict subset. Nil if nothing tells.
    var behind: String? {
        if hasNoEndpoints(first) != hasNoEndpoints(second) {
            return hasNoEndpoints(first) ? first.pod : second.pod
        }
        if !objects.isEmpty {
            if let pod = behindByVersion { return pod }
            if let old = first.pushTime, let new = second.pushTime, old != new {
                return old < new ? first.pod : second.pod
            }
        }
        for order in [objects.subset, services.subset, endpointSubset] {
            switch order {
            case .first: return first.pod
            case .second: return second.pod
            case nil: continue
            }
        }
        return nil
    }

    private func hasNoEndpoints(_ istiod: IstiodCapture) -> Bool {
        let other = istiod.pod == first.pod ? second : first
        guard let own = istiod.registry.endpoints, let others = other.registry.endpoints else {
            return false
        }
        return own.values.allSatisfy(\.isEmpty) && !others.values.allSatisfy(\.isEmpty)
    }

    /// Kubernetes numbers the versions of an object.
    private var behindByVersion: String? {
        var behind: Set<String> = []
        for key in objects.changed {
            guard let one = first.configuration?.objects[key],
                let other = second.configuration?.objects[key]
            else { continue }
            for (old, new) in [
                (one.generation, other.generation), (one.resourceVersion, other.resourceVersion),
            ] {
                guard let old, let new, old != new else { continue }
                behind.insert(old < new ? first.pod : second.pod)
                break
            }
        }
        return behind.count == 1 ? behind.first : nil
    }

    /// Whose endpoints are a strict subset of the other's.
    private var endpointSubset: PairSide? {
        guard !endpoints.isEmpty else { return nil }
        let (old, new) = (first.registry.endpoints ?? [:], second.registry.endpoints ?? [:])
        let keys = endpoints.onlyFirst + endpoints.onlySecond + endpoints.changed
        if keys.allSatisfy({ (old[$0] ?? []).isSubset(of: new[$0] ?? []) }) { return .first }
        if keys.allSatisfy({ (new[$0] ?? []).isSubset(of: old[$0] ?? []) }) { return .second }
        return nil
    }
}

extension IstiodCapture {
    /// When it last pushed something, by its log and by what it sent to its proxies.
    var pushTime: CaptureTime? {
        let sent = (syncStatus?.proxies ?? []).flatMap(\.types.values)
            .compactMap { $0.sentTime.flatMap { CaptureTime($0) } }
        return (sent + [lastPush].compactMap { $0 }).max()
    }
}
