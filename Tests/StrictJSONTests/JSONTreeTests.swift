import StrictJSON
import Testing

/// Small documents as trees.
@Suite struct JSONTreeTests {
    private func tree(_ text: String) throws -> JSONValue {
        try JSONTreeBuilder.value(of: Array(text.utf8), source: "test")
    }

    @Test("A document becomes the tree of its values")
    func values() throws {
        let value = try tree(
            #"{"a": [null, true, false, -1.50e3, "x\u00e9"], "b": {"c": {}}, "d": []}"#)
        let list: [JSONValue] = [
            .null, .boolean(true), .boolean(false), .number("-1.50e3"), .string("x\u{E9}"),
        ]
        #expect(
            value == .object(["a": .list(list), "b": .object(["c": .object([:])]), "d": .list([])]))
        #expect(try tree("7") == .number("7"))
        #expect(try tree("null") == .null)
    }

    @Test("Each accessor answers for its own kind alone")
    func accessors() throws {
        let value = try tree(#"{"snake_case": 1, "camelCase": "2", "list": ["x"], "no": 1.0}"#)
        #expect(value["snake_case"] == .number("1"))
        #expect(value["snake_case", "snakeCase"] == .number("1"))
        #expect(value["camel_case", "camelCase"] == .string("2"))
        #expect(value["neither", "either"] == nil)
        #expect(value["snake_case"]?.integer == 1)
        #expect(value["camelCase"]?.integer == 2)
        #expect(value["no"]?.integer == nil)
        #expect(value["list"]?.integer == nil)
        #expect(value["camelCase"]?.string == "2")
        #expect(value["snake_case"]?.string == nil)
        #expect(value["list"]?.list == [.string("x")])
        #expect(value["camelCase"]?.list == nil)
        #expect(value["list"]?["x"] == nil)
        #expect(value.members.keys.sorted() == ["camelCase", "list", "no", "snake_case"])
        #expect(JSONValue.list([]).members.isEmpty)
    }

    @Test("A key that comes twice in one object is refused where it stands")
    func twice() throws {
        let error = #expect(throws: JSONError.self) {
            try tree(#"{"a": {"b": 1}, "b": 1, "a": 2}"#)
        }
        #expect(error?.code == .refused)
        #expect(error?.message.contains("the key a comes twice in one object") == true)
        #expect(error?.offset == 26)
    }

    @Test(
        "What is open where a document is cut off counts as closed",
        arguments: [
            // A number that nothing ends may go on.
            (#"{"a": [1, {"b": 2"#, #"{"a": [1, {}]}"#), (#"{"a": 1, "b"#, #"{"a": 1}"#),
            ("[[1], [", "[[1], []]"), (#"{"a": "x" ]"#, #"{"a": "x"}"#), ("[1, tru", "[1]"),
            ("{", "{}"),
        ])
    func beginning(_ text: String, _ whole: String) throws {
        #expect(try JSONTreeBuilder.beginning(of: Array(text.utf8)) == tree(whole))
    }

    @Test("Of nothing there is no tree")
    func nothing() {
        #expect(JSONTreeBuilder.beginning(of: []) == nil)
        #expect(JSONTreeBuilder.beginning(of: Array("x".utf8)) == nil)
    }

    /// The elements that a builder hands over, and how the parse ended.
    private func elements(
        _ text: String
    ) throws -> (elements: [String], error: JSONError?) {
        final class Found {
            var elements: [String] = []
        }
        let found = Found()
        let builder = JSONTreeBuilder { key, value in
            var text: [UInt8] = []
            value.appendSorted(to: &text)
            found.elements.append("\(key ?? "-")=\(String(decoding: text, as: UTF8.self))")
        }
        var parser = try _EventParser(handler: builder)
        do throws(JSONError) {
            try Array(text.utf8).withBytes { (bytes) throws(JSONError) in try parser.parse(bytes) }
            try parser.finish()
        } catch {
            return (found.elements, error)
        }
        return (found.elements, nil)
    }

    @Test(
        "The elements of a list, or the members of an object, are handed over one by one",
        arguments: [
            ("[1, [2], {\"a\": [3]}]", ["-=1", "-=[2,]", "-={1\"a:[3,],}"]),
            (#"{"a": 1, "b": {"a": null}}"#, ["a=1", "b={1\"a:null,}"]), ("[]", []), ("{}", []),
            // How Go prints an empty list.
            ("null", []),
        ])
    func elements(_ text: String, _ expected: [String]) throws {
        let found = try elements(text)
        #expect(found.elements == expected)
        #expect(found.error == nil)
    }

    @Test("Anything else has no elements", arguments: ["1", "true", "\"[]\""])
    func noElements(_ text: String) throws {
        let found = try elements(text)
        #expect(found.elements.isEmpty)
        #expect(found.error?.code == .refused)
    }

    @Test("Values that differ have different texts, whatever the order of their members")
    func sorted() throws {
        func text(_ json: String) throws -> [UInt8] {
            var text: [UInt8] = []
            try tree(json).appendSorted(to: &text)
            return text
        }
        let documents = [
            #"{"a": 1, "b": 2}"#, #"{"a": 1, "b": "2"}"#, #"{"a": [1, 2]}"#, #"{"a": [[1], 2]}"#,
            #"{"a": [1, [2]]}"#, "[true]", "[false]", "[null]", #"["null"]"#, #"["a", "b"]"#,
            #"["a\",1\"b"]"#, "[]", "{}", #"{"a": {}}"#, #"{"a": []}"#,
        ]
        #expect(Set(try documents.map(text)).count == documents.count)
        #expect(try text(#"{"b": 2, "a": 1}"#) == text(#"{"a": 1, "b": 2}"#))
    }

    @Test(
        "Nesting may be limited up to what a thread's stack carries",
        arguments: [(0, 0), (512, 512), (2048, 2048), (2049, 2048), (Int.max, 2048)])
    func depth(_ asked: Int, _ given: Int) {
        #expect(JSONLimits(depth: asked).depth == given)
        var limits = JSONLimits()
        limits.depth = asked
        #expect(limits.depth == given)
    }
}
