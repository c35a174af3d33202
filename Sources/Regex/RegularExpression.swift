internal import CDrydockRE2

/// A regular expression as Envoy reads it: by RE2 itself, whose syntax and meaning differ from those
/// of Swift's own.
package final class RegularExpression {
    private let expression: OpaquePointer

    /// Compiles a pattern; nil if RE2 refuses it.
    package init?(_ pattern: String) {
        var pattern = pattern
        let compiled = pattern.withUTF8 { bytes in
            RegularExpression.withText(bytes) { drydock_re2_compile($0, bytes.count) }
        }
        guard let compiled else { return nil }
        expression = compiled
    }

    /// RE2's error for a pattern that is not valid, such as `invalid perl operator: (?!`, which is the
    /// text that Envoy passes on; nil if it is valid.
    @Sendable package static func error(_ pattern: String) -> String? {
        var pattern = pattern
        return pattern.withUTF8 { bytes in
            withText(bytes) { text in
                guard let error = drydock_re2_error(text, bytes.count) else { return nil }
                defer { drydock_re2_free_text(error) }
                return String(cString: error)
            }
        }
    }

    deinit {
        drydock_re2_free(expression)
    }

    /// Whether the whole of a text matches.
    ///
    /// - Complexity: linear in the text's length.
    package func matchesWhole(of text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            RegularExpression.withText(bytes) {
                drydock_re2_matches_whole(expression, $0, bytes.count) != 0
            }
        }
    }

    /// The text with every match replaced; `\1` in the replacement stands for a group.
    package func replacingMatches(in text: String, by replacement: String) -> String {
        var (text, replacement) = (text, replacement)
        let result: String? = text.withUTF8 { bytes in
            replacement.withUTF8 { template in
                RegularExpression.withText(bytes) { source in
                    RegularExpression.withText(template) { pattern in
                        replaced(source, bytes.count, by: pattern, template.count)
                    }
                }
            }
        }
        return result ?? text
    }

    private func replaced(
        _ text: UnsafePointer<CChar>, _ count: Int, by template: UnsafePointer<CChar>,
        _ templateCount: Int
    ) -> String? {
        var length = 0
        guard
            let result = drydock_re2_replace_all(
                expression, text, count, template, templateCount, &length)
        else { return nil }
        defer { drydock_re2_free_text(result) }
        return String(
            decoding: UnsafeRawBufferPointer(start: result, count: length), as: UTF8.self)
    }

    /// Lends bytes as C characters; an empty text has no address of its own.
    private static func withText<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafePointer<CChar>) -> Result
    ) -> Result {
        guard let start = bytes.baseAddress else {
            var nothing: CChar = 0
            return body(&nothing)
        }
        return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { body($0) }
    }
}
