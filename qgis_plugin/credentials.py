"""Credentials from QGIS's auth manager, as the engine takes them."""

from __future__ import annotations

from typing import Final

from qgis.core import QgsApplication, QgsAuthMethodConfig
from qgis.PyQt.QtCore import QUrl, QUrlQuery
from qgis.PyQt.QtNetwork import QNetworkRequest

from .engine import Message

PATHS_METHOD: Final = "PKI-Paths"


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
    return bytes(value).decode("latin-1")
