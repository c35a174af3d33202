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
        return .object(members)
    }
}
