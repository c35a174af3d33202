package import Reporting

extension ChangeGroup {
    /// The group as the reports' JSON has it.
    package var reportValue: ReportValue {
        var members: ReportObject = [
            "kind": .string(kind.rawValue), "status": .string(status.rawValue),
            "resources": .strings(resources),
        ]
        if !elements.isEmpty {
            members.append(
                "elements",
                .list(
                    elements.map { ["kind": .string($0.singular), "names": .strings($0.names)] }))
        }
        guard status == .changed else { return .object(members) }
        members.append("fields", .strings(fields))
        members.append("values", .list(values.map(\.reportValue)))
        return .object(members)
    }
}

extension ChangeGroup.Values {
    fileprivate var reportValue: ReportValue {
        var members: ReportObject = [:]
        members.append("from", from.map(ReportValue.resource))
        members.append("to", to.map(ReportValue.resource))
        members.append("count", .int(count))
        return .object(members)
    }
}
