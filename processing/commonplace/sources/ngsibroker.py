"""An NGSI-LD broker's answers: its types described, its pages parsed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

import pyarrow as pa

from commonplace.batch import Field, Layer
from commonplace.errors import MalformedAnswer, ServerFault
from commonplace.http import Client, Response, fault, shown_url, with_parameters
from commonplace.job import SourceSpec
from commonplace.report import Severity
from commonplace.sources.connect import same_server
from commonplace.sources.entity import LOCATION, as_feature
from commonplace.sources.geojson import parse_features
from commonplace.sources.notes import Notebook
from commonplace.sources.rows import unique_names

PREFIX: Final = "/ngsi-ld/v1"
SAMPLE: Final = 20

GEOJSON: Final = "application/geo+json"
JSON: Final = "application/json"
UNSUPPORTED: Final = (400, 404, 405, 406, 422, 501)

_LINK: Final = re.compile(r"<([^>]*)>((?:\s*;\s*[^,;=\"]+(?:=(?:\"[^\"]*\"|[^,;\"]*))?)*)")
_REL: Final = re.compile(r"rel\s*=\s*\"?([^\";,\s]+)")


@dataclass(frozen=True, slots=True)
class Form:
    """How entities are asked for: media type and whether ``options`` and ``count`` go along."""

    media_type: str
    options: bool = True
    count: bool = True


FORMS: Final = (
    Form(GEOJSON),
    Form(JSON),
    Form(GEOJSON, count=False),
    Form(JSON, options=False, count=False),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of entities."""

    entities: list[dict[str, Any]]
    next: str | None
    total: int | None
    url: str


@dataclass(frozen=True, slots=True)
class EntityType:
    """An entity type as described."""

    layer: Layer
    form: Form
    stored: Mapping[str, str] = field(default_factory=dict)

    @property
    def renamed(self) -> dict[str, str]:
        return {old: new for new, old in self.stored.items() if old != new}


