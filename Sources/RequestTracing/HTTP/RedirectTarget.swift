internal import EnvoyConfig
internal import EnvoyResources

/// Where a redirect leads.
struct RedirectTarget {
    /// The URL for the `Location` header.
    let location: String

    init(_ action: CanonicalValue, match: RouteMatch, headers: RequestHeaders) {
        let scheme =
            action.flag("httpsRedirect") == true
            ? "https" : action.text("schemeRedirect") ?? headers.scheme
        let colon = Authority.portStart(headers.authority)
        var host = colon.map { String(headers.authority[..<$0]) } ?? headers.authority
        var port = colon.map { String(headers.authority[$0...]) } ?? ""
        // A port that was the old scheme's own would be wrong with the new one.
        if scheme != headers.scheme, port == ":80" || port == ":443" { port = "" }
        if let redirected = action.text("hostRedirect"), !redirected.isEmpty {
            host = redirected
            port = ""
        }
        if let redirected = action.integer("portRedirect"), redirected != 0 {
            port = ":\(redirected)"
        }
        var path = headers.path
        if let redirected = action.text("pathRedirect"), !redirected.isEmpty {
            let mark = path.firstIndex(of: "?") ?? path.endIndex
            path = redirected.contains("?") ? redirected : redirected + path[mark...]
        } else {
            path = PathRewrite(action, match: match).apply(to: path)
        }
        if action.flag("stripQuery") == true { path = String(path.prefix { $0 != "?" }) }
        location = "\(scheme)://\(host)\(port)\(path)"
    }
}
