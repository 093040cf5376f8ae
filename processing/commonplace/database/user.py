"""Who asks a database: what the job names, else whom libpq finds on its own."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Final

from commonplace.database.session import Address, address_of
from commonplace.errors import SourceError
from commonplace.http import Response, current_network, named_credentials, secret_of
from commonplace.job import SourceSpec

_BASIC: Final = "Basic "
_NAMED_BY: Final = "the job's source names it for its password"


def signed_in(spec: SourceSpec) -> Address:
    """The address of a database with the credential that a source names (``auth``, ``token_env``).

    Raises
    ------
    SourceError
        There is no such credential, or it is not a user and password.
    """
    url = spec.url or ""
    if spec.auth is not None:
        user, password = _named(spec.auth, url)
        return address_of(url, password, user)
    return address_of(url, None if spec.token_env is None else secret_of(spec.token_env, _NAMED_BY))


def _named(name: str, url: str) -> tuple[str, str]:
    granted = named_credentials(name, url, current_network(), _no_tokens).granted()
    stated = dict(granted.headers).get("Authorization", "")
    if not stated.startswith(_BASIC):
        raise SourceError(
            f"the credential {name!r} has no user and password",
            hint="a database is signed in to by user and password; see docs/http.md",
        )
    user, _, password = base64.b64decode(stated.removeprefix(_BASIC)).decode().partition(":")
    return user, password


def _no_tokens(url: str, body: bytes, headers: dict[str, str], secrets: Iterable[str]) -> Response:
    raise SourceError("a database takes no OAuth token; name a user and password")
