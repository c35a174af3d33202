/// A key of a dump outside of its resources, as far as the index knows it.
enum OutlineKey: Int, CaseIterable, Sendable {
    /// Any other key.
    case other
    case configs, bootstrap
    /// `@type`.
    case type
    // Lists of a section.
    case staticClusters, dynamicActiveClusters, dynamicWarmingClusters
    case staticListeners, dynamicListeners
    case dynamicActiveListeners, dynamicWarmingListeners, dynamicDrainingListeners
    case staticRouteConfigs, dynamicRouteConfigs
    case staticEndpointConfigs, dynamicEndpointConfigs
    case ecdsFilters
    case staticSecrets, dynamicActiveSecrets, dynamicWarmingSecrets
    case inlineScopedRouteConfigs, dynamicScopedRouteConfigs
    // Pages of their own.
    case clusterStatuses, certificates, node, version
    // Members of an entry or a state.
    case name, versionInfo, lastUpdated
    case cluster, listener, routeConfig, endpointConfig, ecdsFilter, secret
    case activeState, warmingState, drainingState, errorState
    case clientStatus, scopedRouteConfigs
    // Members of an `error_state`.
    case failedConfiguration, details, lastUpdateAttempt

    /// As it is spelled in lowerCamelCase.
    var name: String { self == .type ? "@type" : "\(self)" }
}

/// Finds a key by its bytes, in either spelling, without making a string of it: every resource has
/// half a dozen of them around it.
final class OutlineKeyTable {
    private struct Slot {
        var bytes: [UInt8] = []
        var key = OutlineKey.other
    }

    private static let mask: UInt64 = 255
    private var slots = Array(repeating: Slot(), count: 256)

    init() {
        for key in OutlineKey.allCases where key != .other {
            let name = Array(key.name.utf8)
            let original = OutlineKeyTable.snakeCase(name)
            insert(name, key)
            if original != name { insert(original, key) }
        }
    }

    private func insert(_ bytes: [UInt8], _ key: OutlineKey) {
        slots[place(of: bytes)] = Slot(bytes: bytes, key: key)
    }

    /// The key's slot, or the empty one where it would stand.
    private func place(of bytes: [UInt8]) -> Int {
        bytes.withUnsafeBufferPointer { place(of: $0) }
    }

    private func place(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let start = bytes.baseAddress else { return 0 }
        var slot = keyHash(start, bytes.count) & OutlineKeyTable.mask
        while true {
            let known = slots[Int(slot)].bytes
            if known.isEmpty || known.withUnsafeBufferPointer({ $0.matches(bytes) }) {
                return Int(slot)
            }
            slot = (slot + 1) & OutlineKeyTable.mask
        }
    }

    subscript(bytes: UnsafeBufferPointer<UInt8>) -> OutlineKey { slots[place(of: bytes)].key }

    private static func snakeCase(_ name: [UInt8]) -> [UInt8] {
        name.flatMap { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                ? [UInt8(ascii: "_"), byte + 32] : [byte]
        }
    }
}
