/// What an SDS secret's name says.
///
///     kubernetes://httpbin-credential                               a Secret of the gateway's namespace
///     kubernetes-gateway://shop/httpbin-credential                  a Secret of another namespace
///     file-cert:/etc/certs/tls.crt~/etc/certs/tls.key               files of the proxy's pod
///     file-root:/etc/certs/ca.crt
enum SecretName {
    /// The parts of some names that stand in the objects that ask for them.
    static func values(_ names: [String]) -> Set<String> {
        Set(names.flatMap(values(of:)))
    }

    private static func values(of name: String) -> [String] {
        if let mark = name.firstRange(of: "://") {
            let rest = name[mark.upperBound...]
            let parts = rest.split(separator: "/").map(String.init)
            return [parts.last, String(rest)].compactMap { $0 }
        }
        for prefix in ["file-cert:", "file-root:"] where name.hasPrefix(prefix) {
            return name.dropFirst(prefix.count).split(separator: "~").map(String.init)
        }
        return [name]
    }
}
