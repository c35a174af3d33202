import EnvoyConfig
import Reporting
import Testing

@Suite struct ReportValueTests {
    private static let value: ReportValue = [
        "null": .null, "yes": .bool(true), "number": .int(-3), "text": .string("a\n\"b\""),
        "list": .strings(["x"]), "empty": .list([]), "object": [:],
        "resource": .resource(.members([("connectTimeout", .string("10s"))])),
    ]

    @Test("A value as a document: members in their order, indented by four")
    func document() {
        var output = TextBuffer()
        Self.value.write(to: &output)
        #expect(
            output.text == """
                {
                    "null": null,
                    "yes": true,
                    "number": -3,
                    "text": "a\\n\\"b\\"",
                    "list": [
                        "x"
                    ],
                    "empty": [],
                    "object": {},
                    "resource": {
                        "connectTimeout": "10s"
                    }
                }

                """)
    }

    @Test("A value on one line")
    func line() {
        var output = TextBuffer()
        Self.value.writeLine(to: &output)
        #expect(
            output.text == #"{"null": null, "yes": true, "number": -3, "text": "a\n\"b\"", "#
                + #""list": ["x"], "empty": [], "object": {}, "resource": {"connectTimeout": "10s"}}"#
                + "\n")
    }

    @Test("What is not known is null, a member of nil is left out")
    func optionals() {
        var members: ReportObject = ["istiod": ReportValue(nil as String?)]
        members.append("file", nil)
        members.append("port", ReportValue(80))
        members.append("connected", ReportValue(nil as Bool?))
        var output = TextBuffer()
        ReportValue.object(members).writeLine(to: &output)
        #expect(output.text == "{\"istiod\": null, \"port\": 80, \"connected\": null}\n")
    }

    @Test("A document in parts has the text of the document as a whole")
    func parts() {
        var output = TextBuffer()
        var writer = JSONStreamWriter()
        writer.beginObject(to: &output)
        writer.key("a \"key\"", to: &output)
        writer.beginList(to: &output)
        writer.element(Self.value, to: &output)
        writer.beginList(to: &output)
        writer.endList(to: &output)
        writer.endList(to: &output)
        writer.member("end", .null, to: &output)
        writer.endObject(to: &output)
        output.write("\n")
        var whole = TextBuffer()
        let document: ReportValue = ["a \"key\"": .list([Self.value, .list([])]), "end": .null]
        document.write(to: &whole)
        #expect(output.text == whole.text)
    }
}
