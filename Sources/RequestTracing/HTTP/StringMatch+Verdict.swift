internal import EnvoyConfig
internal import EnvoyResources
internal import Regex
internal import StrictJSON

extension StringMatch {
    /// Whether a text matches, in the words of `what`, the thing that the text is of.
    ///
    /// Ignoring case touches ASCII letters alone, and never a regular expression.
    func verdict(for text: String, of what: String) -> Verdict {
        guard let pattern else {
            return .undecided("\(what) is matched by an extension")
        }
        let value = ignoresCase ? text.asciiLowercased : text
        func folded(_ pattern: String) -> String {
            ignoresCase ? pattern.asciiLowercased : pattern
        }
        switch pattern {
        case .exact(let wanted):
            return Verdict(
                value.isSameText(as: folded(wanted)),
                otherwise: "\(what) is \(quoted(text)), not \(quoted(wanted))")
        case .prefix(let wanted):
            return Verdict(
                value.beginsWith(folded(wanted)),
                otherwise: "\(what) \(quoted(text)) does not begin with \(quoted(wanted))")
        case .suffix(let wanted):
            return Verdict(
                value.endsWith(folded(wanted)),
                otherwise: "\(what) \(quoted(text)) does not end with \(quoted(wanted))")
        case .contains(let wanted):
            return Verdict(
                value.containsBytes(folded(wanted)),
                otherwise: "\(what) \(quoted(text)) does not contain \(quoted(wanted))")
        case .regex(let regex):
            return Verdict(matchingWhole: text, of: what, regex: regex)
        }
    }
}

extension Verdict {
    /// Whether the whole of a text matches a regular expression.
    init(matchingWhole text: String, of what: String, regex: String) {
        guard let expression = RegularExpression(regex) else {
            self = .undecided("RE2 takes \(quoted(regex)) for no regular expression")
            return
        }
        self.init(
            expression.matchesWhole(of: text),
            otherwise: "\(what) \(quoted(text)) does not match the regex \(quoted(regex))")
    }
}

/// A text in quotes, with controls escaped.
func quoted(_ text: String) -> String {
    var buffer: [UInt8] = []
    CanonicalText.append(quoted: text, to: &buffer)
    return String(decoding: buffer, as: UTF8.self)
}
