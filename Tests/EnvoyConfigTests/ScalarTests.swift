import CorpusSupport
import EnvoyConfig
import Testing

/// The one spelling of each scalar, by the rules of protobuf's JSON: what it takes is wider than what
/// it prints. A value that it does not take is kept as it stands, and noted.
@Suite struct ScalarTests {
    /// A value of a type of `google.protobuf`, as it is printed, and what is noted of it.
    private func printed(_ type: String, _ value: String) throws -> (String, [Irregularity.Code]) {
        try printed(#""@type": "t/google.protobuf.\#(type)", "value": \#(value)"#, member: "value")
    }

    /// A member of a message in an Any, as it is printed; `-` where it is not.
    private func printed(
        _ message: String, member: String
    ) throws -> (String, [Irregularity.Code]) {
        let dump = try ConfigDump(bytes: CanonicalTextTests.dump(option: "{\(message)}"))
        let resource = try #require(dump.compared(.clusters).first)
        let option = try dump.canonicalValue(of: resource)["typedExtensionProtocolOptions"]?["o"]
        var text: [UInt8] = []
        if let value = option?[member] { CanonicalText.appendCompact(value, to: &text) }
        return (
            text.isEmpty ? "-" : String(decoding: text, as: UTF8.self),
            dump.irregularities.map(\.code)
        )
    }

    private func expect(_ type: String, _ value: String, _ expected: String?) throws {
        let (text, codes) = try printed(type, value)
        #expect(text == expected ?? value)
        #expect(codes == (expected == nil ? [.misfit] : []))
    }

    // MARK: - Integers

    @Test(
        "An integer of 32 bits is a number",
        arguments: [
            ("0", "0"), ("-0", "0"), ("7", "7"), ("\"7\"", "7"), ("-7", "-7"),
            ("2147483647", "2147483647"), ("-2147483648", "-2147483648"), ("2147483648", nil),
            ("-2147483649", nil), ("1e3", "1000"), ("1E+3", "1000"), ("\"1e3\"", "1000"),
            ("10e-1", "1"), ("1.0", "1"), ("1.50e1", "15"), ("2147483647.0", "2147483647"),
            ("21474836470e-1", "2147483647"), ("0e99999999", "0"), ("0.0", "0"), ("1.5", nil),
            ("1e-1", nil), ("1e10", nil), ("1e99999999999999999999", nil), ("\"\"", nil),
            ("\"+1\"", nil), ("\" 1\"", nil), ("\"1 \"", nil), ("\"-\"", nil), ("\"1.\"", nil),
            ("\".1\"", nil), ("\"1e\"", nil), ("\"1e+\"", nil), ("\"1,0\"", nil), ("true", nil),
        ])
    func int32(_ value: String, _ expected: String?) throws {
        try expect("Int32Value", value, expected)
    }

    @Test(
        "One without a sign reaches to twice as much",
        arguments: [
            ("0", "0"), ("-0", "0"), ("4294967295", "4294967295"), ("\"4294967295\"", "4294967295"),
            ("4294967296", nil), ("-1", nil), ("4e9", "4000000000"), ("5e9", nil),
            ("999999999", "999999999"), ("1000000000", "1000000000"), ("9999999999", nil),
        ])
    func uint32(_ value: String, _ expected: String?) throws {
        try expect("UInt32Value", value, expected)
    }

    @Test(
        "The same in a field, where most are taken without a closer look",
        arguments: [
            ("UInt32Value", "4294967295", "4294967295"),
            ("UInt32Value", "4294967294", "4294967294"),
            ("UInt32Value", "4294967300", nil), ("UInt32Value", "4294967296", nil),
            ("UInt32Value", "4300000000", nil), ("UInt32Value", "3999999999", "3999999999"),
            ("UInt32Value", "1000000000", "1000000000"), ("UInt32Value", "10000000000", nil),
            ("UInt32Value", "123456789", "123456789"), ("UInt32Value", "1e3", "1000"),
            ("UInt32Value", "-1", nil), ("UInt32Value", "0", "0"), ("UInt32Value", "-0", "0"),
            ("int32", "2147483647", "2147483647"), ("int32", "2147483648", nil),
            ("int32", "2147483650", nil), ("int32", "2200000000", nil),
            ("int32", "1999999999", "1999999999"), ("int32", "-2147483648", "-2147483648"),
            ("int32", "-5", "-5"), ("int32", "0", "-"), ("int32", "-0", "-"), ("int32", "0.0", "-"),
            ("int64", "9", "\"9\""), ("int64", "\"9\"", "\"9\""), ("int64", "0", "-"),
            ("int64", "\"0\"", "-"), ("double", "1.50", "1.5"), ("double", "0", "-"),
            ("double", "-0", "-0"), ("double", "1e400", nil),
        ])
    func fields(_ type: String, _ value: String, _ expected: String?) throws {
        let (message, field, name) =
            switch type {
            case "UInt32Value":
                (
                    "config.cluster.v3.Cluster", "per_connection_buffer_limit_bytes",
                    "perConnectionBufferLimitBytes"
                )
            case "int32": ("type.v3.Int32Range", "start", "start")
            case "int64": ("type.v3.Int64Range", "start", "start")
            default: ("type.v3.DoubleRange", "start", "start")
            }
        let (text, codes) = try printed(
            #""@type": "t/envoy.\#(message)", "\#(field)": \#(value)"#, member: name)
        #expect(text == expected ?? value)
        #expect(codes == (expected == nil ? [.misfit] : []))
    }

    @Test(
        "An integer of 64 bits is a string",
        arguments: [
            ("0", "\"0\""), ("-0", "\"0\""), ("\"0\"", "\"0\""),
            ("9223372036854775807", "\"9223372036854775807\""),
            ("\"9223372036854775807\"", "\"9223372036854775807\""), ("9223372036854775808", nil),
            ("-9223372036854775808", "\"-9223372036854775808\""), ("-9223372036854775809", nil),
            ("1e18", "\"1000000000000000000\""), ("-1e18", "\"-1000000000000000000\""),
            ("1e19", nil), ("92233720368547758070e-1", "\"9223372036854775807\""), ("0.5", nil),
            ("\"x\"", nil), ("false", nil),
        ])
    func int64(_ value: String, _ expected: String?) throws {
        try expect("Int64Value", value, expected)
    }

    @Test(
        "One without a sign too",
        arguments: [
            ("0", "\"0\""), ("-0", "\"0\""), ("18446744073709551615", "\"18446744073709551615\""),
            ("\"18446744073709551615\"", "\"18446744073709551615\""), ("18446744073709551616", nil),
            ("18446744073709551620", nil), ("18446744073709551625", nil),
            ("20000000000000000000", nil), ("99999999999999999999", nil),
            ("1e19", "\"10000000000000000000\""), ("1e20", nil), ("-1", nil),
            ("1.8446744073709551615e19", "\"18446744073709551615\""),
        ])
    func uint64(_ value: String, _ expected: String?) throws {
        try expect("UInt64Value", value, expected)
    }

    // MARK: - Floating point

    @Test(
        "A double has its shortest digits, spelled as JavaScript spells them",
        arguments: [
            ("0", "0"), ("-0", "-0"), ("-0.0e5", "-0"), ("1", "1"), ("1.0", "1"), ("-1.50", "-1.5"),
            ("0.1", "0.1"), ("0.30000000000000004", "0.30000000000000004"), ("1e2", "100"),
            // Up to 21 digits before the point, up to 6 zeros after it.
            ("1e20", "100000000000000000000"), ("1e21", "1e+21"), ("-1e21", "-1e+21"),
            ("123456789012345680000", "123456789012345680000"), ("1.5e21", "1.5e+21"),
            ("12.5e20", "1.25e+21"), ("0.000001", "0.000001"), ("1e-6", "0.000001"),
            ("1e-7", "1e-7"), ("0.0000001", "1e-7"), ("1.25e-6", "0.00000125"),
            ("1.25e-7", "1.25e-7"), ("0.05", "0.05"), ("12.5", "12.5"), ("123.456e1", "1234.56"),
            ("123.456e5", "12345600"), ("-1.25e-7", "-1.25e-7"),
            // The ends of the type.
            ("1.7976931348623157e308", "1.7976931348623157e+308"), ("1e309", nil), ("-1e309", nil),
            ("5e-324", "5e-324"), ("4e-324", "5e-324"),
            (
                "2.2250738585072014e-308",
                "2.2250738585072014e-308"
            ),
            // Rounded to the nearest, of two to the even one.
            ("9007199254740993", "9007199254740992"), ("9007199254740995", "9007199254740996"),
            ("\"1.50\"", "1.5"), ("\"NaN\"", "\"NaN\""), ("\"Infinity\"", "\"Infinity\""),
            ("\"-Infinity\"", "\"-Infinity\""), ("\"nan\"", nil), ("\"inf\"", nil),
            ("\"+Infinity\"", nil), ("\"-NaN\"", nil), ("\"0x10\"", nil), ("\"\"", nil),
            ("\"1 \"", nil), ("true", nil),
        ])
    func double(_ value: String, _ expected: String?) throws {
        try expect("DoubleValue", value, expected)
    }

    @Test(
        "A float is rounded to 32 bits first",
        arguments: [
            ("0.1", "0.1"), ("0.10000000149011612", "0.1"), ("16777217", "16777216"),
            ("16777219", "16777220"), ("3.4028235e38", "3.4028235e+38"), ("3.5e38", nil),
            ("1e-45", "1e-45"), ("-0", "-0"), ("\"NaN\"", "\"NaN\""), ("\"2.5\"", "2.5"),
            ("1e10", "10000000000"),
        ])
    func float(_ value: String, _ expected: String?) throws {
        try expect("FloatValue", value, expected)
    }

    @Test(
        "A number of a Struct is a double, however large an integer it is",
        arguments: [
            ("999999999", "999999999"), ("1000000000", "1000000000"), ("1e3", "1000"),
            ("1.50", "1.5"), ("12345678901234567890", "12345678901234567000"), ("-0", "-0"),
            ("0", "0"), ("true", "true"), ("\"1.50\"", "\"1.50\""), ("\"\"", "\"\""),
        ])
    func value(_ value: String, _ expected: String) throws {
        try expect("Value", value, expected)
    }

    @Test(
        "A bool is no string, and a string no number",
        arguments: [
            ("BoolValue", "true", "true"), ("BoolValue", "false", "false"),
            ("BoolValue", "\"true\"", nil), ("BoolValue", "1", nil),
            ("StringValue", "\"1\"", "\"1\""), ("StringValue", "\"\"", "\"\""),
            ("StringValue", "1", nil), ("StringValue", "true", nil),
        ])
    func others(_ type: String, _ value: String, _ expected: String?) throws {
        try expect(type, value, expected)
    }

    // MARK: - Enums

    @Test(
        "An enum given by its number is printed by its name",
        arguments: [
            // The numbers of Cluster.LbPolicy; 4 is reserved.
            ("0", "-"), ("1", "\"LEAST_REQUEST\""), ("2", "\"RING_HASH\""), ("3", "\"RANDOM\""),
            ("4", "4"), ("5", "\"MAGLEV\""), ("6", "\"CLUSTER_PROVIDED\""),
            ("7", "\"LOAD_BALANCING_POLICY_CONFIG\""), ("8", "8"), ("-1", "-1"),
            ("1.0", "\"LEAST_REQUEST\""), ("10e-1", "\"LEAST_REQUEST\""), ("-0", "-"),
            ("2147483647", "2147483647"), ("2147483648", nil), ("1.5", nil),
            ("\"ROUND_ROBIN\"", "-"), ("\"MAGLEV\"", "\"MAGLEV\""), ("\"1\"", nil),
            ("\"maglev\"", nil), ("true", nil),
        ])
    func enumeration(_ value: String, _ expected: String?) throws {
        let (text, codes) = try printed(
            #""@type": "t/envoy.config.cluster.v3.Cluster", "lb_policy": \#(value)"#,
            member: "lbPolicy")
        #expect(text == expected ?? value)
        #expect(codes == (expected == nil ? [.misfit] : []))
    }

    // MARK: - Times

    @Test(
        "A duration has 0, 3, 6 or 9 decimals",
        arguments: [
            ("0s", "0s"), ("-0s", "0s"), ("-0.000s", "0s"), ("1s", "1s"), ("-1s", "-1s"),
            ("1.0s", "1s"), ("1.5s", "1.500s"), ("1.001s", "1.001s"), ("1.0001s", "1.000100s"),
            ("1.000001s", "1.000001s"), ("1.0000001s", "1.000000100s"),
            ("1.000000001s", "1.000000001s"), ("1.0000000001s", nil), ("-0.5s", "-0.500s"),
            ("-0.000000001s", "-0.000000001s"), ("0.010s", "0.010s"), ("007s", "7s"),
            ("315576000000s", "315576000000s"), ("-315576000000s", "-315576000000s"),
            ("315576000001s", nil), ("1000000000000s", nil), ("", nil), ("s", nil), ("1", nil),
            ("1.s", nil), (".5s", nil), ("+1s", nil), ("--1s", nil), (" 1s", nil), ("1s ", nil),
            ("1S", nil), ("1m", nil), ("1ms", nil), ("1e3s", nil), ("1,5s", nil),
        ])
    func duration(_ text: String, _ expected: String?) throws {
        try expect("Duration", "\"\(text)\"", expected.map { "\"\($0)\"" })
        // In a field, where whole seconds are taken without a closer look.
        let (value, codes) = try printed(
            #""@type": "t/envoy.config.cluster.v3.Cluster", "connect_timeout": "\#(text)""#,
            member: "connectTimeout")
        #expect(value == "\"\(expected ?? text)\"")
        #expect(codes == (expected == nil ? [.misfit] : []))
    }

    @Test(
        "Whole seconds of any length",
        arguments: [
            ("9s", "9s"), ("00s", "0s"), ("010s", "10s"), ("123456789s", "123456789s"),
            ("0123456789s", "123456789s"), ("1234567890s", "1234567890s"), ("12345678:s", nil),
            ("/s", nil), ("99999999999s", "99999999999s"),
        ])
    func seconds(_ text: String, _ expected: String?) throws {
        try duration(text, expected)
    }

    @Test(
        "A timestamp is in UTC, with 0, 3, 6 or 9 decimals",
        arguments: [
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
            ("2026-11-23t18:15:56z", "2026-11-23T18:15:56Z"),
            ("2026-11-23T18:15:56.5Z", "2026-11-23T18:15:56.500Z"),
            ("2026-11-23T18:15:56.0Z", "2026-11-23T18:15:56Z"),
            ("2026-11-23T18:15:56.000010Z", "2026-11-23T18:15:56.000010Z"),
            ("2026-11-23T18:15:56.123456789Z", "2026-11-23T18:15:56.123456789Z"),
            // Other zones, over the ends of days, months and years.
            ("2026-11-23T20:15:56+02:00", "2026-11-23T18:15:56Z"),
            ("2026-11-23T18:15:56-00:00", "2026-11-23T18:15:56Z"),
            ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"),
            ("2024-02-28T23:30:00-01:00", "2024-02-29T00:30:00Z"),
            ("2023-02-28T23:59:59-00:01", "2023-03-01T00:00:59Z"),
            ("2026-06-01T12:00:00+23:59", "2026-05-31T12:01:00Z"),
            ("2026-06-01T12:00:00-05:45", "2026-06-01T17:45:00Z"),
            // The limits of google.protobuf.Timestamp.
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
            ("0000-12-31T23:59:59Z", nil), ("0001-01-01T00:00:00+00:01", nil),
            ("9999-12-31T23:59:59-00:01", nil),
            // Dates and times that are none.
            ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"), ("1900-02-29T00:00:00Z", nil),
            ("2023-02-29T00:00:00Z", nil), ("2024-02-30T00:00:00Z", nil),
            ("2026-00-01T00:00:00Z", nil), ("2026-13-01T00:00:00Z", nil),
            ("2026-01-00T00:00:00Z", nil), ("2026-01-32T00:00:00Z", nil),
            ("2026-01-01T24:00:00Z", nil), ("2026-01-01T23:60:00Z", nil),
            ("2026-01-01T23:59:60Z", nil), ("2026-01-01T00:00:00+24:00", nil),
            ("2026-01-01T00:00:00+01:60", nil),
            // Spellings that RFC 3339 does not have.
            ("2026-01-01 00:00:00Z", nil), ("2026-01-01T00:00:00", nil),
            ("2026-01-01T00:00:00+0100", nil), ("2026-01-01T00:00Z", nil),
            ("2026-1-01T00:00:00Z", nil), ("26-01-01T00:00:00Z", nil),
            ("2026-01-01T00:00:00.Z", nil), ("2026-01-01T00:00:00.1234567890Z", nil),
            ("2026-01-01T00:00:00ZZ", nil), ("2026/01/01T00:00:00Z", nil),
            ("2026-01-01T00-00-00Z", nil), ("", nil),
        ])
    func timestamp(_ text: String, _ expected: String?) throws {
        try expect("Timestamp", "\"\(text)\"", expected.map { "\"\($0)\"" })
    }

    @Test("Each month has its days", arguments: 1...12)
    func months(_ month: Int) throws {
        let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        let start = "2026-\(CivilTime.padded(month, 2))"
        let last = "\(start)-\(days)T00:00:00Z"
        try expect("Timestamp", "\"\(last)\"", "\"\(last)\"")
        try expect("Timestamp", "\"\(start)-\(days + 1)T00:00:00Z\"", nil)
    }

    // MARK: - Bytes

    @Test(
        "Bytes are read in either alphabet, padded or not, and printed in the standard one, padded",
        arguments: [
            ("", ""), ("AA==", "AA=="), ("AA", "AA=="), ("AAA=", "AAA="), ("AAA", "AAA="),
            ("AAAA", "AAAA"), ("Zm9vYmFy", "Zm9vYmFy"), ("Zm9vYmE", "Zm9vYmE="),
            ("Zm9vYg", "Zm9vYg=="), ("_w", "/w=="), ("_w==", "/w=="), ("-_-_", "+/+/"),
            ("+/-_", "+/+/"), ("____AA", "////AA=="),
            // Bits that belong to no byte.
            ("AB==", "AA=="), ("AAB=", "AAA="), ("AQ==", "AQ=="), ("AAE=", "AAE="),
            ("AP==", "AA=="),
            ("AAD=", "AAA="),
            // A group lacks a letter, or the padding is not the group's.
            ("A", nil), ("AAAAA", nil), ("A===", nil), ("AA=", nil), ("AAA==", nil), ("AAAA=", nil),
            ("AAAA==", nil), ("AAAA====", nil), ("=", nil), ("==", nil), ("====", nil),
            ("AA==AA==", nil), ("AA=A", nil), ("=AAA", nil),
            // The neighbours of the letters.
            ("AAA@", nil), ("AAA[", nil), ("AAA`", nil), ("AAA{", nil), ("AAA.", nil),
            ("AAA:", nil),
            ("AAA*", nil), ("AAA,", nil), ("@AAA", nil), ("A[AA", nil), ("AA`A", nil),
            (":AAA", nil),
            ("A A=", nil), ("AA\\n==", nil), ("\u{E9}AA", nil),
        ])
    func bytes(_ text: String, _ expected: String?) throws {
        let (value, codes) = try printed("BytesValue", "\"\(text)\"")
        #expect(value == "\"\(expected ?? text)\"")
        #expect(codes == (expected == nil ? [.misfit] : []))
    }

    @Test("Every letter of base64 is read and printed")
    func alphabet() throws {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        try bytes("\(letters)+/", "\(letters)+/")
        try bytes("\(letters)-_", "\(letters)+/")
    }
}
