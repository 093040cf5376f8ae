"""Addresses: whose server they are, what is added to them, what is shown of them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from commonplace.errors import SourceError

SECRET_WORDS: Final = ("key", "token", "secret", "pass", "pwd", "sig", "auth", "credential")
HIDDEN: Final = "***"
_USERINFO: Final = re.compile(r"(?<=//)[^/@\s]+@")

Origin = tuple[str, str, int]


def origin_of(url: str) -> Origin:
    """Scheme, host and port of a URL.

    Raises
    ------
    SourceError
        The port is no number.
    """
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    try:
        port = parts.port
    except ValueError as error:
        raise SourceError(f"{shown_url(url)} is no address: {error}") from error
    return scheme, (parts.hostname or "").lower(), port or {"http": 80, "https": 443}.get(scheme, 0)


def shown_url(url: str) -> str:
    """A URL without user, password and secret parameters."""
    parts = urlsplit(without_userinfo(url))
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if not any(is_secret(name) for name, _ in pairs):
        return urlunsplit(parts)
    shown = [(name, HIDDEN if is_secret(name) else value) for name, value in pairs]
    return urlunsplit(parts._replace(query=urlencode(shown, safe="*,:/")))


def without_userinfo(url: str) -> str:
    """A URL without user and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def without_secrets(url: str, names: Container[str]) -> str:
    """A URL as it may be kept on disk: no user, no password, none of the named parameters."""
    parts = urlsplit(without_userinfo(url))
    kept = [pair for pair in parts.query.split("&") if unquote(pair.partition("=")[0]) not in names]
    return urlunsplit(parts._replace(query="&".join(kept)))


def without_passwords(text: str) -> str:
    """A text in which addresses have no user and password."""
    return _USERINFO.sub("", text)


def with_parameters(url: str, parameters: Iterable[tuple[str, str]]) -> str:
    """A URL with parameters added; those it has already by that name are replaced."""
    added = list(parameters)
    if not added:
        return url
    parts = urlsplit(url)
    names = {name for name, _ in added}
    kept = [
        pair
        for pair in parts.query.split("&")
        if pair and unquote(pair.partition("=")[0]) not in names
    ]
    query = "&".join([*kept, urlencode(added, quote_via=quote, safe=",:/")])
    return urlunsplit(parts._replace(query=query))


def with_own(url: str, parameters: Iterable[tuple[str, str]]) -> str:
    """A URL with the parameters that it lacks, or that were hidden in it."""
    known = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    return with_parameters(
        url, [pair for pair in parameters if known.get(pair[0], HIDDEN) == HIDDEN]
    )


def is_secret(name: str) -> bool:
    """Whether a header or parameter of that name holds a secret, by the look of it."""
    folded = name.casefold()
    return any(word in folded for word in SECRET_WORDS)
