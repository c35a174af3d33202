import CorpusSupport
import EnvoyConfig
import Foundation
import Testing

/// The generated table against facts that were read off a protobuf registry, and the known traps.
@Suite struct SchemaTableTests {
    struct Registry: Decodable {
        struct Message: Decodable {
            var message: String
            var fields: [Field]
        }

        struct Field: Decodable {
            var name: String
            var jsonName: String
            var kind: String
            var type: String?
            var cardinality: String?
            var mapKey: String?
            var oneof: String?
            var presence: Bool?
            var sensitive: Bool?
        }

        struct Enumeration: Decodable {
            struct Value: Decodable {
                var name: String
                var number: Int32
            }

            var `enum`: String
            var values: [Value]
        }

        var messages: [Message]
        var enums: [Enumeration]

        static func read(_ name: String) throws -> Registry {
            let file = Corpus.file("schema/\(name)")
            let bytes =
                name.hasSuffix(".xz") ? try Corpus.unpacked(file) : try Corpus.bytes(of: file)
            return try JSONDecoder().decode(Registry.self, from: Data(bytes))
        }
    }

    private let schema = EnvoySchema()

    @Test(
        "Each message has the registry's fields, in the same order and with the same shape",
        arguments: ["registry.json.xz", "extra.json"])
    func registry(_ name: String) throws {
        let registry = try Registry.read(name)
        #expect(registry.messages.count > 100)
        for message in registry.messages {
            let layout = try #require(schema.message(named: message.message), "\(message.message)")
            // A well-known type has a form of its own and is not read by its fields.
            guard layout.pointee.form == .plain || layout.pointee.form == .typedStruct else {
                continue
            }
            var last = -1
            for expected in message.fields {
                let what: Comment = "\(message.message).\(expected.name)"
                let field = try #require(find(expected.name, in: layout), what)
                #expect(find(expected.jsonName, in: layout) == field, what)
                #expect(Int(field.pointee.ordinal) > last, what)
                last = Int(field.pointee.ordinal)
                check(field.pointee, expected, what)
            }
        }
    }

    private func check(_ field: FieldLayout, _ expected: Registry.Field, _ what: Comment) {
        #expect(text(field.name) == expected.name, what)
        #expect(text(field.jsonName) == expected.jsonName, what)
        #expect("\(field.cardinality)" == expected.cardinality ?? "singular", what)
        let kind = expected.kind == "enum" ? "enumeration" : expected.kind
        #expect("\(field.kind)" == kind, what)
        if let key = expected.mapKey { #expect("\(field.mapKeyKind)" == key, what) }
        #expect(field.isSensitive == expected.sensitive ?? false, what)
        let isSingular = expected.cardinality == nil
        let hasPresence =
            isSingular
            && (expected.kind == "message" || expected.oneof != nil || expected.presence == true)
        #expect(field.hasPresence == hasPresence, what)
        let isOneof = expected.oneof != nil
        #expect((field.oneof >= 0) == isOneof, what)
        if field.kind == .message, let type = expected.type {
            let layout = schema.message(at: Int(field.typeIndex))
            #expect(text(layout.pointee.name) == type, what)
        }
    }

    @Test("Each enum has the registry's values")
    func enums() throws {
        let registry = try Registry.read("registry.json.xz")
        // An enum has no name in the table: it is found through a field.
        var indexes: [String: Int32] = [:]
        for message in registry.messages {
            guard let layout = schema.message(named: message.message) else { continue }
            for field in message.fields where field.kind == "enum" {
                guard let type = field.type, let found = find(field.name, in: layout) else {
                    continue
                }
                indexes[type] = found.pointee.typeIndex
            }
        }
        var checked = 0
        for enumeration in registry.enums {
            guard let index = indexes[enumeration.enum] else { continue }
            let layout = schema.enumeration(at: Int(index))
            #expect(
                layout.pointee.firstNumber == enumeration.values.first?.number,
                "\(enumeration.enum)")
            for value in enumeration.values {
                let found = Array(value.name.utf8).withUnsafeBufferPointer { bytes in
                    bytes.baseAddress.flatMap {
                        layout.pointee.value($0, bytes.count)?.pointee.number
                    }
                }
                #expect(found == value.number, "\(enumeration.enum).\(value.name)")
                #expect(layout.pointee.name(forNumber: value.number) != nil, "\(enumeration.enum)")
            }
            checked += 1
        }
        #expect(checked > 120)
    }

