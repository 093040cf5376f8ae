"""How an NGSI-LD broker is asked: selectors, representations, GET or POST (§6.4.3.2, §6.23).

Only what the user needs is sent: a parameter that a broker does not know is refused with
400. Where the address grows long the same question goes as a Query document by POST.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from commonplace.http import with_parameters
from commonplace.job import NgsiSpec, SourceSpec
from commonplace.ngsi.context import link_header

PREFIX: Final = "/ngsi-ld/v1"
LONGEST_URL: Final = 4_000  # bytes; brokers refuse from 8,000 on, proxies earlier
GEOJSON: Final = "application/geo+json"
JSON: Final = "application/json"

Pairs = tuple[tuple[str, str], ...]

# Of a question's parameters, those that stay in the URL when it is POSTed (§6.23.3.1).
IN_URL: Final = frozenset(
    "limit offset count options format local entityMap splitEntities geometryProperty".split()
)
LISTS: Final = frozenset({"attrs", "pick", "omit", "datasetId"})
GEO: Final = ("georel", "geometry", "coordinates", "geoproperty")
ENTITY_SELECTORS: Final = ("type", "id", "idPattern")
OURS: Final = frozenset({"limit", "offset", "count"})
# What selects instances in time and has no place in a question about the present.
TEMPORAL: Final = ("timerel", "timeAt", "endTimeAt", "timeproperty", "lastN")
EVER: Final = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Form:
    """How entities are asked for: media type, and which parameters go along."""

    media_type: str
    options: str | None = None
    count: bool = True


def forms(wanted: str) -> tuple[Form, ...]:
    """Forms to try in turn, the best first: brokers refuse what they do not know.

    Parameters
    ----------
    wanted
        The representation: normalized (the default of the standard, so it needs no
        parameter), concise or simplified.
    """
    options = {"simplified": "keyValues", "concise": "concise"}.get(wanted)
    best = (Form(JSON, options), Form(GEOJSON, options), Form(JSON, options, count=False))
    plain = Form(JSON, count=False)
    return best if options is None else (*best, plain)


@dataclass(frozen=True, slots=True)
class Question:
    """A request for a page: GET of ``url``, or POST of ``body`` to it."""

    url: str
    media_type: str
    body: bytes | None = None

    def at(self, url: str) -> Question:
        """The same question, another page of its answer."""
        return Question(url, self.media_type, self.body)

    def narrowed(self, pattern: str) -> Question | None:
        """The same, for ids that match a pattern; None where it has a pattern already."""
        if self.body is None:
            if "idPattern" in dict(parse_qsl(urlsplit(self.url).query)):
                return None
            return self.at(with_parameters(self.url, [("idPattern", pattern)]))
        document = json.loads(self.body)
        if any("idPattern" in one for one in document["entities"]):
            return None
        document["entities"] = [{**one, "idPattern": pattern} for one in document["entities"]]
        return Question(self.url, self.media_type, json.dumps(document).encode())


@dataclass(frozen=True, slots=True)
class Asked:
    """The broker's entry point and what is asked of it, from address and job together."""

    base: str
    pairs: Pairs
    headers: Mapping[str, str]

    @property
    def types(self) -> tuple[str, ...]:
        """The types that the address names, one by one where they are alternatives."""
        named = dict(self.pairs).get("type")
        if not named:
            return ()
        if any(one in named for one in "(;"):
            return (named,)
        return tuple(dict.fromkeys(one for one in re.split(r"[,|]", named) if one))

    @property
    def joins(self) -> bool:
        """Whether related entities, of other types, come along."""
        return "join" in dict(self.pairs)

    def page(self, kind: str, form: Form, size: int, *, posted: bool = False) -> Question:
        """The first page of a type's entities."""
        pairs = [("type", kind), *((n, v) for n, v in self.pairs if n != "type")]
        named = {one for one, _ in pairs}
        if form.options and not named & {"options", "format"}:
            pairs.append(("options", form.options))
        if form.media_type != GEOJSON:
            pairs = [pair for pair in pairs if pair[0] != "geometryProperty"]
        if form.count:
            pairs.append(("count", "true"))
        pairs.append(("limit", str(size)))
        url = with_parameters(f"{self.base}/entities", pairs)
        if not posted and len(url) <= LONGEST_URL:
            return Question(url, form.media_type)
        shown = [pair for pair in pairs if pair[0] in IN_URL]
        url = with_parameters(f"{self.base}/entityOperations/query", shown)
        return Question(url, form.media_type, _document(pairs))

    def history(self, kind: str, spec: NgsiSpec, size: int) -> Question:
        """The first page of a type's temporal evolution (§6.18)."""
        kept = ("attrs", "q", "scopeQ", "id", "idPattern", "datasetId", *GEO, *TEMPORAL)
        pairs = [("type", kind), *((n, v) for n, v in self.pairs if n in kept)]
        named = {one for one, _ in pairs}
        if not named & {"timerel", "timeAt"}:
            pairs.extend(_period(spec))
        if spec.timeproperty != "observedAt" and "timeproperty" not in named:
            pairs.append(("timeproperty", spec.timeproperty))
        if spec.last is not None:
            pairs.append(("lastN", str(spec.last)))
        pairs.append(("limit", str(size)))
        return Question(with_parameters(f"{self.base}/temporal/entities", pairs), JSON)


