"""What the sources that speak HTTP share: credentials from the environment, links kept at home."""

from __future__ import annotations

import os
from urllib.parse import urlsplit, urlunsplit

from commonplace.errors import SourceError
from commonplace.http import Client, credentials_for
from commonplace.job import SourceSpec
from commonplace.report import Observer


def client_for(spec: SourceSpec, observer: Observer) -> Client:
    """A client with the credentials that the job names by environment variables.

    Raises
    ------
    SourceError
        When a variable isn't set.
    """
    token = None if spec.token_env is None else _secret(spec.token_env)
    secret = {name: _secret(variable) for name, variable in spec.header_env.items()}
    credentials = credentials_for(spec.url or "", token=token, headers=secret)
    return Client(credentials=credentials, observer=observer)


def _secret(variable: str) -> str:
    value = os.environ.get(variable)
    if value is None:
        raise SourceError(
            f"the environment variable {variable} is not set",
            hint="the job's source names it for its credentials",
        )
    return value


def same_server(link: str, base: str) -> str:
    """A ``next`` link on the server we asked, even if the server knows itself otherwise.

    Behind a proxy servers write links with an inner name or plain http: the same path
    elsewhere is taken from here, so that it works and the credentials stay.
    """
    theirs, ours = urlsplit(link), urlsplit(base)
    if theirs[:2] == ours[:2] or theirs.path.rstrip("/") != ours.path.rstrip("/"):
        return link
    return urlunsplit(theirs._replace(scheme=ours.scheme, netloc=ours.netloc))
