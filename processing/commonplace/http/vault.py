"""Credentials by the name that a job states: from the face, the environment, or a keyring.

Of a credential ``city`` the environment holds ``COMMONPLACE_CITY_TOKEN`` and the like, the
keyring the same words (``token``) under the service ``commonplace/city``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from commonplace.errors import SourceError
from commonplace.http.addresses import origin_of
from commonplace.http.credentials import ClientCertificate, Credentials, Grantor, basic
from commonplace.http.network import AskCredentials, Network
from commonplace.http.oauth import ClientCredentials, Post, Registration

WORDS: Final = (
    "token",
    "user",
    "password",
    "key",
    "key_header",
    "key_parameter",
    "token_url",
    "client_id",
    "client_secret",
    "scope",
    "audience",
    "certificate",
    "certificate_key",
    "certificate_password",
)
KEY_HEADER: Final = "X-Api-Key"
SERVICE: Final = "commonplace"
_NOT_A_NAME: Final = re.compile(r"[^A-Z0-9]+")


@dataclass(slots=True, eq=False)
class Asked:
    """Credentials that the face gives (QGIS's authentication system)."""

    name: str
    url: str
    ask: AskCredentials
    first: Credentials

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.first.origin

    @property
    def parameter_names(self) -> frozenset[str]:
        return self.first.parameter_names

    def granted(self) -> Credentials:
        return self.first

    def renewed(self, refused: Credentials) -> Credentials | None:
        """Asked for again, unless another thread did so meanwhile."""
        if self.first == refused:
            given = self.ask(self.name, self.url, True)
            if given is None or given == refused:
                return None
            self.first = given
        return self.first


def variable_of(name: str, word: str) -> str:
    """The environment variable that holds a word of a credential."""
    return f"COMMONPLACE_{_NOT_A_NAME.sub('_', name.upper()).strip('_')}_{word.upper()}"


def secret_of(variable: str, hint: str | None = None) -> str:
    """What an environment variable holds.

    Raises
    ------
    SourceError
        There is no such variable.
    """
    value = os.environ.get(variable)
    if value is None:
        raise SourceError(f"the environment variable {variable} is not set", hint=hint)
    return value


def named_credentials(name: str, url: str, network: Network, post: Post) -> Grantor:
    """The credentials called ``name``, for a URL's server.

    Parameters
    ----------
    post
        How OAuth's token requests are sent.

    Raises
    ------
    SourceError
        Nobody knows the name, or what is known of it doesn't fit together.
    """
    if network.ask is not None:
        given = network.ask(name, url, False)
        if given is not None:
            return Asked(name, url, network.ask, given)
    words = _from_environment(name) or _from_keyring(name)
    if not words:
        raise SourceError(
            f"no credential is called {name!r}",
            hint=f"set {variable_of(name, 'token')}, or another of those in docs/http.md",
        )
    return _granting(name, url, words, post)


def _from_environment(name: str) -> dict[str, str]:
    found = {word: os.environ.get(variable_of(name, word)) for word in WORDS}
    return {word: value for word, value in found.items() if value}


def _from_keyring(name: str) -> dict[str, str]:
    if find_spec("keyring") is None:
        return {}
    import keyring
    from keyring.errors import KeyringError, NoKeyringError

    try:
        found = {word: keyring.get_password(f"{SERVICE}/{name}", word) for word in WORDS}
    except NoKeyringError:  # a server without a desktop
        return {}
    except KeyringError as error:
        raise SourceError(
            f"the keyring can't be asked for {name!r}: {error}",
            hint=f"unlock it, or set {variable_of(name, 'token')}",
        ) from error
    return {word: value for word, value in found.items() if value}


def _granting(name: str, url: str, words: Mapping[str, str], post: Post) -> Grantor:
    origin = origin_of(url)
    if "token_url" in words:
        missing = [one for one in ("client_id", "client_secret") if one not in words]
        if missing:
            raise _incomplete(name, missing[0])
        made = Registration(
            words["token_url"],
            words["client_id"],
            words["client_secret"],
            words.get("scope"),
            words.get("audience"),
        )
        return ClientCredentials(origin, made, post)
    headers: list[tuple[str, str]] = []
    parameters: list[tuple[str, str]] = []
    if "token" in words:
        headers.append(("Authorization", f"Bearer {words['token']}"))
    elif "user" in words:
        headers.append(("Authorization", basic(words["user"], words.get("password", ""))))
    if "key" in words and "key_parameter" in words:
        parameters.append((words["key_parameter"], words["key"]))
    elif "key" in words:
        headers.append((words.get("key_header", KEY_HEADER), words["key"]))
    certificate = None
    if "certificate" in words:
        key = words.get("certificate_key")
        certificate = ClientCertificate(
            Path(words["certificate"]).expanduser(),
            Path(key).expanduser() if key else None,
            words.get("certificate_password"),
        )
    if not headers and not parameters and certificate is None:
        raise _incomplete(name, "token")
    return Credentials(origin, tuple(headers), tuple(parameters), certificate)


def _incomplete(name: str, word: str) -> SourceError:
    return SourceError(
        f"the credential {name!r} lacks its {word}",
        hint=f"set {variable_of(name, word)}; see docs/http.md",
    )
