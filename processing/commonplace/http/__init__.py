"""The one seam to the network: timeouts, retries, limits, credentials, record and cache.

Requests are retried, save those that say otherwise; a header belongs to a request and
credentials only to the server (scheme, host, port) they were given for: they are dropped
when a redirect or a ``next`` link leads elsewhere. Messages and evidence never show secrets
(:func:`shown_url`). TLS is verified; proxies come from the environment or the face only.
"""

from commonplace.http.addresses import (
    HIDDEN,
    SECRET_WORDS,
    origin_of,
    shown_url,
    with_parameters,
    without_userinfo,
)
from commonplace.http.answers import Response, fault, retry_after
from commonplace.http.client import REDIRECTS, RETRIED, Client
from commonplace.http.credentials import (
    ClientCertificate,
    Credentials,
    Grantor,
    credentials_for,
)
from commonplace.http.limits import Limits, Tally
from commonplace.http.network import AskCredentials, Network, current_network, using
from commonplace.http.oauth import ClientCredentials, Registration
from commonplace.http.store import Cache, Record
from commonplace.http.traffic import Traffic
from commonplace.http.vault import named_credentials, secret_of

__all__ = [
    "HIDDEN",
    "REDIRECTS",
    "RETRIED",
    "SECRET_WORDS",
    "AskCredentials",
    "Cache",
    "Client",
    "ClientCertificate",
    "ClientCredentials",
    "Credentials",
    "Grantor",
    "Limits",
    "Network",
    "Record",
    "Registration",
    "Response",
    "Tally",
    "Traffic",
    "credentials_for",
    "current_network",
    "fault",
    "named_credentials",
    "origin_of",
    "retry_after",
    "secret_of",
    "shown_url",
    "using",
    "with_parameters",
    "without_userinfo",
]