    @Test("JSON names whose way back cannot be derived are found in both spellings")
    func underivableNames() throws {
        let outlier = try #require(
            schema.message(named: "envoy.config.cluster.v3.OutlierDetection"))
        let field = try #require(find("consecutive_5xx", in: outlier))
        #expect(text(field.pointee.jsonName) == "consecutive5xx")
        #expect(find("consecutive5xx", in: outlier) == field)
    }

    @Test("Fields stand in the order of their declaration, not of their numbers")
    func declarationOrder() throws {
        let cluster = try #require(schema.message(named: "envoy.config.cluster.v3.Cluster"))
        let names = cluster.pointee.fields.prefix(3).map { text($0.name) }
        #expect(names == ["transport_socket_matches", "transport_socket_matcher", "name"])
    }

    @Test("Maps, Structs, oneofs and wrappers are told apart")
    func shapes() throws {
        let cluster = try #require(schema.message(named: "envoy.config.cluster.v3.Cluster"))
        let options = try #require(find("typed_extension_protocol_options", in: cluster))
        #expect(options.pointee.cardinality == .map && options.pointee.form == .any)
        let metadata = try #require(schema.message(named: "envoy.config.core.v3.Metadata"))
        let filters = try #require(find("filter_metadata", in: metadata))
        #expect(filters.pointee.cardinality == .map && filters.pointee.form == .structure)
        let type = try #require(find("type", in: cluster))
        #expect(type.pointee.hasPresence && type.pointee.oneof >= 0)
        let custom = try #require(find("cluster_type", in: cluster))
        #expect(custom.pointee.oneof == type.pointee.oneof)
        let policy = try #require(find("lb_policy", in: cluster))
        #expect(!policy.pointee.hasPresence && policy.pointee.oneof < 0)
        let limit = try #require(find("per_connection_buffer_limit_bytes", in: cluster))
        #expect(limit.pointee.form == .uint32Wrapper && limit.pointee.hasPresence)
    }

    @Test("A v2 message reads as its v3 successor, renamed fields included")
    func previousVersions() throws {
        let old = try #require(schema.message(named: "envoy.api.v2.Cluster"))
        let new = try #require(schema.message(named: "envoy.config.cluster.v3.Cluster"))
        #expect(old.pointee.canonicalIndex == new.pointee.index)
        #expect(text(old.pointee.name) == "envoy.config.cluster.v3.Cluster")
        let name = try #require(find("name", in: old))
        let successor = try #require(find("name", in: new))
        #expect(name.pointee.ordinal == successor.pointee.ordinal)
        // v3 dropped it: an unknown field.
        #expect(find("hosts", in: old) == nil)
    }

    @Test("Private keys and their like are marked sensitive")
    func sensitive() throws {
        let certificate = try #require(
            schema.message(named: "envoy.extensions.transport_sockets.tls.v3.TlsCertificate"))
        for name in ["private_key", "password"] {
            #expect(try #require(find(name, in: certificate)).pointee.isSensitive)
        }
        #expect(
            try #require(find("certificate_chain", in: certificate)).pointee.isSensitive == false)
        var count = 0
        for index in 0..<schema.messageCount {
            count += schema.message(at: index).pointee.fields.count { $0.isSensitive }
        }
        #expect(count >= 41)
    }

    @Test("Every message of the table can be decoded, and finds each of its fields")
    func whole() {
        #expect(schema.messageCount > 2500)
        for index in 0..<schema.messageCount {
            let message = schema.message(at: index)
            for (place, field) in message.pointee.fields.enumerated() {
                for key in [field.key, field.jsonKey] {
                    guard let start = key.baseAddress else { continue }
                    let found = message.pointee.field(start, key.count)
                    #expect(
                        found
                            == message.pointee.fields.baseAddress.map { UnsafePointer($0 + place) })
                }
            }
        }
    }

    private func find(
        _ name: String, in layout: UnsafePointer<MessageLayout>
    ) -> UnsafePointer<FieldLayout>? {
        Array(name.utf8).withUnsafeBufferPointer { bytes in
            bytes.baseAddress.flatMap { layout.pointee.field($0, bytes.count) }
        }
    }

    private func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
