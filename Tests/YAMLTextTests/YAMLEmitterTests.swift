import EnvoyConfig
import Testing
import YAMLText

@Suite("YAML")
struct YAMLEmitterTests {
    static func member(_ key: String, _ value: CanonicalValue) -> CanonicalValue {
        .object([CanonicalValue.Member(key: key, value: value)])
    }

    @Test(
        "A string that would read back as another type stands in double quotes",
        arguments: [
            "8081", "-1", "0x1F", "0b11", "1_000", "1e3", "0.5", ".5", ".inf", "true", "Off", "y",
            "null", "~", "2026-11-23", "2026-11-23T18:15:15.622Z", "10:30", "0o17", "",
        ])
    func quoted(text: String) throws {
        #expect(try CanonicalValue.string(text).yaml() == "\"\(text)\"\n")
    }

    @Test(
        "A string that reads back as one stands plainly",
        arguments: [
            "10s", "1.40.0", "v2", "10.96.0.10", "TLSv1_3", "1.", "0x", "9080/tcp",
            "outbound|80||a.b",
            "2026-11", "Yess", "e3", "10:99", "/*",
            "a:b",
        ])
    func plain(text: String) throws {
        #expect(try CanonicalValue.string(text).yaml() == "\(text)\n")
    }

    @Test(
        "A string that no plain scalar holds stands in single quotes, with controls in double ones")
    func indicators() throws {
        #expect(try CanonicalValue.string("*").yaml() == "'*'\n")
        #expect(try CanonicalValue.string("@type").yaml() == "'@type'\n")
        #expect(try CanonicalValue.string("a\tb\u{1}").yaml() == "\"a\\tb\\x01\"\n")
    }

    @Test("Text of several lines is a literal block")
    func literalBlock() throws {
        let value = YAMLEmitterTests.member("format", .string("one\ntwo\n"))
        #expect(try value.yaml() == "format: |\n  one\n  two\n")
    }

    @Test("Keys are sorted: letters behind everything else, digits by their number")
    func keyOrder() throws {
        let keys = [
            "port_10", "port_2", "PODS", "POD_NAME", "name", "@type", "Name", "a", "a.b", "a1",
        ]
        let value = CanonicalValue.object(
            keys.map { CanonicalValue.Member(key: $0, value: .literal("1")) })
        let printed = try value.yaml().split(separator: "\n").map { $0.prefix { $0 != ":" } }
        #expect(
            printed.map(String.init) == [
                "'@type'", "Name", "POD_NAME", "PODS", "a", "a.b", "a1", "name", "port_2",
                "port_10",
            ])
    }

    @Test("Lists are not indented, empty ones stand in brackets")
    func lists() throws {
        let value = YAMLEmitterTests.member(
            "domains",
            .list([.string("a"), YAMLEmitterTests.member("b", .list([])), .object([])]))
        #expect(try value.yaml() == "domains:\n- a\n- b: []\n- {}\n")
    }

    @Test("A list written element by element is the same text as the list at once")
    func streamed() throws {
        let elements = (0..<500).map {
            YAMLEmitterTests.member("name", .string("outbound|\($0)||reviews.default"))
        }
        let emitter = try YAMLEmitter()
        var text: [UInt8] = []
        try emitter.beginList()
        for element in elements {
            try emitter.append(element)
            text += emitter.takeText()
        }
        try emitter.endList()
        text += try emitter.finish()
        #expect(try CanonicalValue.list(elements).yaml() == String(decoding: text, as: UTF8.self))
    }

    @Test("A document without a value is refused")
    func empty() throws {
        let emitter = try YAMLEmitter()
        #expect(throws: YAMLError.self) { try emitter.finish() }
    }
}
