"""A collection of an OGC API that takes transactions (OGC 20-002, Features Part 4)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from commonplace.errors import MalformedAnswer, SourceError
from commonplace.http import Client, Response, shown_url
from commonplace.publish.layers import Feature, FileLayer

GEOJSON: Final = "application/geo+json"
ACCEPTED: Final = f"{GEOJSON}, application/json;q=0.9"
ANY_ERROR: Final = range(400, 600)
PAGE: Final = 1_000
_TAG: Final = re.compile(r"<[^>]*>")
KEPT_TEXT: Final = 300  # of what a server says


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a server did not take a feature."""

    status: int
    reason: str

    @property
    def lasting(self) -> bool:
        """Whether another try can't help."""
        return 400 <= self.status < 500 and self.status not in (408, 425, 429)


@dataclass(frozen=True, slots=True)
class Service:
    """An OGC API that is written to; ``url`` is its landing page."""

    url: str
    client: Client

    def collections(self) -> list[str]:
        """Ids of its collections.

        Raises
        ------
        MalformedAnswer
        """
        answer = self._json(f"{self.url.rstrip('/')}/collections")
        listed = answer.get("collections")
        if not isinstance(listed, list):
            raise MalformedAnswer(
                f"{shown_url(self.url)} lists no collections",
                hint="give the landing page of an OGC API",
            )
        return [str(one.get("id")) for one in listed if isinstance(one, dict)]

    def collection(self, name: str) -> Collection:
        base = f"{self.url.rstrip('/')}/collections/{quote(name, safe='')}"
        about = self._json(base)
        storage = str(about.get("storageCrs") or "") or None
        return Collection(name, base, self.client, self._schema(base), storage)

    def _schema(self, base: str) -> dict[str, str]:
        """Types of its properties by name (Part 5); empty where the service has no schema."""
        answer = self.client.get(
            f"{base}/schema", headers={"Accept": "application/schema+json"}, allowed=ANY_ERROR
        )
        try:
            stated = answer.json().get("properties") if answer.status == 200 else None
        except (MalformedAnswer, AttributeError):
            return {}
        known = stated if isinstance(stated, dict) else {}
        return {
            str(name): str(one.get("type", ""))
            for name, one in known.items()
            if isinstance(one, dict) and "geometry" not in str(one.get("format", ""))
        }

    def _json(self, url: str) -> Mapping[str, Any]:
        found = self.client.get(url, headers={"Accept": "application/json"}).json()
        if not isinstance(found, dict):
            raise MalformedAnswer(f"{shown_url(url)} answered no JSON object")
        return found


