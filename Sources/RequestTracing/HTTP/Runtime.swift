internal import EnvoyConfig
internal import EnvoyResources

/// Envoy's runtime as far as a dump shows it: the layers of the bootstrap that stand in it. What is
/// set over the admin port or over RTDS is not known.
struct Runtime: Sendable {
    private var values: [String: String] = [:]
    /// Whether the dump has a bootstrap that tells. Istiod's has none.
    let isKnown: Bool

    init(_ bootstrap: Bootstrap?) {
        isKnown = bootstrap?.node != nil
        // A later layer overrides an earlier one.
        for layer in bootstrap?.value["layeredRuntime"]?["layers"]?.elements ?? [] {
            for member in layer["staticLayer"]?.members ?? [] {
                switch member.value {
                case .literal(let text), .string(let text): values[member.key] = text
                default: continue
                }
            }
        }
    }

    /// A flag of Envoy's, such as `envoy.reloadable_features.x`; nil if no layer sets it.
    func flag(_ key: String) -> Bool? {
        values[key].flatMap { Bool($0) }
    }

    /// The share of requests, 0 to 1, that a `RuntimeFractionalPercent` stands for, and its key.
    func share(of fraction: CanonicalValue) -> (share: Double, key: String?) {
        let key = fraction.text("runtimeKey").flatMap { $0.isEmpty ? nil : $0 }
        // A number in the runtime is a percentage.
        if let key, let text = values[key], let percent = Double(text), !percent.isNaN {
            return (min(max(percent / 100, 0), 1), key)
        }
        return (Runtime.share(fraction["defaultValue"]), key)
    }

    /// The share that a `FractionalPercent` stands for; absent means none.
    static func share(_ percent: CanonicalValue?) -> Double {
        let numerator = Double(percent?.integer("numerator") ?? 0)
        let denominator: Double =
            switch percent?.text("denominator") {
            case "TEN_THOUSAND": 10_000
            case "MILLION": 1_000_000
            default: 100
            }
        return min(max(numerator / denominator, 0), 1)
    }

    /// Whether what a fraction governs happens: for all requests, for none, or for some.
    func verdict(of fraction: CanonicalValue, what: String) -> Verdict {
        let (share, key) = share(of: fraction)
        let source = key.map { " (runtime key \($0))" } ?? ""
        if share >= 1 { return .holds }
        if share <= 0 { return .fails("\(what) for no request\(source)") }
        return .undecided("\(what) for \(Runtime.percent(share)) of the requests\(source)")
    }

    /// `12.5 %`; a share is a number from 0 to 1.
    static func percent(_ share: Double) -> String {
        let share = share.isNaN ? 0 : min(max(share, 0), 1)
        let thousandths = Int((share * 100_000).rounded())
        var text = String(thousandths / 1000)
        if thousandths % 1000 != 0 {
            var fraction = String(thousandths % 1000 + 1000).dropFirst()
            while fraction.hasSuffix("0") { fraction = fraction.dropLast() }
            text += ".\(fraction)"
        }
        return "\(text) %"
    }
}
