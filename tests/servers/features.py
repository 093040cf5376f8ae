"""An OGC API - Features service as a function of requests, with the faults of the field."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

ROOT = "https://city.example/api"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


@dataclass
class Service:
    """One collection ``trees``; ``store`` holds its features.

    Parameters
    ----------
    properties
        Of the queryables; None: there are none.
    stored
        The same features in the storage CRS, which is ``storage``; ``confirms`` says whether
        the service names it in Content-Crs.
    relative
        ``next`` links without the server's name; ``inner``: with another server's name.
    empty_at
        The page that starts at this offset is empty, though it has a successor.
    loops, repeats
        ``next`` leads to the first page; every page has the first page's features.
    break_at, breaking
        The page that starts at this offset: status ``500``, ``truncated``, ``html`` or
        ``exception`` (with status 200).
    linked
        False: no page has a ``next`` link.
    boxes
        Points are found by bbox.
    refused_above
        Larger pages are refused with status 400.
    deletes
        By offset, how many features vanish from the store's beginning before that page.
    """

    store: Sequence[dict[str, Any]]
    properties: dict[str, Any] | None = None
    storage: str | None = None
    stored: Sequence[dict[str, Any]] = ()
    confirms: bool = True
    extent: Sequence[float] | None = None
    relative: bool = False
    inner: str | None = None
    empty_at: int | None = None
    loops: bool = False
    repeats: bool = False
    break_at: int | None = None
    breaking: str = "500"
    breaks: int = 1_000_000
    matched: int | None = None
    counts: bool = True
    most: int = 10_000
    linked: bool = True
    boxes: bool = False
    refused_above: int | None = None
    deletes: dict[int, int] = field(default_factory=dict)
    conformance: Sequence[str] = ()
    filters: Callable[[httpx.QueryParams, dict[str, Any]], bool] | None = None
    token: str | None = None
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if self.token and request.headers.get("authorization") != f"Bearer {self.token}":
            return httpx.Response(401, json={"title": "a token is needed"})
        path = request.url.path.removeprefix("/api").rstrip("/")
        answers: dict[str, Callable[[httpx.Request], httpx.Response]] = {
            "": lambda _: httpx.Response(200, json=self.landing()),
            "/conformance": lambda _: httpx.Response(200, json={"conformsTo": self.conformance}),
            "/collections": lambda _: httpx.Response(200, json=self.collections()),
            "/collections/trees": lambda _: httpx.Response(200, json=self.collection()),
            "/collections/trees/items": self.items,
        }
        if self.properties is not None:
            answers["/collections/trees/queryables"] = lambda _: httpx.Response(
                200, json={"type": "object", "properties": self.properties}
            )
        answer = answers.get(path)
        return answer(request) if answer else httpx.Response(404, json={"title": "Not Found"})

    def landing(self) -> dict[str, Any]:
        links = [
            {"rel": "self", "href": ROOT, "type": "application/json"},
            {"rel": "data", "href": f"{ROOT}/collections?f=html", "type": "text/html"},
            {"rel": "data", "href": "/api/collections", "type": "application/json"},
        ]
        return {"title": "City", "links": links}

    def collections(self) -> dict[str, Any]:
        tiles = {"id": "tiles", "links": [{"rel": "tiles", "href": "tiles"}]}
        records = {"id": "records", "itemType": "record", "links": []}
        shared = [CRS84, *([self.storage] if self.storage else [])]
        return {"crs": shared, "collections": [self.collection(), tiles, records]}

    def collection(self) -> dict[str, Any]:
        links = [
            {"rel": "items", "href": f"{ROOT}/collections/trees/items", "type": "text/html"},
            {
                "rel": "items",
                "href": f"{ROOT}/collections/trees/items",
                "type": "application/geo+json",
            },
            {"rel": "license", "href": "https://licence.example/", "title": "CC BY 4.0"},
        ]
        if self.properties is not None:
            relation = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
            links.append({"rel": relation, "href": f"{ROOT}/collections/trees/queryables"})
        described: dict[str, Any] = {"id": "trees", "title": "Trees", "links": links}
        if self.storage:
            described |= {"crs": ["#/crs"], "storageCrs": self.storage}
        if self.extent:
            described["extent"] = {"spatial": {"bbox": [list(self.extent)]}}
        return described

    def items(self, request: httpx.Request) -> httpx.Response:
        asked = request.url.params
        offset, wanted = int(asked.get("offset", 0)), int(asked.get("limit", 10))
        limit, is_sample = min(wanted, self.most), wanted <= 10
        if self.refused_above is not None and wanted > self.refused_above:
            return httpx.Response(400, json={"title": "limit is too large"})
        if not is_sample:
            self.store = self.store[self.deletes.pop(offset, 0) :]
        in_storage = bool(self.storage) and asked.get("crs") == self.storage and self.stored
        found = list(self.stored if in_storage else self.store)
        for name in self.properties or ():
            if name in asked:
                found = [one for one in found if str(one["properties"].get(name)) == asked[name]]
        if self.filters is not None and "filter" in asked:
            found = [one for one in found if self.filters(asked, one)]
        if self.boxes and "bbox" in asked:
            west, south, east, north = map(float, asked["bbox"].split(","))
            places = [one["geometry"]["coordinates"] for one in found]
            found = [
                one
                for one, (x, y) in zip(found, places, strict=True)
                if west <= x <= east and south <= y <= north
            ]
        if offset == self.break_at and not is_sample and self.breaks:
            self.breaks -= 1
            return self._broken()
        page = found[: limit if self.repeats else 0] or found[offset : offset + limit]
        if offset == self.empty_at:
            page = []
        body: dict[str, Any] = {"type": "FeatureCollection", "features": page, "links": []}
        if self.counts:
            body["numberMatched"] = len(found) if self.matched is None else self.matched
        if (offset + limit < len(found) or self.loops or self.repeats) and self.linked:
            body["links"].append(self._next(request, 0 if self.loops else offset + limit))
        headers = {"Content-Type": "application/geo+json"}
        if self.storage and self.confirms:
            headers["Content-Crs"] = f"<{self.storage if in_storage else CRS84}>"
        return httpx.Response(200, content=json.dumps(body).encode(), headers=headers)

    def _next(self, request: httpx.Request, offset: int) -> dict[str, str]:
        href = str(request.url.copy_set_param("offset", str(offset)))
        if self.relative:
            href = href.removeprefix("https://city.example")
        if self.inner:
            href = href.replace("https://city.example", self.inner)
        return {"rel": "next", "href": href, "type": "application/geo+json"}

    def _broken(self) -> httpx.Response:
        if self.breaking == "truncated":
            return httpx.Response(200, content=b'{"type": "FeatureCollection", "features": [{"ty')
        if self.breaking == "exception":
            return httpx.Response(200, json={"code": "NoApplicableCode", "description": "busy"})
        if self.breaking == "html":
            return httpx.Response(200, html="<html><body>Wartung</body></html>")
        return httpx.Response(500, html="<html><body>Internal error</body></html>")
