"""Addresses of sources and services: which are asked, and why others aren't."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from .texts import tr

SECRETS: Final = frozenset(("key", "apikey", "token", "accesstoken", "password", "secret", "auth"))


def refusal(address: str) -> str:
    """Why an address is not asked, or nothing."""
    if not address:
        return tr("Type or paste an address, or choose a file or a folder.")
    if "://" not in address and not Path(address).exists():
        return tr("There is no file {path}").format(path=address)
    if is_web_address(address) and has_secret(address):
        return tr("The address carries a secret: use an authentication of QGIS instead.")
    return ""


def is_web_address(text: str) -> bool:
    """Whether a text is an http address with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def has_secret(address: str) -> bool:
    """Whether an address carries a password, or a parameter that looks like a key."""
    parts = urlsplit(address)
    names = {name.casefold().replace("_", "") for name, _ in parse_qsl(parts.query)}
    return bool(parts.username or parts.password or names & SECRETS)
