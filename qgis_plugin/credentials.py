"""Credentials from QGIS's auth manager, as the engine takes them."""

from __future__ import annotations

import contextlib
import queue
from collections.abc import Callable
from typing import Final

from qgis.core import QgsApplication, QgsAuthMethodConfig
from qgis.PyQt.QtCore import QObject, QUrl, QUrlQuery, pyqtSignal
from qgis.PyQt.QtNetwork import QNetworkRequest

from .engine import ASK_EVERY, Message

PATHS_METHOD: Final = "PKI-Paths"


class CredentialsDesk(QObject):
    """Answers what the engine asks for, in the thread that the desk was made in.

    That is the main thread as a rule: the master password may be asked for.
    """

    _asked = pyqtSignal(dict, object)

    def __init__(self) -> None:
        super().__init__()
        self._asked.connect(_give)

    def answer(self, question: Message, cancelled: Callable[[], bool]) -> Message:
        """What there is for an ``auth_request``; in any thread, which waits for it."""
        answered: queue.Queue[Message] = queue.Queue()
        self._asked.emit(question, answered)
        while not cancelled():
            with contextlib.suppress(queue.Empty):
                return answered.get(timeout=ASK_EVERY)
        return {}


def naming(authcfg: str) -> Message:
    """The fields of a request that has an authentication configuration, or none."""
    return {"auth": authcfg, "asks": True} if authcfg else {}


def _give(question: Message, answered: queue.Queue[Message]) -> None:
    answered.put(credentials(question["server"], question["name"], bool(question["renew"])))


def credentials(server: str, authcfg: str, renew: bool) -> Message:
    """What an authentication configuration adds to a request to a server.

    For the main thread: the master password may be asked for. ``renew`` when the server
    refused what was given before; OAuth tokens are fetched anew then.

    Returns
    -------
    Message
        ``headers``, ``parameters``, ``certificate`` and ``certificate_key``; nothing when
        there is no such configuration.
    """
    manager = QgsApplication.authManager()
    if manager.isDisabled() or authcfg not in manager.configIds():
        return {}
    if renew:
        manager.clearCachedConfig(authcfg)
    if manager.configAuthMethodKey(authcfg) == PATHS_METHOD:
        return _certificate(authcfg)
    succeeded, request = manager.updateNetworkRequest(QNetworkRequest(QUrl(f"{server}/")), authcfg)
    if not succeeded:
        return {}
    headers = {_text(name): _text(request.rawHeader(name)) for name in request.rawHeaderList()}
    query = QUrlQuery(request.url())
    parameters = dict(query.queryItems(QUrl.ComponentFormattingOption.FullyDecoded))
    return {"headers": headers, "parameters": parameters}


def _certificate(authcfg: str) -> Message:
    """A client certificate and its key in PEM files; a key with a password can't be passed."""
    config = QgsAuthMethodConfig()
    loaded = QgsApplication.authManager().loadAuthenticationConfig(authcfg, config, True)
    if not loaded[0] or config.config("keypass"):
        return {}
    return {
        "certificate": config.config("certpath"),
        "certificate_key": config.config("keypath"),
    }


def _text(value: object) -> str:
    return bytes(value).decode("latin-1").strip()  # Esri's method ends its header with a blank
