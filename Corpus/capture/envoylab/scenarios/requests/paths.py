"""Which route by path: exact, prefix, separated, regex, template; normalization; rewrites."""

from ... import shapes
from ...snapshot import Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Request
from . import backends
from .backends import get

NORMALIZED, RAW, MERGED, UNESCAPED, REDIRECTED, REJECTED = range(8090, 8096)
HOST = "paths.example.com"


def configure(snapshot: Snapshot, _: Certificates) -> None:
    host = shapes.virtual_host("paths", [HOST], _routes())
    backends.add_gateway(snapshot, NORMALIZED, [host])
    backends.add_gateway(snapshot, RAW, [host], normalizePath=False)
    backends.add_gateway(snapshot, MERGED, [host], mergeSlashes=True)
    for port, action in (
        (UNESCAPED, "UNESCAPE_AND_FORWARD"),
        (REDIRECTED, "UNESCAPE_AND_REDIRECT"),
        (REJECTED, "REJECT_REQUEST"),
    ):
        backends.add_gateway(snapshot, port, [host], pathWithEscapedSlashesAction=action)


def _routes() -> list[shapes.Resource]:
    template = "envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig"
    rewrite = "envoy.extensions.path.rewrite.uri_template.v3.UriTemplateRewriteConfig"
    v1 = backends.V1

    def regex(text: str) -> shapes.Resource:
        return {"safeRegex": {"regex": text}}

    def matching(pattern: str) -> shapes.Resource:
        policy = shapes.extension(
            "envoy.path.match.uri_template.uri_template_matcher", template, pathTemplate=pattern
        )
        return {"pathMatchPolicy": policy}

    return [
        shapes.route("regex", regex("/users/[0-9]+"), v1),
        shapes.route("regex-case", regex("/Regex") | {"caseSensitive": False}, v1),
        shapes.route("regex-flag", regex("(?i)/flag"), v1),
        shapes.route("regex-alternatives", regex("/one|/two"), v1),
        shapes.route("exact", {"path": "/exact"}, v1),
        shapes.route("exact-no-case", {"path": "/CaseExact", "caseSensitive": False}, v1),
        shapes.route("prefix-no-case", {"prefix": "/casePrefix", "caseSensitive": False}, v1),
        shapes.route("separated", {"pathSeparatedPrefix": "/app"}, v1),
        shapes.route(
            "separated-no-case", {"pathSeparatedPrefix": "/Sep", "caseSensitive": False}, v1
        ),
        shapes.route("folder", {"prefix": "/files/"}, v1),
        shapes.route("escaped", {"prefix": "/esc%20aped"}, v1),
        shapes.route("prefix-rewrite", {"prefix": "/old"}, v1, prefixRewrite="/new"),
        shapes.route("slash-rewrite", {"prefix": "/strip/"}, v1, prefixRewrite="/"),
        shapes.route(
            "regex-rewrite",
            {"prefix": "/api/"},
            v1,
            regexRewrite={
                "pattern": {"regex": "/api/v([0-9]+)/(.*)"},
                "substitution": "/\\2/version-\\1",
            },
        ),
        shapes.route("host-rewrite", {"prefix": "/hosted"}, v1, hostRewriteLiteral="b.test"),
        shapes.route(
            "host-from-header", {"prefix": "/by-header"}, v1, hostRewriteHeader="x-target"
        ),
        shapes.route("template", matching("/shops/{shop}/items/*"), v1),
        shapes.route(
            "template-rewrite",
            matching("/from/{a}/{rest=**}"),
            v1,
            pathRewritePolicy=shapes.extension(
                "envoy.path.rewrite.uri_template.uri_template_rewriter",
                rewrite,
                pathTemplateRewrite="/to/{rest}/{a}",
            ),
        ),
        shapes.route("prefix", {"prefix": "/pre"}, v1),
    ]


def _paths(port: int, notes: dict[str, str]) -> list[Request]:
    return [get(port, HOST, path, note) for path, note in notes.items()]


