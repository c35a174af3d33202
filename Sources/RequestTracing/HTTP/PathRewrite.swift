internal import EnvoyConfig
internal import EnvoyResources
internal import Regex

/// What a route makes of a path: of `envoy.config.route.v3.RouteAction` or `RedirectAction`.
struct PathRewrite {
    private let action: CanonicalValue
    private let match: RouteMatch

    init(_ action: CanonicalValue, match: RouteMatch) {
        self.action = action
        self.match = match
    }

    /// The path with its query, as it becomes.
    ///
    /// `prefix_rewrite` replaces what the route's prefix or path matched, of a regex the whole path;
    /// `regex_rewrite` every match in the path without its query.
    func apply(to path: String) -> String {
        let mark = path.firstIndex { $0 == "?" || $0 == "#" } ?? path.endIndex
        let (plain, query) = (String(path[..<mark]), path[mark...])
        if let prefix = action.text("prefixRewrite"), !prefix.isEmpty {
            return prefix + plain.utf8Suffix(from: matchedLength(of: plain)) + query
        }
        if let regex = action["regexRewrite"] {
            return PathRewrite.substitute(regex, in: plain) + query
        }
        let template = action["pathRewritePolicy"]?["typedConfig"]?.text("pathTemplateRewrite")
        if let template, case .template(let pattern) = match.path {
            return (PathTemplate(pattern).rewrite(plain, as: template) ?? plain) + query
        }
        return path
    }

    /// How much of the path the route's matcher stands for, in bytes.
    private func matchedLength(of path: String) -> Int {
        switch match.path {
        case .prefix(let prefix), .pathSeparatedPrefix(let prefix): prefix.utf8.count
        default: path.utf8.count
        }
    }

    /// A text with every match of a `RegexMatchAndSubstitute` replaced.
    static func substitute(_ regex: CanonicalValue, in text: String) -> String {
        let pattern = regex["pattern"]?.text("regex") ?? ""
        let expression = RegularExpression(pattern)
        return expression?.replacingMatches(in: text, by: regex.text("substitution") ?? "") ?? text
    }
}

extension String {
    /// What stands behind a number of bytes.
    fileprivate func utf8Suffix(from count: Int) -> String {
        String(decoding: utf8.dropFirst(count), as: UTF8.self)
    }
}
