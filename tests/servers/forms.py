"""An OGC API - Features service with a collection in other encodings than GeoJSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx

from support.gml_town import END, ROOT, building

ROOT_URL = "https://city.example/api"
GML = "application/gml+xml;version=3.2"
JSON_FG = "application/vnd.ogc.fg+json"


@dataclass
class Forms:
    """One collection ``buildings``.

    Parameters
    ----------
    offered
        Media types of its ``items`` links.
    buildings
        How many there are in GML.
    places
        Features of JSON-FG; ``system`` is their ``coordRefSys``, by the start of the page.
    linked
        How GML's pages say where the next one is: not at all, in a header, or in the root.
    """

    offered: Sequence[str]
    buildings: int = 0
    places: Sequence[dict[str, Any]] = ()
    system: dict[int, str] = field(default_factory=dict)
    linked: Literal["header", "root", None] = "header"
    most: int = 1000
    accepted: list[str] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api").rstrip("/")
        if path == "/collections/buildings/items":
            self.accepted.append(request.headers["accept"])
            wants = request.headers["accept"].partition(",")[0]
            return self.gml(request) if wants == GML else self.json_fg(request)
        bodies: dict[str, Any] = {
            "": {"links": [{"rel": "data", "href": f"{ROOT_URL}/collections"}]},
            "/conformance": {"conformsTo": []},
            "/collections": {"collections": [self.collection()]},
            "/collections/buildings": self.collection(),
        }
        if path not in bodies:
            return httpx.Response(404, json={"title": "not here"})
        return httpx.Response(200, json=bodies[path])

    def collection(self) -> dict[str, Any]:
        href = f"{ROOT_URL}/collections/buildings/items"
        links = [{"rel": "items", "href": href, "type": one} for one in self.offered]
        return {"id": "buildings", "title": "Buildings", "links": links}

    def gml(self, request: httpx.Request) -> httpx.Response:
        offset, limit = self._page(request)
        numbers = range(offset, min(offset + limit, self.buildings))
        more = str(request.url.copy_set_param("offset", str(offset + limit)))
        ended = offset + limit >= self.buildings
        attributes = f'numberMatched="{self.buildings}" numberReturned="{len(numbers)}"'
        if self.linked == "root" and not ended:
            attributes += f' next="{more.replace("&", "&amp;")}"'
        root = ROOT.replace('numberMatched="unknown" numberReturned="0"', attributes)
        members = "".join(f"<wfs:member>{building(one)}</wfs:member>" for one in numbers)
        headers = {"Content-Type": GML}
        if self.linked == "header" and not ended:
            headers["Link"] = f'<{ROOT_URL}>; rel="collection", <{more}>; rel="next"; type="{GML}"'
        return httpx.Response(200, content=(root + members + END).encode(), headers=headers)

    def json_fg(self, request: httpx.Request) -> httpx.Response:
        offset, limit = self._page(request)
        page = list(self.places[offset : offset + limit])
        body: dict[str, Any] = {
            "type": "FeatureCollection",
            "features": page,
            "links": [],
            "numberMatched": len(self.places),
        }
        starts = [start for start in self.system if start <= offset]
        if starts:
            body["coordRefSys"] = self.system[max(starts)]
        if offset + limit < len(self.places):
            href = str(request.url.copy_set_param("offset", str(offset + limit)))
            body["links"].append({"rel": "next", "href": href})
        return httpx.Response(200, json=body, headers={"Content-Type": JSON_FG})

    def _page(self, request: httpx.Request) -> tuple[int, int]:
        asked = request.url.params
        return int(asked.get("offset", 0)), min(int(asked.get("limit", 10)), self.most)
