"""The client that writes to a service, with credentials of the environment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from commonplace.errors import SourceError
from commonplace.http import (
    Client,
    Response,
    credentials_for,
    named_credentials,
    secret_of,
    shown_url,
)
from commonplace.report import Observer


def client_to(
    url: str,
    observer: Observer,
    *,
    token_env: str | None = None,
    header_env: Mapping[str, str] | None = None,
    auth: str | None = None,
) -> Client:
    """A client for a service.

    Parameters
    ----------
    token_env
        The environment variable that holds a bearer token.
    header_env
        Headers, by name, with the variables that hold them.
    auth
        A named credential instead (see :func:`commonplace.http.named_credentials`).

    Raises
    ------
    SourceError
        A credential that isn't there, or one in the address.
    """
    if credentials_for(url) is not None:
        raise SourceError(
            f"the address {shown_url(url)} holds a secret, which other users of this machine see",
            hint="put it into an environment variable: --token-env, --header-env, --auth",
        )
    asking = Client(observer=observer)
    if auth is None:
        token = None if token_env is None else secret_of(token_env)
        headers = {name: secret_of(variable) for name, variable in (header_env or {}).items()}
        known = credentials_for(url, token=token, headers=headers)
        return Client(credentials=known, observer=observer)

    def post(url: str, body: bytes, headers: dict[str, str], secrets: Iterable[str]) -> Response:
        return asking.send(
            "POST", url, body, headers=headers, secrets=secrets, allowed=range(400, 600)
        )

    named = named_credentials(auth, url, asking.network, post)
    return Client(credentials=named, observer=observer)
