internal import StrictJSON

/// Reads entries of a capture again, whole.
package final class CapturedEntryReader {
    private let capture: AdminCapture
    private var reader = BodyReader()

    package init(_ capture: AdminCapture) {
        self.capture = capture
    }

    /// The message of an entry, in canonical form, lists in the dump's order.
    package func entry(at place: CapturedPlace) throws(ConfigDumpError) -> CanonicalValue {
        let bytes = try capture.bytes(in: place.range)
        if place.kind == .clusterStatus, bytes.first != UInt8(ascii: "{") {
            return ClusterText.statuses(bytes).first?.value ?? .object([])
        }
        guard let list = CaptureList.under(place.listKey),
            let layout = reader.schema.message(named: list.typeName)
        else { return .object([]) }
        return try read(bytes, BodyReader.Request(purpose: .message(layout)))
    }

    /// The resource of an entry.
    package func resource(
        at place: CapturedPlace
    ) throws(ConfigDumpError) -> CanonicalValue {
        guard let kind = place.kind.resourceKind, kind != .bootstrap else {
            return try entry(at: place)
        }
        guard !place.body.isEmpty else { return .object([]) }
        return try read(
            try capture.bytes(in: place.body),
            BodyReader.Request(
                purpose: kind.purpose(schema: reader.schema).asDumped,
                untyped: kind.untypedLayout(schema: reader.schema)))
    }

    private func read(
        _ bytes: [UInt8], _ request: BodyReader.Request
    ) throws(ConfigDumpError) -> CanonicalValue {
        do throws(JSONError) {
            return try reader.read(
                bytes, request, limits: capture.limits, source: capture.source
            ).value.withoutType
        } catch  where error.code != .refused {
            // It was read once, and is another text by now.
            throw capture.changed
        } catch {
            throw ConfigDumpError(error)
        }
    }
}

extension CanonicalValue {
    /// An object without its `@type`.
    package var withoutType: CanonicalValue {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.key != "@type" })
    }
}
