"""Connections opened, and what it means when they fail."""

from __future__ import annotations

import ssl

import httpx

from commonplace.errors import SourceError, Unreachable
from commonplace.http.addresses import shown_url, without_passwords
from commonplace.http.bodies import BrokenOff
from commonplace.http.credentials import Credentials
from commonplace.http.limits import Limits
from commonplace.http.logs import keep_secrets_out_of_logs
from commonplace.http.network import Network, tls_context


def opened_client(
    network: Network,
    limits: Limits,
    transport: httpx.BaseTransport | None,
    credentials: Credentials | None,
) -> httpx.Client:
    """Httpx's client: nothing is connected yet.

    Parameters
    ----------
    credentials
        Whose client certificate is shown; None shows none.

    Raises
    ------
    SourceError
        The proxy, or a file of certificates, can't be used.
    """
    keep_secrets_out_of_logs()
    certificate = None if credentials is None else credentials.certificate
    context: ssl.SSLContext | bool = False
    if transport is None:
        context = tls_context(network.authorities, certificate)
    try:
        return httpx.Client(
            timeout=httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds),
            verify=context,
            transport=transport,
            proxy=network.proxy if transport is None else None,
            follow_redirects=False,
        )
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        raise SourceError(
            f"the proxy can't be used: {without_passwords(str(error))}",
            hint="HTTPS_PROXY and the like state http://host:port",
        ) from error


def hopeless(error: Exception) -> bool:
    """Whether another try can't help: a wrong scheme or header, a certificate not trusted."""
    wrong = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)
    return isinstance(error, wrong) or "CERTIFICATE_VERIFY" in str(error)


def unreachable(url: str, error: Exception) -> Unreachable:
    """The error that a failed connection means."""
    where = shown_url(url)
    if "CERTIFICATE_VERIFY" in str(error):
        hint = "have the server's certificate mended, or name its authority in COMMONPLACE_CA"
        return Unreachable(f"{where}: the server's certificate is not trusted", hint=hint)
    if isinstance(error, httpx.TimeoutException):
        return Unreachable(f"{where} did not answer in time", hint="try later")
    if isinstance(error, httpx.LocalProtocolError):  # whose text holds the header, a secret maybe
        hint = "check the credential: no line breaks, no blanks before or after it"
        return Unreachable(f"{where} was not asked: a header of ours can't be sent", hint=hint)
    if isinstance(error, BrokenOff):
        return Unreachable(f"{where}: the packed answer is broken: {error}", hint="try later")
    hint = "check the address, the network and the proxy"
    return Unreachable(f"{where} can't be reached: {without_passwords(str(error))}", hint=hint)
