"""What the clients of a run share: traffic, record, cache, proxy, authorities, who is asked.

A face or the pipeline states it once (:func:`using`), and every client made inside has it.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import certifi

from commonplace.errors import SourceError
from commonplace.http.credentials import ClientCertificate, Credentials
from commonplace.http.store import Cache, Record
from commonplace.http.traffic import Traffic

CACHE_VARIABLE: Final = "COMMONPLACE_CACHE"
AUTHORITIES_VARIABLE: Final = "COMMONPLACE_CA"

#: Gives credentials by the name that a job states, for an address; asked again, with
#: ``renew``, when a server refused them. None when the name is not known.
AskCredentials = Callable[[str, str, bool], Credentials | None]


@dataclass(frozen=True, slots=True)
class Network:
    """What clients share. ``proxy`` and ``authorities`` (a PEM file) default to the
    environment's.
    """

    ask: AskCredentials | None = None
    traffic: Traffic = field(default_factory=Traffic)
    record: Record | None = None
    cache: Cache | None = None
    proxy: str | None = field(default=None, repr=False)
    authorities: Path | None = None


_CURRENT: ContextVar[Network | None] = ContextVar("network", default=None)


def current_network() -> Network:
    """What was stated by :func:`using`, or what the environment says."""
    return _CURRENT.get() or environments_network()


def environments_network() -> Network:
    """A network as the environment describes it."""
    cache = os.environ.get(CACHE_VARIABLE)
    authorities = os.environ.get(AUTHORITIES_VARIABLE)
    return Network(
        cache=Cache(Path(cache).expanduser()) if cache else None,
        authorities=Path(authorities).expanduser() if authorities else None,
    )


@contextmanager
def using(network: Network) -> Iterator[None]:
    """Clients made inside share ``network``."""
    token = _CURRENT.set(network)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def tls_context(authorities: Path | None, certificate: ClientCertificate | None) -> ssl.SSLContext:
    """Certificates are verified: by this machine's authorities, Mozilla's, and one's own.

    Raises
    ------
    SourceError
        A file can't be read as what it should be.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    if authorities is not None:
        try:
            context.load_verify_locations(authorities)
        except (OSError, ssl.SSLError) as error:
            raise SourceError(
                f"{authorities} holds no certificates: {error}", hint="a PEM file is needed"
            ) from error
    if certificate is not None:
        try:
            # Not the password itself: with None, OpenSSL would ask at the terminal.
            context.load_cert_chain(
                certificate.certificate, certificate.key, lambda: certificate.password or ""
            )
        except (OSError, ssl.SSLError) as error:
            raise SourceError(
                f"the client certificate {certificate.certificate.name} can't be used: {error}",
                hint="PEM files of certificate and key are needed, and the key's password",
            ) from error
    return context
