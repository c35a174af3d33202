"""Resources in the shapes that Istiod gives them, as protobuf JSON.

Each function returns plain data that the caller may change before it adds it to a snapshot.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from .snapshot import TYPE_PREFIX

Resource = dict[str, Any]

DOMAIN = "default.svc.cluster.local"
HTTP_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"
UNLIMITED = 4294967295
INSPECTED_HTTP = ["http/1.1", "h2c"]
MUTUAL_TLS = ["istio-peer-exchange", "istio"]
ADS = {"ads": {}, "initialFetchTimeout": "0s", "resourceApiVersion": "V3"}

# What the access log holds of each connection or request. Envoy writes a JSON object a line.
ACCESS_LOG_FORMAT = {
    "authority": "%REQ(:AUTHORITY)%",
    "cluster": "%UPSTREAM_CLUSTER_RAW%",
    "details": "%RESPONSE_CODE_DETAILS%",
    "filter_chain": "%FILTER_CHAIN_NAME%",
    "flags": "%RESPONSE_FLAGS%",
    "host": "%UPSTREAM_HOST%",
    "location": "%RESP(LOCATION)%",
    "path": "%REQ(:PATH)%",
    "peer": "%DOWNSTREAM_DIRECT_REMOTE_ADDRESS%",
    "response_code": "%RESPONSE_CODE%",
    "route": "%ROUTE_NAME%",
    "terminated": "%CONNECTION_TERMINATION_DETAILS%",
}


def extension(name: str, type_name: str, **configuration: Any) -> Resource:
    """A named extension: `typedConfig` holds a message of the type."""
    return {"name": name, "typedConfig": {"@type": TYPE_PREFIX + type_name, **configuration}}


def socket_address(address: str, port: int) -> Resource:
    return {"socketAddress": {"address": address, "portValue": port}}


def access_log(**log_filter: Any) -> list[Resource]:
    """Istio's access log: Envoy's standard output; `log_filter` limits what is logged."""
    log = extension(
        "envoy.access_loggers.file",
        "envoy.extensions.access_loggers.file.v3.FileAccessLog",
        path="/dev/stdout",
        logFormat={"jsonFormat": ACCESS_LOG_FORMAT},
    )
    return [log | ({"filter": log_filter} if log_filter else {})]


# Clusters and endpoints


def service_host(service: str) -> str:
    return f"{service}.{DOMAIN}"


def cluster_name(service: str, port: int = 9080, subset: str = "") -> str:
    return f"outbound|{port}|{subset}|{service_host(service)}"


def eds_cluster(service: str, port: int = 9080, subset: str = "", **fields: Any) -> Resource:
    """A service's cluster: its endpoints come by EDS under the cluster's own name."""
    name = cluster_name(service, port, subset)
    services = [{"host": service_host(service), "name": service, "namespace": "default"}]
    istio: Resource = {"default_original_port": port, "services": services}
    if subset:
        istio["subset"] = subset
        istio["config"] = (
            f"/apis/networking.istio.io/v1/namespaces/default/destination-rule/{service}"
        )
    return {
        "name": name,
        "altStatName": name + ";",
        "type": "EDS",
        "edsClusterConfig": {"edsConfig": ADS, "serviceName": name},
        "connectTimeout": "10s",
        "lbPolicy": "LEAST_REQUEST",
        "circuitBreakers": {
            "thresholds": [
                {
                    "maxConnections": UNLIMITED,
                    "maxPendingRequests": UNLIMITED,
                    "maxRequests": UNLIMITED,
                    "maxRetries": UNLIMITED,
                    "trackRemaining": True,
                }
            ]
        },
        "commonLbConfig": {"healthyPanicThreshold": {}},
        "metadata": {"filterMetadata": {"istio": istio}},
    } | fields


def black_hole_cluster() -> Resource:
    return {"name": "BlackHoleCluster", "type": "STATIC", "connectTimeout": "10s"}


def original_destination_cluster(name: str, **fields: Any) -> Resource:
    """A cluster that goes to the connection's own destination, as PassthroughCluster does."""
    return {
        "name": name,
        "altStatName": name + ";",
        "type": "ORIGINAL_DST",
        "connectTimeout": "10s",
        "lbPolicy": "CLUSTER_PROVIDED",
    } | fields