class Broker:
    """Asks a broker for its types and their entities; describes each type once."""

    def __init__(self, spec: SourceSpec, client: Client, notebook: Notebook, crs: str) -> None:
        self.base, self._asked = _entry_point(spec.url or "")
        self._client = client
        self._headers = _headers(spec)
        self._notebook = notebook
        self._crs = crs
        self._types: dict[str, tuple[str, ...]] | None = None
        self._known: dict[str, EntityType] = {}

    def listed(self) -> dict[str, tuple[str, ...]]:
        """Type names with their attributes."""
        if self._types is None:
            asked = dict(self._asked).get("type")
            self._types = {asked: ()} if asked else self._discovered()
        return self._types

    def _discovered(self) -> dict[str, tuple[str, ...]]:
        url = f"{self.base}/types?details=true"
        answer = self._get(url, JSON, allowed=UNSUPPORTED)
        if answer.status in UNSUPPORTED:
            raise ServerFault(
                f"the broker does not list its types: {fault(answer).message}",
                hint="name a type in the url: …/ngsi-ld/v1/entities?type=Building",
            )
        body = answer.json()
        if isinstance(body, dict) and isinstance(body.get("typeList"), list):
            return {str(one): () for one in body["typeList"]}
        if not isinstance(body, list):
            raise MalformedAnswer(f"{shown_url(url)} answered no list of types")
        return {
            str(one.get("typeName") or one["id"]): tuple(map(str, one.get("attributeNames", ())))
            for one in body
            if isinstance(one, dict) and (one.get("typeName") or one.get("id"))
        }

    def plain(self, name: str, attributes: Sequence[str]) -> Layer:
        """What the list of types itself says."""
        names = unique_names(["id", "type", *(one for one in attributes if one != LOCATION)])
        fields = tuple(Field(one, "string") for one in names)
        return Layer(name=name, fields=fields, geometry_type="Unknown", crs=self._crs)

    def described(self, name: str) -> EntityType:
        """A type with its fields and count; asked for once."""
        if name not in self._known:
            self._known[name] = self._describe(name, self.listed()[name])
        return self._known[name]

    def _describe(self, name: str, attributes: Sequence[str]) -> EntityType:
        form, sample = self._sample(name)
        features = [as_feature(one) for one in sample.entities]
        seen = [one for each in features for one in each["properties"]]
        stored = list(dict.fromkeys(("id", "type", *attributes, *seen)))
        # The location is the geometry; names of another context's long form are kept.
        stored = [one for one in stored if one != LOCATION]
        names = unique_names(stored)
        made = parse_features(features, id_name="id", swap=False, with_geometry=False).batch
        kinds = {one.name: str(one.type) for one in made.schema if not pa.types.is_null(one.type)}
        located_kinds = {one["geometry"]["type"] for one in features if one["geometry"]}
        layer = Layer(
            name=name,
            fields=tuple(
                Field(new, kinds.get(old, "string")) for new, old in zip(names, stored, strict=True)
            ),
            geometry_type=self._geometry_type(located_kinds, attributes, features),
            crs=self._crs,
            count=sample.total,
        )
        return EntityType(layer, form, dict(zip(names, stored, strict=True)))

    def _geometry_type(
        self, kinds: set[str], attributes: Sequence[str], features: Sequence[object]
    ) -> str | None:
        if len(kinds) == 1:
            return min(kinds)
        announced = LOCATION in attributes or not features
        return "Unknown" if kinds or announced else None

    def _sample(self, name: str) -> tuple[Form, Page]:
        """The first entities, in the first form that the broker understands."""
        answer: Response | None = None
        for form in FORMS:
            url = self.entities_url(name, form, SAMPLE)
            answer = self._get(url, form.media_type, allowed=UNSUPPORTED)
            if answer.status == 200:
                return form, self.parsed(answer)
            if answer.status == 404:
                break
        assert answer is not None
        raise fault(answer)

    def entities_url(self, name: str, form: Form, size: int) -> str:
        """The address of a type's first page."""
        parameters = [("type", name), *((n, v) for n, v in self._asked if n != "type")]
        named = {one for one, _ in parameters}
        if form.options and not named & {"options", "format"}:
            parameters.append(("options", "keyValues"))
        if form.count:
            parameters.append(("count", "true"))
        parameters.append(("limit", str(size)))
        return with_parameters(f"{self.base}/entities", parameters)

    def ask(self, form: Form, url: str) -> Response:
        """Ask for a page of entities."""
        return self._get(url, form.media_type)

    def _get(self, url: str, media_type: str, allowed: Sequence[int] = ()) -> Response:
        headers = {**self._headers, "Accept": media_type}
        answer = self._client.get(url, headers=headers, allowed=allowed)
        for warning in answer.all_headers("ngsild-warning"):
            self._notebook.note(
                "PARTIAL_RESULT",
                Severity.WARNING,
                "a source behind the broker did not answer: entities may be missing",
                value=warning[:200],
                fix="read again when all sources are up",
            )
        return answer

    def parsed(self, answer: Response) -> Page:
        """A page, in whatever form it came."""
        body = answer.json()
        if isinstance(body, dict) and isinstance(body.get("features"), list):
            body = body["features"]
        if not isinstance(body, list):
            raise MalformedAnswer(f"{shown_url(answer.url)} answered no list of entities")
        counted = answer.header("ngsild-results-count") or ""
        following = next_link(answer.all_headers("link"))
        if following is not None:
            following = same_server(urljoin(answer.url, following), answer.url)
        return Page(
            entities=[one for one in body if isinstance(one, dict)],
            next=following,
            total=int(counted) if counted.isdigit() else None,
            url=answer.url,
        )


def next_link(headers: Sequence[str]) -> str | None:
    """The target of ``rel="next"`` among all ``Link`` headers (RFC 8288)."""
    for header in headers:
        for target, parameters in _LINK.findall(header):
            relation = _REL.search(parameters)
            if relation is not None and relation[1] == "next":
                return str(target)
    return None


def _headers(spec: SourceSpec) -> dict[str, str]:
    headers = {}
    if spec.tenant:
        headers["NGSILD-Tenant"] = spec.tenant
    if spec.context:
        relation = 'rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
        headers["Link"] = f"<{spec.context}>; {relation}"
    return headers


def _entry_point(url: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """``…/ngsi-ld/v1`` of any of a broker's addresses, and the query to go along."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if PREFIX in path:
        path = path[: path.index(PREFIX) + len(PREFIX)]
    elif path.endswith("/ngsi-ld"):
        path = f"{path}/v1"
    else:
        path = f"{path}{PREFIX}"
    dropped = ("limit", "offset", "count")
    asked = tuple(pair for pair in parse_qsl(parts.query) if pair[0] not in dropped)
    return urlunsplit((parts.scheme, parts.netloc, path, "", "")), asked
