"""What the sources that speak HTTP share: clients as the job states them, links kept at home."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from commonplace.errors import SourceError
from commonplace.http import (
    Client,
    Grantor,
    Limits,
    Network,
    Response,
    credentials_for,
    current_network,
    named_credentials,
    secret_of,
)
from commonplace.job import HttpSpec, SourceSpec
from commonplace.report import Observer

_MEGABYTE: Final = 1024 * 1024
_NAMED_BY: Final = "the job's source names it for its credentials"


def client_for(spec: SourceSpec, observer: Observer) -> Client:
    """A client with the credentials that the job names, as patient as the job says.

    Raises
    ------
    SourceError
        When a credential or a variable isn't there.
    """
    network = current_network()
    if spec.http.authorities is not None:
        network = replace(network, authorities=spec.http.authorities)
    limits = _limits(spec.http)
    credentials = _credentials(spec, Client(limits=limits, observer=observer, network=network))
    return Client(credentials=credentials, limits=limits, observer=observer, network=network)


def _limits(stated: HttpSpec) -> Limits:
    return Limits(
        connect_seconds=stated.connect_seconds,
        read_seconds=stated.read_seconds,
        retries=stated.retries,
        largest_body=stated.largest_mb * _MEGABYTE,
    )


def _credentials(spec: SourceSpec, asking: Client) -> Grantor | None:
    """``asking`` sends the token requests of OAuth."""
    url = spec.url or ""
    if spec.auth is None:
        token = None if spec.token_env is None else secret_of(spec.token_env, _NAMED_BY)
        secret = {
            name: secret_of(variable, _NAMED_BY) for name, variable in spec.header_env.items()
        }
        return credentials_for(url, token=token, headers=secret)
    if spec.token_env is not None or spec.header_env:
        raise SourceError(
            "a source states auth or token_env and header_env, not both",
            hint="put all into the credential that auth names",
        )

    def post(url: str, body: bytes, headers: dict[str, str], secrets: Iterable[str]) -> Response:
        return asking.send(
            "POST", url, body, headers=headers, secrets=secrets, allowed=range(400, 600)
        )

    network: Network = asking.network
    return named_credentials(spec.auth, url, network, post)


def same_server(link: str, base: str) -> str:
    """A ``next`` link on the server we asked, even if the server knows itself otherwise.

    Behind a proxy servers write links with an inner name or plain http: the same path
    elsewhere is taken from here, so that it works and the credentials stay.
    """
    theirs, ours = urlsplit(link), urlsplit(base)
    if theirs[:2] == ours[:2] or theirs.path.rstrip("/") != ours.path.rstrip("/"):
        return link
    return urlunsplit(theirs._replace(scheme=ours.scheme, netloc=ours.netloc))
