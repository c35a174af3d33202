"""Envoy's bootstrap as Istio writes it: node, admin, the static clusters and listeners, ADS."""

import dataclasses
from typing import Any

from .snapshot import TYPE_PREFIX

ADMIN_PORT = 15000
XDS_SOCKET = "etc/istio/proxy/XDS"
SDS_SOCKET = "etc/istio/proxy/SDS"


@dataclasses.dataclass(frozen=True)
class Node:
    """The proxy that Envoy says it is."""

    kind: str
    address: str
    workload: str
    pod: str
    namespace: str

    @property
    def identifier(self) -> str:
        domain = f"{self.namespace}.svc.cluster.local"
        return f"{self.kind}~{self.address}~{self.pod}.{self.namespace}~{domain}"

    def metadata(self) -> dict[str, Any]:
        application = self.workload.rpartition("-")[0]
        return {
            "CLUSTER_ID": "Kubernetes",
            "ENVOY_PROMETHEUS_PORT": 15090,
            "ENVOY_STATUS_PORT": 15021,
            "INSTANCE_IPS": self.address,
            "INTERCEPTION_MODE": "REDIRECT",
            "ISTIO_VERSION": "1.32.0",
            "LABELS": {
                "app": application,
                "service.istio.io/canonical-name": application,
                "version": self.workload.rpartition("-")[2],
            },
            "MESH_ID": "cluster.local",
            "NAME": self.pod,
            "NAMESPACE": self.namespace,
            "SERVICE_ACCOUNT": application,
            "WORKLOAD_NAME": self.workload,
        }


def bootstrap(node: Node) -> dict[str, Any]:
    """The bootstrap in original field names. Its paths are relative to Envoy's own folder."""
    return {
        "node": {
            "id": node.identifier,
            "cluster": f"{node.workload.rpartition('-')[0]}.{node.namespace}",
            "locality": {},
            "metadata": node.metadata(),
        },
        "layered_runtime": {
            "layers": [
                {
                    "name": "global config",
                    "static_layer": {
                        "envoy.reloadable_features.http_reject_path_with_fragment": False,
                        "re2.max_program_size.error_level": "32768",
                    },
                },
                {"name": "admin", "admin_layer": {}},
            ]
        },
        "bootstrap_extensions": [
            {
                "name": "envoy.bootstrap.internal_listener",
                "typed_config": {
                    "@type": TYPE_PREFIX + "udpa.type.v1.TypedStruct",
                    "type_url": TYPE_PREFIX
                    + "envoy.extensions.bootstrap.internal_listener.v3.InternalListener",
                    "value": {"buffer_size_kb": 64},
                },
            }
        ],
        "admin": {"address": _address(ADMIN_PORT)},
        "dynamic_resources": {
            "lds_config": _ads(),
            "cds_config": _ads(),
            "ads_config": {
                "api_type": "DELTA_GRPC",
                "set_node_on_first_message_only": True,
                "transport_api_version": "V3",
                "grpc_services": [{"envoy_grpc": {"cluster_name": "xds-grpc"}}],
            },
        },
        "static_resources": {
            "clusters": [
                _cluster("prometheus_stats", _address(ADMIN_PORT), "0.250s"),
                _cluster("agent", _address(15020), "0.250s"),
                _cluster("sds-grpc", {"pipe": {"path": SDS_SOCKET}}, "1s", speaks_http2=True),
                _cluster("xds-grpc", {"pipe": {"path": XDS_SOCKET}}, "1s", speaks_http2=True),
            ],
            "listeners": [
                _listener(15090, "stats", "/stats/prometheus", "prometheus_stats"),
                _listener(15021, "agent", "/healthz/ready", "agent"),
            ],
        },
    }


def _ads() -> dict[str, Any]:
    return {"ads": {}, "initial_fetch_timeout": "0s", "resource_api_version": "V3"}


def _address(port: int, address: str = "127.0.0.1") -> dict[str, Any]:
    return {"socket_address": {"address": address, "port_value": port}}


def _cluster(
    name: str, address: dict[str, Any], timeout: str, speaks_http2: bool = False
) -> dict[str, Any]:
    options = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"
    http2 = {
        "@type": TYPE_PREFIX + options,
        "explicit_http_config": {"http2_protocol_options": {}},
    }
    return {
        "name": name,
        "alt_stat_name": name + ";",
        "type": "STATIC",
        "connect_timeout": timeout,
        "load_assignment": {
            "cluster_name": name,
            "endpoints": [{"lb_endpoints": [{"endpoint": {"address": address}}]}],
        },
    } | ({"typed_extension_protocol_options": {options: http2}} if speaks_http2 else {})


def _listener(port: int, stat_prefix: str, prefix: str, cluster: str) -> dict[str, Any]:
    router = "envoy.extensions.filters.http.router.v3.Router"
    manager = "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"
    route = {"match": {"prefix": prefix}, "route": {"cluster": cluster}}
    configuration = {
        "@type": TYPE_PREFIX + manager,
        "stat_prefix": stat_prefix,
        "route_config": {
            "virtual_hosts": [{"name": "backend", "domains": ["*"], "routes": [route]}]
        },
        "http_filters": [
            {
                "name": "envoy.filters.http.router",
                "typed_config": {"@type": TYPE_PREFIX + router},
            }
        ],
    }
    filter_ = {
        "name": "envoy.filters.network.http_connection_manager",
        "typed_config": configuration,
    }
    return {
        "name": f"0.0.0.0_{port}",
        "address": _address(port, "0.0.0.0"),
        "filter_chains": [{"filters": [filter_]}],
    }