REQUESTS: list[Request] = [
    *_paths(
        NORMALIZED,
        {
            "/users/42": "a regex",
            "/users/42/x": "a regex matches the whole path",
            "/x/users/42": "a regex matches from the start",
            "/users/42?a=b": "the query is no part of the path",
            "/users/42#part": "a fragment is dropped",
            "/users/42#part?a=b": "a fragment ends the path, even before a question mark",
            "/Regex": "",
            "/regex": "case_sensitive does not touch regexes",
            "/FLAG": "a flag inside the regex does",
            "/two": "alternatives at the top of a regex",
            "/two/x": "alternatives match the whole path too",
            "/exact": "",
            "/exact?": "an empty query",
            "/exact?a=/b": "",
            "/exact/": "an exact path and a slash",
            "/Exact": "case matters",
            "/exact;v=1": "a parameter is part of the path",
            "/CASEEXACT": "case_sensitive false",
            "/caseprefix/x": "case_sensitive false",
            "/app": "a separated prefix, all of it",
            "/app/": "",
            "/app/x": "",
            "/app?x=1": "",
            "/app#x": "",
            "/apple": "a separated prefix ends at a slash",
            "/sep/x": "a separated prefix, case_sensitive false",
            "/files/x": "",
            "/files": "a prefix with a slash needs the slash",
            "/esc%20aped": "an escape in the configuration is compared as it stands",
            "/old/x?y=z": "a prefix rewritten",
            "/older": "a prefix need not end at a slash, and the rest follows the rewritten one",
            "/strip/x": "a prefix rewritten to a slash",
            "/api/v3/items?q=1": "a regex rewritten, the query stays",
            "/api/none": "a regex rewrite that does not match leaves the path",
            "/hosted": "the authority rewritten",
            "/shops/7/items/9": "a template",
            "/shops/7/items/9/x": "a template's star is one segment",
            "/shops//items/9": "a template's variable is not empty",
            "/from/1/2/3?q=4": "a template rewritten",
            "/prefix": "a prefix need not end at a slash",
            "/a/../exact": "dots are resolved",
            "/a/%2e%2E/exact": "escaped dots are resolved",
            "/./exact": "",
            "/../exact": "above the root",
            "/exact/.": "a dot at the end leaves a slash",
            "//exact": "slashes are not merged",
            "/%65xact": "an escaped letter",
            "/users%2F42": "an escaped slash",
            "/files\\x": "a backslash becomes a slash",
            "http://paths.example.com/exact": "an absolute URL",
            "http://nowhere.test/exact": "an absolute URL's host comes before the Host header",
            "*": "no path",
            "exact": "a path without a slash",
        },
    ),
    get(
        NORMALIZED,
        HOST,
        "/by-header",
        "the authority from a header",
        headers=(("x-target", "c.test"),),
    ),
    *_paths(
        RAW,
        {
            "/exact": "",
            "/a/../exact": "dots are not resolved",
            "/files/../exact": "a prefix sees the dots",
            "/users/42#part": "a fragment is dropped all the same",
            "/%65xact": "an escaped letter",
            "/files\\x": "a backslash stays",
        },
    ),
    *_paths(
        MERGED,
        {
            "//exact": "slashes are merged",
            "/files///x": "",
            "/exact//": "slashes at the end become one",
            "/exact?a=//": "slashes in a query stay",
            "/a//../exact": "dots are resolved before slashes are merged",
        },
    ),
    get(UNESCAPED, HOST, "/users%2F42", "an escaped slash becomes one"),
    get(UNESCAPED, HOST, "/files%5Cx", "an escaped backslash becomes a slash"),
    get(REDIRECTED, HOST, "/users%2F42", "an escaped slash redirects"),
    get(REJECTED, HOST, "/users%2F42", "an escaped slash is refused"),
    get(REJECTED, HOST, "/users/42"),
]
