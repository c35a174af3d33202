internal import EnvoyConfig

extension Note {
    /// The note as the reports' JSON has it.
    public var reportValue: ReportValue {
        var members: ReportObject = [
            "kind": .string(kind.rawValue), "source": .string(source.rawValue),
            "text": .string(text),
        ]
        members.append(
            "resource",
            resource.map { ["kind": .string($0.kind.rawValue), "name": .string($0.name)] })
        members.append("object", object?.reportValue)
        if !candidates.isEmpty {
            members.append("candidates", .list(candidates.map(\.reportValue)))
        }
        return .object(members)
    }
}

extension Note.Object {
    /// The reference as the reports' JSON has it.
    package var reportValue: ReportValue {
        ["kind": .string(kind), "namespace": .string(namespace), "name": .string(name)]
    }
}
