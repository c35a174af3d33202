"""Certificates made for one run: an authority, a server's and clients' of a name.

They live in the run's own folder, which is removed with it. Envoy leaves private keys out of what
its admin port prints.
"""

import base64
import dataclasses
import pathlib
import subprocess
from typing import Any

from ..errors import CaptureError

NAME = "/O=drydock capture"


@dataclasses.dataclass(frozen=True)
class Identity:
    """The files of a certificate and its private key."""

    certificate: pathlib.Path
    key: pathlib.Path


class Certificates:
    """Makes keys and certificates with openssl on demand."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder
        self._made: dict[str, Identity] = {}
        folder.mkdir()

    def client(self, principal: str) -> Identity:
        """A client whose identity is a SPIFFE identifier."""
        return self._signed(f"client-{principal.rpartition('/')[2]}", f"URI:{principal}")

    def server_secret(self, name: str) -> dict[str, Any]:
        """A secret with what Envoy shows for any name below example.com."""
        server = self._signed("server", "DNS:example.com,DNS:*.example.com")
        chain, key = _inline(server.certificate), _inline(server.key)
        return {"name": name, "tlsCertificate": {"certificateChain": chain, "privateKey": key}}

    def authority_secret(self, name: str) -> dict[str, Any]:
        """A secret with the certificate that clients' certificates are checked against."""
        trusted = _inline(self._authority().certificate)
        return {"name": name, "validationContext": {"trustedCa": trusted}}

    def _authority(self) -> Identity:
        return self._make("authority", "-addext", "basicConstraints=critical,CA:TRUE")

    def _signed(self, name: str, alternative_names: str) -> Identity:
        authority = self._authority()
        signer = ["-CA", str(authority.certificate), "-CAkey", str(authority.key)]
        return self._make(name, *signer, "-addext", f"subjectAltName={alternative_names}")

    def _make(self, name: str, *options: str) -> Identity:
        if name in self._made:
            return self._made[name]
        made = Identity(self._folder / f"{name}.pem", self._folder / f"{name}.key")
        kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        files = ["-keyout", str(made.key), "-out", str(made.certificate)]
        command = ["openssl", "req", "-x509", *kind, "-days", "30", "-subj", NAME, *options]
        try:
            subprocess.run([*command, *files], check=True, capture_output=True, timeout=20)
        except FileNotFoundError:
            raise CaptureError("the command openssl is missing") from None
        except subprocess.SubprocessError as error:
            raise CaptureError(f"openssl cannot make the certificate {name}: {error}") from error
        self._made[name] = made
        return made


def _inline(path: pathlib.Path) -> dict[str, str]:
    return {"inlineBytes": base64.b64encode(path.read_bytes()).decode()}
