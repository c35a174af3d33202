/// What `--help` prints.
enum HelpText {
    static let version = "drydock 0.1.0"

    static let overview = """
        drydock: does this Envoy hold what Istiod would send it, and if not, what differs and why?

        Usage:
          drydock diff ISTIOD ENVOY    compare two captured config dumps
          drydock diff BUNDLE POD.NAMESPACE [OTHER.NAMESPACE]
                                       compare two sides out of a support bundle
          drydock bundle BUNDLE        say which proxies of a bundle are out of step, and why
          drydock status BUNDLE|FILE…  say how far the proxies have what Istiod sent them
          drydock canon FILE KIND      print the canonical text of one section
          drydock clusters|listeners|routes|endpoints|secrets|bootstrap|ecds|all FILE
                                       istioctl's proxy-config tables of a capture
          drydock trace DUMP URL       follow a request: listener, route, cluster, endpoint
          drydock --version

        Files may be compressed with gzip, xz, zstd or bzip2; - is standard input.
        drydock COMMAND --help tells a command's options.

        Example:
          drydock diff istiod_config_dump.json config_dump.json
        """

    static let diff = """
        Usage: drydock diff [OPTIONS] ISTIOD ENVOY
               drydock diff [OPTIONS] BUNDLE POD.NAMESPACE [OTHER.NAMESPACE]

        Compares what Istiod would send with what an Envoy holds: clusters, listeners and routes, each
        as a unified diff that patch applies, behind the reasons that the captures hold. Any two
        dumps compare: yesterday's with today's, two replicas of one workload. From a bundle: Istiod's
        dump of a proxy with its own, or a healthy replica's where Istiod's is not there; or those of
        two proxies.

          --kind KINDS          clusters,listeners,routes (the default), endpoints, ecds, secrets
          --name TEXT           only resources whose name contains TEXT
          --context N           lines around a change, 7
          -o, --output FORMAT   unified (the default), summary or json
          --color WHEN          auto (the default), always or never
          --from-label LABEL    what the first dump is called, Istiod
          --to-label LABEL      what the second dump is called, Envoy
          --syncz FILE          Istiod's /debug/syncz, once for each Istiod: why it differs
          --proxy POD.NAMESPACE which proxy of the syncz; else the node of Envoy's dump
          --max-depth N         how deep a dump may nest, 512, at most 2048

        Exit status: 0 the same, 1 different, 2 trouble.

        Examples:
          drydock diff istiod.json envoy.json
          drydock diff --kind clusters --name reviews --output summary istiod.json envoy.json
          drydock diff --syncz istiod-1.syncz.json --syncz istiod-2.syncz.json istiod.json envoy.json
          drydock diff --from-label yesterday --to-label today old.json.gz new.json
          drydock diff bug-report.tar.gz reviews-v1-6584ddcf65-hq2mc.default
          kubectl exec -n NS POD -c istio-proxy -- pilot-agent request GET config_dump |
            drydock diff istiod.json -
        """

    static let canon = """
        Usage: drydock canon [--max-depth N] FILE KIND

        Prints the canonical text of one section: what diff compares. KIND is clusters, listeners,
        routes, endpoints, ecds or secrets.

        Exit status: 0, or 2 for trouble, a section that the dump does not have included.

        Example:
          drydock canon config_dump.json clusters | less
        """

    static let bundle = """
        Usage: drydock bundle [OPTIONS] BUNDLE

        Reads what istioctl bug-report made, the archive or the same unpacked, or a folder of loose
        dumps, and says which proxies have a problem, since what and why: what was rejected, what
        waits for what, which is not connected, which Istiod is behind, and which replica differs
        from its healthy siblings.

        A proxy is ok where nothing was found wrong, and what could not be compared is said: a bug
        report holds no dumps by Istiod, so that drift is not compared unless they are added. It has
        a problem where its notes say so. It is not checked where neither its sync status, nor a
        dump by Istiod, nor a healthy replica is there: that is neither ok nor a problem.

          -o, --output FORMAT   text (the default), json, or ndjson: one proxy a line
          --diff                after the report, unified diffs between replicas
          --grace SECONDS       how long a push may take before it counts as stale, 3

        Exit status: 0 no problem; 1 a problem, an entry that is not readable, a proxy of which
        nothing was checked, or an Istiod without its sync status; 2 trouble: the archive is cut off
        or refused, nothing in it is recognized, or of no proxy anything could be checked.

        Examples:
          drydock bundle bug-report.tar.gz
          drydock bundle -o json bug-report.tar.gz | jq '.proxies[] | select(.notes[0])'
        """

    static let status = """
        Usage: drydock status [OPTIONS] BUNDLE|FILE…

        Prints istioctl's proxy-status table from a bundle, or from what one or more Istiods answered:
        /debug/syncz or the xDS debug form. Ages are counted to the newest time that was captured.

          -o, --output FORMAT   table (the default), json or yaml
          -n, --namespace NAME  only proxies of this namespace
          --service NAME        instead: what each Istiod of a bundle knows of a service: ports, address,
                                endpoints

        UNKNOWN is a proxy whose Istiod's sync status is not in the bundle.

        Exit status: 0 no problem, 1 a problem or an unknown status, 2 trouble: no status of any proxy
        is known, or no proxy is in the namespace.

        Examples:
          drydock status bug-report.tar.gz
          drydock status istiod-1.syncz.json istiod-2.syncz.json
          drydock status --service reviews.default bug-report.tar.gz
        """

    static let trace = """
        Usage: drydock trace [OPTIONS] DUMP URL
               drydock trace [OPTIONS] BUNDLE POD.NAMESPACE URL

        Follows a request through one proxy as its Envoy would: which listener takes the connection,
        which filter chain, virtual host and route, which clusters, which of their endpoints. URL is
        http://HOST[:PORT]/PATH, https:// (TLS that the client begins) or tcp://HOST:PORT.

          --destination IP:PORT where the client connects to; else the URL's port on any address
          --direction WAY       outbound, inbound or gateway; else from the dump's node
          --method METHOD       GET
          -H, --header N=VALUE  a header of the request, once for each; Host is the authority
          --protocol PROTOCOL   http, https or tcp; else the URL's scheme
          --http VERSION        1.0, 1.1 (the default) or 2
          --sni NAME            the SNI of TLS; else the URL's host
          --alpn NAMES          what TLS offers: h2,http/1.1, and istio between sidecars
          --principal ID        the peer's identity in mutual TLS, spiffe://...
          --source IP[:PORT]    where the connection comes from
          --clusters FILE       Envoy's /clusters, in either form: health that a dump does not know;
                                a bundle brings its own
          --plaintext           inbound without the mesh's mutual TLS
          --explain             every step, the rejected candidates with their reasons
          -o, --output FORMAT   text (the default) or json
          --max-depth N         how deep a dump may nest, 512, at most 2048

        What a dump cannot tell (Lua, Wasm, an authorization service) is named and passed.

        Exit status: 0 forwarded, redirected or answered by Envoy as configured; 1 it ends on its
        way: no listener, filter chain, route, cluster or endpoint, or denied; 2 trouble.

        Examples:
          drydock trace config_dump.json http://reviews:9080/reviews/1
          drydock trace bug-report.tar.gz productpage-v1-x.default http://reviews:9080/reviews/1
          drydock trace --explain -H end-user=jason config_dump.json http://reviews:9080/reviews/1
          drydock trace --destination 10.96.10.5:27017 config_dump.json tcp://mongodb:27017
          drydock trace --direction inbound --principal spiffe://cluster.local/ns/default/sa/shop \\
            config_dump.json http://ratings:9080/ratings/0
        """
}
