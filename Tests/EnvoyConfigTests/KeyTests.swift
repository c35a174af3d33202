import CorpusSupport
import EnvoyConfig
import Testing

/// Keys that come twice, names of fields, and texts by their bytes.
@Suite struct KeyTests {
    /// A Struct, or a map of Structs, with these keys is read or refused.
    private func isReadable(_ keys: [String]) throws -> (inStruct: Bool, inMap: Bool) {
        func isReadable(_ value: String) throws -> Bool {
            try ConfigDump(bytes: CanonicalTextTests.dump(option: value)).defects.isEmpty
        }
        let numbers = keys.map { "\"\($0)\": 1" }.joined(separator: ", ")
        let structs = keys.map { "\"\($0)\": {}" }.joined(separator: ", ")
        return (
            try isReadable(#"{"@type": "t/google.protobuf.Struct", "value": {\#(numbers)}}"#),
            try isReadable(
                """
                {"@type": "t/envoy.config.core.v3.Metadata", "filter_metadata": {\(structs)}}
                """)
        )
    }

    @Test(
        "A key that comes twice is found among any number of others",
        arguments: [1, 2, 31, 32, 33, 34, 35, 63, 64, 65, 66, 129, 200])
    func twice(_ count: Int) throws {
        let keys = (0..<count).map { "key-\($0)" }
        #expect(try isReadable(keys) == (true, true))
        for place in Set([0, count / 2, count - 1]) {
            #expect(try isReadable(keys + [keys[place]]) == (false, false))
            #expect(try isReadable([keys[place]] + keys) == (false, false))
        }
    }

    @Test("The same key in another object is another key")
    func nested() throws {
        let inner = (0..<40).map { "\"k\($0)\": 1" }.joined(separator: ", ")
        let outer = (0..<40).map { "\"k\($0)\": {\(inner)}" }.joined(separator: ", ")
        func defects(_ members: String) throws -> Int {
            let value = #"{"@type": "t/google.protobuf.Struct", "value": {\#(members)}}"#
            return try ConfigDump(bytes: CanonicalTextTests.dump(option: value)).defects.count
        }
        #expect(try defects(outer) == 0)
        #expect(try defects("\(outer), \"k0\": 1") == 1)
        #expect(try defects("\(outer), \"x\": {\(inner), \"k39\": 1}") == 1)
        // An empty key is a key.
        #expect(try defects(#""": 1, "a": {"": 1}"#) == 0)
        #expect(try defects(#""": 1, "a": 1, "": 1"#) == 1)
    }

    @Test("Keys of any length stand in the order of their bytes")
    func long() throws {
        let lengths = [1, 2, 255, 256, 257, 1000]
        let keys =
            lengths.map { String(repeating: "b", count: $0) } + ["a", "\u{E9}", "B", "b\u{0}"]
        let members = keys.map { "\"\($0.replacing("\u{0}", with: #"\u0000"#))\": {\"x\": 1}" }
        let dump = try ConfigDump(
            bytes: CanonicalTextTests.dump(
                option:
                    #"{"@type": "t/google.protobuf.Struct", "value": {\#(members.joined(separator: ","))}}"#
            ))
        let resource = try #require(dump.compared(.clusters).first)
        let option = try dump.canonicalValue(of: resource)["typedExtensionProtocolOptions"]?["o"]
        guard case .object(let found) = option?["value"] else {
            Issue.record("no Struct")
            return
        }
        let b = lengths.map { String(repeating: "b", count: $0) }
        #expect(found.map(\.key) == ["B", "a", "b", "b\u{0}"] + b.dropFirst() + ["\u{E9}"])
    }

    @Test(
        "A name in lowerCamelCase, as protobuf makes it",
        arguments: [
            ("name", "name"), ("connect_timeout", "connectTimeout"), ("a_b_c", "aBC"),
            ("_a", "A"), ("a_", "a"), ("a__b", "aB"), ("a_1b", "a1b"), ("a_B", "aB"), ("_", ""),
            ("", ""), ("a_z", "aZ"), ("a_a", "aA"), ("a_`", "a`"), ("a_{", "a{"), ("a1_b", "a1B"),
            ("ipv4_compat", "ipv4Compat"),
        ])
    func camel(_ name: String, _ camel: String) {
        #expect(FieldName.lowerCamelCase(Array(name.utf8)) == Array(camel.utf8))
    }

    @Test("Texts that Unicode calls equivalent are not the same")
    func exact() {
        let (one, two) = ("\u{E9}", "e\u{301}")
        #expect(one == two)
        #expect(ExactText(one) == ExactText("\u{E9}"))
        #expect(ExactText(one) != ExactText(two))
        #expect(CanonicalValue.string(one) != .string(two))
        #expect(CanonicalValue.literal("1") != .string("1"))
        #expect(
            CanonicalValue.Member(key: one, value: .list([]))
                != CanonicalValue.Member(key: two, value: .list([])))
        #expect(
            CanonicalValue.Member(key: one, value: .list([]))
                != CanonicalValue.Member(key: one, value: .object([])))
    }

    @Test("Texts stand in the order of their bytes")
    func order() {
        let sorted = [
            "", "A", "AB", "B", "a", "a\u{0}", "ab", "e\u{301}", "\u{E9}", "\u{FFFD}", "\u{1F600}",
        ]
        #expect(sorted.reversed().map(ExactText.init).sorted().map(\.text) == sorted)
        for (index, text) in sorted.enumerated() {
            #expect(!(ExactText(text) < ExactText(text)))
            for other in sorted[..<index] { #expect(!(ExactText(text) < ExactText(other))) }
        }
    }
}
