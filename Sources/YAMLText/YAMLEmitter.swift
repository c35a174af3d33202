internal import CDrydockYaml
public import EnvoyConfig

/// Writes values as one YAML document, through libyaml's emitter.
///
///     - name: "8081"
///       virtualHosts:
///       - domains:
///         - ledger.data.svc.cluster.local
///
/// As istioctl prints it: the keys of every object sorted (see `YAMLKeyOrder`), lists not indented,
/// lines folded at 80 columns, a string in double quotes where it would read back as another type.
///
/// A list may be written element by element, so that a long one is never in memory at once:
///
///     let emitter = try YAMLEmitter()
///     try emitter.beginList()
///     for value in values {
///         try emitter.append(value)
///         output.write(emitter.takeText()[...])
///     }
///     try emitter.endList()
///     output.write(try emitter.finish()[...])
///
/// Not `Sendable`: it holds the C emitter, and is freed with it.
public final class YAMLEmitter {
    private let emitter: UnsafeMutablePointer<yaml_emitter_t>
    private let text: UnsafeMutablePointer<[UInt8]>

    /// Opens a document.
    ///
    /// - Throws: `YAMLError` if there is no memory.
    public init() throws(YAMLError) {
        emitter = .allocate(capacity: 1)
        text = .allocate(capacity: 1)
        text.initialize(to: [])
        guard yaml_emitter_initialize(emitter) == 1 else {
            // What `deinit` deletes must be a valid emitter.
            emitter.initialize(to: yaml_emitter_t())
            throw YAMLError(message: "no memory for YAML")
        }
        yaml_emitter_set_unicode(emitter, 1)
        yaml_emitter_set_output(emitter, { YAMLEmitter.take($0, $1, $2) }, text)
        try emit { yaml_stream_start_event_initialize(&$0, YAML_UTF8_ENCODING) }
        try emit { yaml_document_start_event_initialize(&$0, nil, nil, nil, 1) }
    }

    deinit {
        yaml_emitter_delete(emitter)
        emitter.deallocate()
        text.deinitialize(count: 1)
        text.deallocate()
    }

    /// Appends a value: the document's own, or the next element of an open list.
    ///
    /// - Throws: `YAMLError` if libyaml refuses it.
    /// - Complexity: O(*n* log *m*) in the length of the value and the members of its objects.
    public func append(_ value: CanonicalValue) throws(YAMLError) {
        switch value {
        case .literal(let text):
            try scalar(text, style: YAML_PLAIN_SCALAR_STYLE)
        case .string(let text):
            try string(text)
        case .list(let elements):
            try beginList()
            for element in elements { try append(element) }
            try endList()
        case .object(let members):
            try beginObject()
            for member in members.sorted(by: { YAMLKeyOrder.precedes($0.key, $1.key) }) {
                try string(member.key)
                try append(member.value)
            }
            try endObject()
        }
    }

    /// Opens an object: keys, as strings, and their values are appended in turn. What is appended
    /// part by part stands in the order in which it comes.
    ///
    /// - Throws: `YAMLError` if libyaml refuses it.
    package func beginObject() throws(YAMLError) {
        try emit {
            yaml_mapping_start_event_initialize(&$0, nil, nil, 1, YAML_BLOCK_MAPPING_STYLE)
        }
    }

    /// Closes the object that was opened last.
    ///
    /// - Throws: `YAMLError` if libyaml refuses it.
    package func endObject() throws(YAMLError) {
        try emit { yaml_mapping_end_event_initialize(&$0) }
    }

    /// Opens a list.
    ///
    /// - Throws: `YAMLError` if libyaml refuses it.
    package func beginList() throws(YAMLError) {
        try emit {
            yaml_sequence_start_event_initialize(&$0, nil, nil, 1, YAML_BLOCK_SEQUENCE_STYLE)
        }
    }

    /// Closes the list that was opened last.
    ///
    /// - Throws: `YAMLError` if libyaml refuses it.
    package func endList() throws(YAMLError) {
        try emit { yaml_sequence_end_event_initialize(&$0) }
    }

    /// The text that is done, which the emitter then forgets.
    package func takeText() -> [UInt8] {
        let done = text.pointee
        text.pointee = []
        return done
    }

    /// Ends the document and hands out the rest of its text.
    ///
    /// - Throws: `YAMLError` if a list is open, or no value was appended.
    public func finish() throws(YAMLError) -> [UInt8] {
        try emit { yaml_document_end_event_initialize(&$0, 1) }
        try emit { yaml_stream_end_event_initialize(&$0) }
        return takeText()
    }

    private func string(_ text: String) throws(YAMLError) {
        if text.utf8.contains(UInt8(ascii: "\n")) {
            // Where a literal block cannot hold it, libyaml takes double quotes.
            try scalar(text, style: YAML_LITERAL_SCALAR_STYLE)
        } else if YAMLScalar.readsAsString(text) {
            // Where a plain scalar cannot hold it, libyaml takes quotes, single ones first.
            try scalar(text, style: YAML_PLAIN_SCALAR_STYLE)
        } else {
            try scalar(text, style: YAML_DOUBLE_QUOTED_SCALAR_STYLE)
        }
    }

    private func scalar(_ text: String, style: yaml_scalar_style_t) throws(YAMLError) {
        try emit { event in
            var text = text
            return text.withUTF8 { bytes in
                yaml_scalar_event_initialize(
                    &event, nil, nil, bytes.baseAddress, Int32(clamping: bytes.count), 1, 1, style)
            }
        }
    }

    private func emit(_ make: (inout yaml_event_t) -> CInt) throws(YAMLError) {
        var event = yaml_event_t()
        guard make(&event) == 1 else { throw YAMLError(message: "no memory for YAML") }
        guard yaml_emitter_emit(emitter, &event) == 1 else {
            let reason = emitter.pointee.problem.map { String(cString: $0) } ?? "no memory"
            throw YAMLError(message: "YAML cannot be written: \(reason)")
        }
    }

    private static func take(
        _ context: UnsafeMutableRawPointer?, _ bytes: UnsafeMutablePointer<UInt8>?, _ count: Int
    ) -> CInt {
        context?.assumingMemoryBound(to: [UInt8].self).pointee.append(
            contentsOf: UnsafeBufferPointer(start: bytes, count: count))
        return 1
    }
}

extension CanonicalValue {
    /// The value as a YAML document; see `YAMLEmitter`.
    ///
    /// - Throws: `YAMLError` if libyaml refuses it.
    public func yaml() throws(YAMLError) -> String {
        let emitter = try YAMLEmitter()
        try emitter.append(self)
        return String(decoding: try emitter.finish(), as: UTF8.self)
    }
}

/// Why a value could not be written as YAML: no memory, in practice.
public struct YAMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public var message: String

    /// What is wrong.
    public var description: String { message }
}