@dataclass(frozen=True, slots=True)
class Collection:
    """One of them.

    ``properties`` are those of its schema, with their JSON types; ``storage`` is the CRS
    (a URI) that it keeps coordinates in.
    """

    name: str
    url: str
    client: Client
    properties: Mapping[str, str] = field(default_factory=dict)
    storage: str | None = None

    @property
    def items(self) -> str:
        return f"{self.url}/items"

    def require_editable(self) -> None:
        """Stop where the service says that it takes no new features (§7.2: ``OPTIONS``).

        Raises
        ------
        SourceError
        """
        answer = self.client.send("OPTIONS", self.items, allowed=ANY_ERROR)
        allowed = answer.header("allow")
        if answer.status < 400 and allowed is not None and "POST" not in allowed.upper():
            raise SourceError(
                f"the collection {self.name} takes no new features (it allows {allowed})",
                hint="publish to a service with transactions (OGC API Features Part 4)",
            )

    def features(self) -> Iterator[Feature]:
        """All that it has now, page by page; each once.

        Raises
        ------
        MalformedAnswer
            A page that is none, or pages that go round in circles.
        """
        address: str | None = f"{self.items}?limit={PAGE}"
        seen: set[str] = set()
        asked: set[str] = set()
        while address is not None:
            if address in asked:
                raise MalformedAnswer(f"the pages of {self.name} go round in circles")
            asked.add(address)
            page = self.client.get(
                address, headers={"Accept": f"{GEOJSON}, application/json;q=0.9"}
            ).json()
            if not isinstance(page, dict) or not isinstance(page.get("features"), list):
                raise MalformedAnswer(f"{shown_url(address)} answered no features")
            for one in page["features"]:
                if str(one.get("id")) not in seen:
                    seen.add(str(one.get("id")))
                    yield one
            address = self._next(page, address) if page["features"] else None

    def _next(self, page: Mapping[str, Any], address: str) -> str | None:
        links = page.get("links") or []
        href = next((str(one["href"]) for one in links if one.get("rel") == "next"), None)
        if href is None:
            return None
        # On the server that was asked, whatever name it knows itself by.
        there, here = urlsplit(urljoin(address, href)), urlsplit(self.items)
        return urlunsplit(there._replace(scheme=here.scheme, netloc=here.netloc, path=here.path))

    def feature(self, name: str) -> Feature | None:
        """One of them, as it is now."""
        answer = self.client.get(self._item(name), headers={"Accept": ACCEPTED}, allowed=ANY_ERROR)
        found = answer.json() if answer.status == 200 else None
        return found if isinstance(found, dict) else None

    def create(self, feature: Feature, crs: str | None = None) -> Refusal | str:
        """Add a feature; gives the id that the service knows it by, if it tells (§7.3).

        ``crs`` (a URI) is that of its coordinates, where it isn't CRS84.
        """
        headers = _headers(crs)
        answer = self.client.send(
            "POST", self.items, _body(feature), headers=headers, allowed=ANY_ERROR, retried=False
        )
        if answer.status >= 400:
            return _refusal(answer)
        place = answer.header("location") or ""
        return unquote(urlsplit(place).path.rstrip("/").rpartition("/items/")[2])

    def replace(self, name: str, feature: Feature, crs: str | None = None) -> Refusal | None:
        """Replace a feature (§7.4)."""
        headers = _headers(crs)
        address = self._item(name)
        answer = self.client.send(
            "PUT", address, _body(feature), headers=headers, allowed=ANY_ERROR
        )
        return _refusal(answer) if answer.status >= 400 else None

    def delete(self, name: str) -> Refusal | None:
        """Delete a feature (§7.5); one that isn't there is well."""
        answer = self.client.send("DELETE", self._item(name), allowed=ANY_ERROR)
        return _refusal(answer) if answer.status >= 400 and answer.status != 404 else None

    def _item(self, name: str) -> str:
        return f"{self.items}/{quote(name, safe='')}"


def chosen_collection(layer: FileLayer, known: list[str], named: Mapping[str, str]) -> str | None:
    """The collection of a layer: the one that is named for it, else one called like it."""
    if layer.feature_type in named:
        return named[layer.feature_type]
    by_name = {one.lower(): one for one in known}
    local = {one.lower().rpartition(":")[2].rpartition(".")[2]: one for one in known}
    for name in (f"{layer.dataset}-{layer.feature_type}", layer.feature_type):
        found = by_name.get(name.lower()) or local.get(name.lower())
        if found is not None:
            return found
    return None


def _headers(crs: str | None) -> dict[str, str]:
    stated = {} if crs is None else {"Content-Crs": f"<{crs}>"}
    return {"Content-Type": GEOJSON, **stated}


def _body(feature: Feature) -> bytes:
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":")).encode()


def _refusal(answer: Response) -> Refusal:
    """What the service says, in its own words."""
    text = answer.body.decode(errors="replace")
    try:
        said = json.loads(text)
    except ValueError:
        said = None
    if isinstance(said, dict):
        text = str(said.get("detail") or said.get("description") or said.get("title") or text)
    if text.lstrip().startswith("<"):
        text = _TAG.sub(" ", text)
    return Refusal(answer.status, " ".join(text.split())[:KEPT_TEXT] or "no reason given")
