import Drydock
import Foundation
import Testing

/// What `jwt_authn` and filters that ask a service do, worked out from their configuration's rules.
@Suite struct TokenTests {
    /// A token without a valid signature.
    private static func token(_ payload: String, header: String = #"{"alg": "HS256"}"#) -> String {
        let part = { (text: String) in
            Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing(
                "/", with: "_"
            )
            .replacing("=", with: "")
        }
        return "\(part(header)).\(part(payload)).c2ln"
    }

    private static let good = token(#"{"iss": "i", "aud": ["a", "b"], "sub": "s"}"#)

    private func trace(
        _ requirement: String, provider: String = #""issuer": "i""#, _ headers: [(String, String)],
        path: String = "/"
    ) throws -> RequestTrace {
        let filter = HandmadeDump.extensionText(
            "jwt", "envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication",
            """
            , "providers": {"p": {\(provider)}}, "rules": [{"match": {"prefix": "/open"}},
            {"match": {"prefix": "/"}, "requires": {\(requirement)}}]
            """)
        return try HandmadeDump.gateway(
            routes: HandmadeDump.route(#""prefix": "/""#), filters: "\(filter), "
        ).trace { request in
            request.path = path
            request.headers = headers.map { TracedRequest.Header($0.0, $0.1) }
        }
    }

    private static let missing =
        #""requires_any": {"requirements": [{"provider_name": "p"}, {"allow_missing": {}}]}"#
    private static let provider = #""provider_name": "p""#

    @Test(
        "A requirement is met or refused with Envoy's status",
        arguments: [
            (provider, "Bearer \(good)", nil), (provider, "", 401), (provider, "Basic x", 401),
            (provider, "Bearer junk", 401), (provider, "Bearer a.b.c", 401),
            (provider, "Bearer \(token(#"{"iss": "j"}"#))", 401),
            (provider, "Bearer \(token(#"{"sub": "s"}"#))", 401),
            (missing, "", nil), (missing, "Basic x", nil), (missing, "Bearer junk", 401),
            (missing, "Bearer \(good)", nil), (missing, "Bearer \(token(#"{"iss": "j"}"#))", 401),
            (#""allow_missing_or_failed": {}"#, "Bearer junk", nil),
            (
                #""provider_and_audiences": {"provider_name": "p", "audiences": ["b"]}"#,
                "Bearer \(good)", nil
            ),
            (
                #""provider_and_audiences": {"provider_name": "p", "audiences": ["c"]}"#,
                "Bearer \(good)", 403
            ),
            (
                #""requires_all": {"requirements": [{"provider_name": "p"}, {"provider_and_audiences": {"provider_name": "p", "audiences": ["c"]}}]}"#,
                "Bearer \(good)", 403
            ),
        ] as [(String, String, Int?)])
    func requirement(_ requirement: String, _ authorization: String, _ status: Int?) throws {
        let headers = authorization.isEmpty ? [] : [("authorization", authorization)]
        let trace = try trace(requirement, headers)
        #expect(trace.outcome == (status == nil ? .forwarded : .denied), "\(trace.notes)")
        #expect(trace.status == status)
        let isNoted = trace.notes.contains { $0.text.contains("signature is not verified") }
        #expect(isNoted == (status == nil && authorization.hasSuffix(Self.good)))
    }

    @Test("The first rule that matches counts; one without a requirement asks for nothing")
    func rules() throws {
        #expect(try trace(Self.provider, [], path: "/open/a").outcome == .forwarded)
        #expect(try trace(Self.provider, [], path: "/closed").outcome == .denied)
    }

    @Test("A token is taken from the places that its provider names, by default the query too")
    func places() throws {
        #expect(
            try trace(Self.provider, [], path: "/?access_token=\(Self.good)").outcome == .forwarded)
        let header = #""issuer": "i", "from_headers": [{"name": "x-token", "value_prefix": "T "}]"#
        #expect(
            try trace(Self.provider, provider: header, [("x-token", "T \(Self.good)")]).outcome
                == .forwarded)
        #expect(
            try trace(Self.provider, provider: header, [("authorization", "Bearer \(Self.good)")])
                .outcome == .denied)
        let others = #""issuer": "i", "from_params": ["t"], "from_cookies": ["c"]"#
        #expect(
            try trace(Self.provider, provider: others, [], path: "/?t=\(Self.good)").outcome
                == .forwarded)
        #expect(
            try trace(Self.provider, provider: others, [("cookie", "a=b; c=\(Self.good)")]).outcome
                == .forwarded)
    }

    @Test(
        "A service that cannot be reached is answered for by the failure mode",
        arguments: [
            (
                "ext_authz.v3.ExtAuthz",
                #""grpc_service": {"envoy_grpc": {"cluster_name": "CLUSTER"}}"#, 403
            ),
            (
                "ext_authz.v3.ExtAuthz",
                #""http_service": {"server_uri": {"cluster": "CLUSTER"}}, "status_on_error": {"code": "ServiceUnavailable"}"#,
                503
            ),
            (
                "ext_authz.v3.ExtAuthz",
                #""grpc_service": {"envoy_grpc": {"cluster_name": "CLUSTER"}}, "failure_mode_allow": true"#,
                nil
            ),
            (
                "ext_proc.v3.ExternalProcessor",
                #""grpc_service": {"envoy_grpc": {"cluster_name": "CLUSTER"}}"#, 500
            ),
            (
                "ext_proc.v3.ExternalProcessor",
                #""grpc_service": {"envoy_grpc": {"cluster_name": "CLUSTER"}}, "processing_mode": {"request_header_mode": "SKIP"}"#,
                nil
            ),
            (
                "ratelimit.v3.RateLimit",
                #""rate_limit_service": {"grpc_service": {"envoy_grpc": {"cluster_name": "CLUSTER"}}}"#,
                nil
            ),
            (
                "ratelimit.v3.RateLimit",
                #""failure_mode_deny": true, "rate_limit_service": {"grpc_service": {"envoy_grpc": {"cluster_name": "CLUSTER"}}}"#,
                500
            ),
        ] as [(String, String, Int?)])
    func services(_ type: String, _ members: String, _ status: Int?) throws {
        for (cluster, expected) in [("missing", status), ("empty", status), ("b", nil)] {
            let filter = HandmadeDump.extensionText(
                "service", "envoy.extensions.filters.http.\(type)",
                ", \(members.replacing("CLUSTER", with: cluster))")
            var dump = HandmadeDump.gateway(
                routes: HandmadeDump.route(#""prefix": "/""#), filters: "\(filter), ")
            dump.clusters.append(HandmadeDump.cluster("empty", #", "type": "STATIC""#))
            let trace = try dump.trace()
            #expect(trace.outcome == (expected == nil ? .forwarded : .denied), "\(cluster)")
            #expect(trace.status == expected, "\(cluster)")
        }
    }
}