def endpoint(address: str, port: int, workload: str, **fields: Any) -> Resource:
    return {
        "endpoint": {"address": socket_address(address, port)},
        "metadata": {"filterMetadata": {"istio": {"workload": f"{workload};default;;;Kubernetes"}}},
        "loadBalancingWeight": 1,
    } | fields


def locality(endpoints: Sequence[Resource], **fields: Any) -> Resource:
    return {
        "locality": {"region": "eu-west-1", "zone": "eu-west-1a"},
        "lbEndpoints": list(endpoints),
        "loadBalancingWeight": max(len(endpoints), 1),
    } | fields


def load_assignment(cluster: str, *localities: Resource) -> Resource:
    return {"clusterName": cluster, "endpoints": list(localities)}


# Routes


def route(name: str, match: Mapping[str, Any], cluster: str, **action: Any) -> Resource:
    """A route to one cluster; `action` adds to its RouteAction."""
    return {
        "name": name,
        "match": dict(match),
        "route": {"cluster": cluster, "timeout": "0s"} | action,
        "decorator": {"operation": f"{name}/*"},
    }


def virtual_host(name: str, domains: Sequence[str], routes: Sequence[Resource]) -> Resource:
    return {
        "name": name,
        "domains": list(domains),
        "routes": list(routes),
        "includeRequestAttemptCount": True,
    }


def service_virtual_host(service: str, port: int, address: str, *routes: Resource) -> Resource:
    """A service's virtual host; without routes, one that goes to the service's cluster."""
    host = service_host(service)
    names = [host, host + ".", service, f"{service}.default.svc", f"{service}.default", address]
    default = route("default", {"prefix": "/"}, cluster_name(service, port))
    return virtual_host(f"{host}:{port}", names, routes or [default])


def route_configuration(name: str, *hosts: Resource, **fields: Any) -> Resource:
    return {
        "name": name,
        "virtualHosts": list(hosts),
        "validateClusters": False,
        "maxDirectResponseBodySizeBytes": 1048576,
        "ignorePortInHostMatching": True,
    } | fields


def allow_any() -> Resource:
    """The virtual host of a sidecar for every name that the mesh does not know."""
    anything = {"name": "allow_any", "match": {"prefix": "/"}}
    return virtual_host(
        "allow_any", ["*"], [anything | {"route": {"cluster": "PassthroughCluster"}}]
    )


# Listeners


def tcp_proxy(cluster: str = "", **fields: Any) -> Resource:
    target = {"cluster": cluster} if cluster else {}
    return extension(
        "envoy.filters.network.tcp_proxy",
        "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
        statPrefix=cluster or "weighted",
        accessLog=access_log(),
        **target,
        **fields,
    )


def http_filters(*first: Resource) -> list[Resource]:
    """Istio's HTTP filters, after those given."""
    http = "envoy.extensions.filters.http"
    return [
        *first,
        extension("envoy.filters.http.fault", f"{http}.fault.v3.HTTPFault"),
        extension("envoy.filters.http.cors", f"{http}.cors.v3.Cors"),
        extension("envoy.filters.http.router", f"{http}.router.v3.Router"),
    ]


def connection_manager(
    stat_prefix: str, filters: Sequence[Resource] | None = None, **fields: Any
) -> Resource:
    """An HTTP connection manager; `fields` brings `rds` or `routeConfig` and overrides the rest."""
    configuration = {
        "statPrefix": stat_prefix,
        "httpFilters": list(filters) if filters is not None else http_filters(),
        "streamIdleTimeout": "0s",
        "accessLog": access_log(),
        "useRemoteAddress": False,
        "upgradeConfigs": [{"upgradeType": "websocket"}],
        "normalizePath": True,
        "pathWithEscapedSlashesAction": "KEEP_UNCHANGED",
    } | fields
    return extension(
        "envoy.filters.network.http_connection_manager",
        "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        **configuration,
    )


def rds(name: str) -> Resource:
    return {"configSource": ADS, "routeConfigName": name}


