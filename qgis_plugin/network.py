"""QGIS's proxy and certificate settings as the engine's processes take them: by environment.

Nothing here is written to a project or a log.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsSettings

AUTHORITIES: Final = "authorities.pem"
SCHEMES: Final = {"HttpProxy": "http", "HttpCachingProxy": "http", "Socks5Proxy": "socks5"}


def worker_settings(profile: Path) -> dict[str, str]:
    """Environment variables for the worker. For the main thread."""
    return {**proxy_settings(), **authority_settings(profile)}


def proxy_settings() -> dict[str, str]:
    """``HTTP_PROXY`` and the like, where QGIS's settings state a proxy."""
    settings = QgsSettings()
    if not settings.value("proxy/proxyEnabled", False, type=bool):
        return {}
    scheme = SCHEMES.get(_text(settings, "proxy/proxyType"))
    host = _text(settings, "proxy/proxyHost")
    if scheme is None or not host:
        return {}
    user, password = _proxy_user(settings)
    port = _text(settings, "proxy/proxyPort")
    address = proxy_address(scheme, host, port, user, password)
    excluded: Any = settings.value("proxy/noProxyUrls", []) or []
    excluded = [excluded] if isinstance(excluded, str) else list(excluded)
    variables = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), address)
    hosts = excluded_hosts(excluded)
    return {**variables, "NO_PROXY": hosts} if hosts else variables


def proxy_address(scheme: str, host: str, port: str, user: str, password: str) -> str:
    """``http://user:password@host:port``."""
    who = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
    return f"{scheme}://{who}{host}:{port}" if port else f"{scheme}://{who}{host}"


def excluded_hosts(addresses: list[str]) -> str:
    """The hosts of QGIS's excluded addresses, as ``NO_PROXY`` lists them."""
    hosts = [urlsplit(one).hostname or one.partition("/")[0] for one in addresses if one]
    return ",".join(dict.fromkeys(hosts))


def authority_settings(profile: Path) -> dict[str, str]:
    """``COMMONPLACE_CA``, where QGIS has certificates of its own."""
    manager = QgsApplication.authManager()
    if manager.isDisabled():
        return {}
    own = [*manager.databaseCAs(), *manager.extraFileCAs()]
    if not own:
        return {}
    path = profile / "commonplace" / AUTHORITIES
    text = b"".join(bytes(one.toPem()) for one in own)
    if not path.is_file() or path.read_bytes() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    return {"COMMONPLACE_CA": str(path)}


def _proxy_user(settings: QgsSettings) -> tuple[str, str]:
    """User and password: of the auth manager's configuration where there is one."""
    stated = _text(settings, "proxy/authcfg")
    if stated:
        config = QgsAuthMethodConfig()
        loaded = QgsApplication.authManager().loadAuthenticationConfig(stated, config, True)
        if loaded[0]:
            return config.config("username"), config.config("password")
    return _text(settings, "proxy/proxyUser"), _text(settings, "proxy/proxyPassword")


def _text(settings: QgsSettings, name: str) -> str:
    return str(settings.value(name, "") or "")
