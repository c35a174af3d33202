internal import Regex

/// A path template of Envoy's, such as `/shop/{name}/**`.
struct PathTemplate {
    /// The regular expression that matches the whole of a path as the template does. Each variable
    /// is a group.
    private(set) var regex = ""
    /// The names of the variables, in their order.
    private(set) var variables: [String] = []

    /// The characters that a segment is made of.
    private static let literal = #"a-zA-Z0-9._~%!$&'()+,;:@=\-"#

    /// `*` is one segment, `**` any number of characters with slashes; `{name}` is a segment and
    /// `{name=PATTERN}` a pattern of these. Istio writes `{*}` and `{**}`.
    init(_ template: String) {
        var rest = Substring(template)
        while let character = rest.first {
            if rest.hasPrefix("**") {
                regex += "[\(PathTemplate.literal)/]*"
                rest = rest.dropFirst(2)
            } else if character == "*" {
                regex += "[\(PathTemplate.literal)]+"
                rest = rest.dropFirst()
            } else if character == "{" {
                let variable = rest.dropFirst().prefix { $0 != "}" }
                rest = rest.dropFirst(variable.count + 2)
                add(variable)
            } else {
                regex += PathTemplate.escaped(character)
                rest = rest.dropFirst()
            }
        }
    }

    private mutating func add(_ variable: Substring) {
        if variable == "*" || variable == "**" {
            regex += PathTemplate(String(variable)).regex
            return
        }
        let parts = variable.split(separator: "=", maxSplits: 1)
        variables.append(parts.first.map(String.init) ?? "")
        regex += "(\(PathTemplate(parts.count == 2 ? String(parts[1]) : "*").regex))"
    }

    private static func escaped(_ character: Character) -> String {
        #".+?()|[]{}^$\"#.contains(character) ? "\\\(character)" : String(character)
    }

    /// A path that matches, with its variables put into another template; nil if it does not
    /// match.
    func rewrite(_ path: String, as template: String) -> String? {
        var replacement = template.replacing("\\", with: "\\\\")
        for (index, name) in variables.enumerated() {
            replacement = replacement.replacing("{\(name)}", with: "\\\(index + 1)")
        }
        guard let expression = RegularExpression("^\(regex)$"), expression.matchesWhole(of: path)
        else { return nil }
        return expression.replacingMatches(in: path, by: replacement)
    }
}