def filter_chain(
    filters: Sequence[Resource], name: str = "", match: Mapping[str, Any] | None = None
) -> Resource:
    chain: Resource = {"filters": list(filters)}
    if match is not None:
        chain["filterChainMatch"] = dict(match)
    if name:
        chain["name"] = name
    return chain


def tls_inspector(**fields: Any) -> Resource:
    inspector = "envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector"
    return extension("envoy.filters.listener.tls_inspector", inspector) | fields


def http_inspector(**fields: Any) -> Resource:
    inspector = "envoy.extensions.filters.listener.http_inspector.v3.HttpInspector"
    return extension("envoy.filters.listener.http_inspector", inspector) | fields


def proxy_protocol() -> Resource:
    """Takes source and destination from a PROXY header, as behind a load balancer."""
    return extension(
        "envoy.filters.listener.proxy_protocol",
        "envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol",
    )


def server_tls(credential: str, authority: str = "") -> Resource:
    """TLS with a certificate by SDS; with an authority, mutual TLS as between sidecars."""
    common: Resource = {
        "tlsParams": {
            "tlsMinimumProtocolVersion": "TLSv1_2",
            "tlsMaximumProtocolVersion": "TLSv1_3",
        },
        "tlsCertificateSdsSecretConfigs": [{"name": credential, "sdsConfig": ADS}],
        "alpnProtocols": [*MUTUAL_TLS, "h2", "http/1.1"] if authority else ["http/1.1"],
    }
    if authority:
        common["combinedValidationContext"] = {
            "defaultValidationContext": {
                "matchTypedSubjectAltNames": [
                    {"sanType": "URI", "matcher": {"prefix": "spiffe://cluster.local/"}}
                ]
            },
            "validationContextSdsSecretConfig": {"name": authority, "sdsConfig": ADS},
        }
    context = "envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext"
    fields = {"requireClientCertificate": True} if authority else {}
    return extension("envoy.transport_sockets.tls", context, commonTlsContext=common, **fields)


def listener(port: int, chains: Sequence[Resource], **fields: Any) -> Resource:
    """A listener at `0.0.0.0:port` that logs connections for which it has no filter chain."""
    return {
        "name": f"0.0.0.0_{port}",
        "address": socket_address("0.0.0.0", port),
        "filterChains": list(chains),
        "trafficDirection": "OUTBOUND",
        "accessLog": access_log(responseFlagFilter={"flags": ["NR"]}),
    } | fields


def outbound_http_listener(port: int) -> Resource:
    """A sidecar's listener of one HTTP port: what is not HTTP passes through."""
    manager = connection_manager(f"outbound_0.0.0.0_{port};", rds=rds(str(port)))
    match = {"transportProtocol": "raw_buffer", "applicationProtocols": INSPECTED_HTTP}
    passthrough = filter_chain([tcp_proxy("PassthroughCluster")], "PassthroughFilterChain")
    return listener(
        port,
        [filter_chain([manager], match=match)],
        defaultFilterChain=passthrough,
        listenerFilters=[tls_inspector(), http_inspector()],
        listenerFiltersTimeout="0s",
        continueOnListenerFiltersTimeout=True,
        bindToPort=False,
    )


def outbound_tcp_listener(address: str, port: int, cluster: str) -> Resource:
    """A sidecar's listener of one TCP service's address."""
    return listener(
        port,
        [filter_chain([tcp_proxy(cluster)])],
        name=f"{address}_{port}",
        address=socket_address(address, port),
        bindToPort=False,
    )


def virtual_outbound(*listener_filters: Resource) -> Resource:
    """The listener that every outbound connection of a sidecar enters."""
    black_hole = filter_chain(
        [tcp_proxy("BlackHoleCluster")], "virtualOutbound-blackhole", {"destinationPort": 15001}
    )
    catch_all = filter_chain([tcp_proxy("PassthroughCluster")], "virtualOutbound-catchall-tcp")
    filters = {"listenerFilters": list(listener_filters)} if listener_filters else {}
    return listener(
        15001, [black_hole, catch_all], name="virtualOutbound", useOriginalDst=True, **filters
    )