def _period(spec: NgsiSpec) -> Iterable[tuple[str, str]]:
    if spec.until is None:
        return [("timerel", "after"), ("timeAt", spec.since or EVER)]
    if spec.since is None:
        return [("timerel", "before"), ("timeAt", spec.until)]
    return [("timerel", "between"), ("timeAt", spec.since), ("endTimeAt", spec.until)]


def _document(pairs: Iterable[tuple[str, str]]) -> bytes:
    """The Query document (§5.2.23) of a question's parameters."""
    stated = {name: value for name, value in pairs if name not in IN_URL}
    selector = _selectors(stated)
    document: dict[str, Any] = {"type": "Query", "entities": selector}
    geo = {name: stated[name] for name in GEO if name in stated}
    if geo:
        document["geoQ"] = {**geo, "coordinates": json.loads(geo["coordinates"])}
    for name, value in stated.items():
        if name not in ENTITY_SELECTORS and name not in GEO:
            document[name] = value.split(",") if name in LISTS else value
    return json.dumps(document, ensure_ascii=False).encode()


def _selectors(stated: Mapping[str, str]) -> list[dict[str, str]]:
    """Entity selectors: one for each id, each with the type."""
    base = {name: stated[name] for name in ("type", "idPattern") if name in stated}
    if "id" not in stated:
        return [base]
    return [{**base, "id": one} for one in stated["id"].split(",")]


def asked_of(spec: SourceSpec) -> Asked:
    """What a job's source asks of its broker. What the job says wins over the address."""
    base, pairs = _entry_point(spec.url or "")
    stated = _stated(spec.ngsi)
    named = {one for one, _ in stated}
    kept = tuple(pair for pair in pairs if pair[0] not in named and pair[0] not in OURS)
    headers = {}
    if spec.tenant:
        headers["NGSILD-Tenant"] = spec.tenant
    if spec.context:
        headers["Link"] = link_header(spec.context)
    return Asked(base, (*kept, *stated), headers)


def _stated(spec: NgsiSpec) -> Pairs:
    pairs: list[tuple[str, str]] = []
    for name in ("q", "scopeQ", "lang", "idPattern", "datasetId"):
        value = getattr(spec, name)
        if value:
            pairs.append((name, value))
    pairs.extend(
        (name, ",".join(one)) for name, one in (("attrs", spec.attrs), ("id", spec.id)) if one
    )
    if spec.geoQ is not None:
        pairs.extend((name, value) for name in GEO if (value := getattr(spec.geoQ, name)))
    if spec.local:
        pairs.append(("local", "true"))
    if spec.geometry != "location":
        pairs.append(("geometryProperty", spec.geometry))
    return tuple(pairs)


def _entry_point(url: str) -> tuple[str, Pairs]:
    """``…/ngsi-ld/v1`` of any of a broker's addresses, and the query to go along."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if PREFIX in path:
        path = path[: path.index(PREFIX) + len(PREFIX)]
    elif path.endswith("/ngsi-ld"):
        path = f"{path}/v1"
    else:
        path = f"{path}{PREFIX}"
    base = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    return base, tuple(parse_qsl(parts.query))
