"""The catalogue at an address, of whichever protocol."""

from __future__ import annotations

from commonplace.errors import SourceError
from commonplace.http import shown_url
from commonplace.job import SourceSpec
from commonplace.report import Observer, Silent
from commonplace.sources.connect import client_for
from commonplace.sources.csw import CswSource
from commonplace.sources.records import RecordsSource
from commonplace.sources.wfsxml import parameter


def open_catalogue(spec: SourceSpec, observer: Observer | None = None) -> CswSource | RecordsSource:
    """The catalogue that a source states; where it doesn't say its kind, by what it answers.

    Raises
    ------
    SourceError
        It is no catalogue.
    """
    kind = spec.kind or _recognised(spec, observer or Silent())
    if kind == "csw":
        return CswSource(spec, observer)
    if kind != "records":
        raise SourceError(
            f"{shown_url(spec.url or '')} is no catalogue ({kind})",
            hint="search needs a CSW or an OGC API Records; inspect shows other sources",
        )
    return RecordsSource(spec, observer)


def _recognised(spec: SourceSpec, observer: Observer) -> str:
    """CSW by its parameter or a path that names it; else by whether the answer is JSON."""
    url = spec.url or ""
    service = (parameter(url, "service") or "").lower()
    if service == "csw" or "csw" in url.lower().partition("?")[0].rpartition("/")[2]:
        return "csw"
    accept = {"Accept": "application/json, */*;q=0.1"}
    with client_for(spec, observer) as client:
        answer = client.get(url, headers=accept, allowed=(400, 404, 406))
    return "records" if answer.status < 400 and answer.body[:1] in (b"{", b"[") else "csw"
