"""A SensorThings service (OGC 18-088) as a function of requests, with the faults of the field."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = "https://city.example/sta/v1.1"
ARRAYS = "http://www.opengis.net/spec/iot_sensing/1.1/req/data-array/data-array"
Entity = dict[str, Any]

# Which set a navigation property leads to, and whether to many.
LINKS = {
    "Things": {"Locations": ("Locations", True), "Datastreams": ("Datastreams", True)},
    "HistoricalLocations": {"Thing": ("Things", False), "Locations": ("Locations", True)},
    "Datastreams": {
        "Thing": ("Things", False),
        "Sensor": ("Sensors", False),
        "ObservedProperty": ("ObservedProperties", False),
        "Observations": ("Observations", True),
    },
    "MultiDatastreams": {
        "Thing": ("Things", False),
        "Sensor": ("Sensors", False),
        "ObservedProperties": ("ObservedProperties", True),
        "Observations": ("Observations", True),
    },
    "Observations": {"FeatureOfInterest": ("FeaturesOfInterest", False)},
    "Locations": {},
    "Sensors": {},
    "ObservedProperties": {},
    "FeaturesOfInterest": {},
}
_TERM = re.compile(r"^\(?([\w/@.]+) (eq|ne|ge|gt|le|lt) ('(?:[^']|'')*'|[^ ()]+)\)?$")
_EXPAND = re.compile(r"(\w+)(?:\(((?:[^()]|\([^()]*\))*)\))?")
_KEY = re.compile(r"^(\w+)\((.+)\)$")


@dataclass
class Service:
    """``store`` holds the entities by set; ``related`` the ids that each leads to.

    Parameters
    ----------
    most
        Of a page; ``nested``: of an expanded list.
    no_arrays, no_filters, no_counts
        What the service doesn't do (it answers 400); ``announces``: whether it lists what
        it does.
    loops, stuck, inner
        Next links lead to the first page; ``$skip`` is ignored; another host is named.
    endless
        Pages after the last are empty and have a next link all the same.
    fails
        Every page fails that many times.
    """

    store: dict[str, list[Entity]]
    related: dict[tuple[str, Any, str], list[Any]] = field(default_factory=dict)
    most: int = 1000
    nested: int = 1000
    no_arrays: bool = False
    no_filters: bool = False
    no_counts: bool = False
    announces: bool = True
    loops: bool = False
    stuck: bool = False
    endless: bool = False
    inner: str | None = None
    fails: int = 0
    requests: list[httpx.Request] = field(default_factory=list)
    failed: dict[str, int] = field(default_factory=dict)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        url = str(request.url)
        if self.failed.setdefault(url, 0) < self.fails:
            self.failed[url] += 1
            return httpx.Response(503)
        steps = request.url.path.removeprefix("/sta/v1.1").strip("/").split("/")
        if steps == [""]:
            return httpx.Response(200, json=self.landing())
        options = dict(request.url.params)
        if (self.no_filters and "$filter" in options) or (
            self.no_arrays and options.get("$resultFormat") == "dataArray"
        ):
            return httpx.Response(400, json={"message": "not supported"})
        name, found = self.walked(steps)
        if name is None:
            return httpx.Response(404, json={"message": "no such set"})
        return httpx.Response(200, content=json.dumps(self.page(url, name, found, options)))

    def landing(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "value": [{"name": one, "url": f"{self.inner or ROOT}/{one}"} for one in self.store]
        }
        if self.announces:
            known = [] if self.no_arrays else [ARRAYS]
            body["serverSettings"] = {"conformance": [*known, "http://…/req/datamodel"]}
        return body

    def walked(self, steps: Sequence[str]) -> tuple[str | None, list[Entity]]:
        """The set that a path leads to, and its entities."""
        match = _KEY.match(steps[0])
        name = match[1] if match else steps[0]
        if name not in self.store:
            return None, []
        if match is None:
            return name, self.store[name]
        key = json.loads(match[2]) if match[2].isdigit() else match[2].strip("'")
        target, _ = LINKS[name][steps[1]]
        return target, self.of(name, key, steps[1])

    def of(self, name: str, key: Any, link: str) -> list[Entity]:
        target, _ = LINKS[name][link]
        ids = self.related.get((name, key, link), [])
        known = {one["@iot.id"]: one for one in self.store[target]}
        return [known[one] for one in ids]

    def page(
        self, url: str, name: str, found: list[Entity], options: dict[str, str]
    ) -> dict[str, Any]:
        if "$filter" in options:
            tests = [self.test(name, one) for one in options["$filter"].split(" and ")]
            found = [one for one in found if all(test(one) for test in tests)]
        if "$orderby" in options:
            by, _, way = options["$orderby"].partition(" ")
            found = sorted(found, key=lambda one: one[by], reverse=way == "desc")
        top = min(int(options.get("$top", 100)), self.most)
        skip = 0 if self.stuck else int(options.get("$skip", 0))
        chosen = found[skip : skip + top]
        body: dict[str, Any] = {}
        if options.get("$count") == "true" and not self.no_counts:
            body["@iot.count"] = len(found)
        if skip + top < len(found) or self.endless or self.stuck:
            asked = int(options.get("$skip", 0))
            following = httpx.URL(url).copy_set_param(
                "$skip", str(0 if self.loops else asked + top)
            )
            link = str(following)
            body["@iot.nextLink"] = link.replace(ROOT, self.inner) if self.inner else link
        if options.get("$resultFormat") == "dataArray":
            body["value"] = self.arrays(chosen, options)
        else:
            body["value"] = [self.shown(url, name, one, options) for one in chosen]
        return body

    def arrays(self, found: list[Entity], options: dict[str, str]) -> list[dict[str, Any]]:
        if not found:
            return []
        names = options.get("$select", ",".join(one for one in found[0] if "@" not in one))
        components = ["id", *(one for one in names.split(",") if one != "id")]
        rows = [
            [one.get("@iot.id") if name == "id" else one.get(name) for name in components]
            for one in found
        ]
        array = {
            "Datastream@iot.navigationLink": f"{ROOT}/Datastreams(1)",
            "components": components,
            "dataArray@iot.count": len(rows),
            "dataArray": rows,
        }
        return [array]

    def shown(self, url: str, name: str, one: Entity, options: dict[str, str]) -> Entity:
        key = one["@iot.id"]
        chosen = options.get("$select", "").split(",") if "$select" in options else None
        made = {
            member: value
            for member, value in one.items()
            if chosen is None or member in chosen or (member == "@iot.id" and "id" in chosen)
        }
        if chosen is None:
            made["@iot.selfLink"] = f"{self.inner or ROOT}/{name}({key})"
            for link in LINKS[name]:
                made[f"{link}@iot.navigationLink"] = f"{made['@iot.selfLink']}/{link}"
        for link, inner in _EXPAND.findall(options.get("$expand", "")):
            asked = dict(part.split("=", 1) for part in inner.split(";") if part)
            target, many = LINKS[name][link]
            found = [self.shown(url, target, each, asked) for each in self.of(name, key, link)]
            if many:
                made[link] = found[: self.nested]
                if len(found) > self.nested:
                    start = f"{self.inner or ROOT}/{name}({key})/{link}"
                    extra = "&".join(f"{n}={v}" for n, v in asked.items())
                    made[f"{link}@iot.nextLink"] = (
                        f"{start}?$top={self.nested}&$skip={self.nested}&{extra}"
                    )
            elif found:
                made[link] = found[0]
        return made

    def test(self, name: str, text: str) -> Callable[[Entity], bool]:
        match = _TERM.match(text.strip())
        if match is None:
            return lambda _: True  # st_intersects: the client looks as well
        path, operator, literal = match.groups()
        wanted: Any = literal.strip("'").replace("''", "'")
        if not literal.startswith("'") and re.fullmatch(r"-?[\d.]+", literal):
            wanted = float(literal)

        def holds(one: Entity) -> bool:
            value: Any = one
            for step in path.split("/"):
                if step in LINKS[name] and isinstance(value, dict):
                    value = next(iter(self.of(name, value["@iot.id"], step)), None)
                else:
                    key = "@iot.id" if step == "id" else step
                    value = value.get(key) if isinstance(value, dict) else None
            if value is None:
                return False
            tests = {
                "eq": value == wanted,
                "ne": value != wanted,
            }
            if operator in tests:
                return tests[operator]
            value = str(value).partition("/")[0] if isinstance(value, str) else value
            compared = {"ge": value >= wanted, "gt": value > wanted}
            compared |= {"le": value <= wanted, "lt": value < wanted}
            return compared[operator]

        return holds


def recorded(path: Path) -> Service:
    """The service of a recorded answer: a thing with everything expanded."""
    (thing,) = json.loads(path.read_text(encoding="utf-8"))["value"]
    store: dict[str, list[Entity]] = {name: [] for name in LINKS if name != "MultiDatastreams"}
    related: dict[tuple[str, Any, str], list[Any]] = {}

    def kept(name: str, entity: Entity) -> Any:
        links = LINKS[name]
        plain = {
            key: value
            for key, value in entity.items()
            if key not in links and not key.endswith(("Link",))
        }
        plain.setdefault("@iot.id", 10_000 + len(store[name]))
        store[name].append(plain)
        for link, (target, many) in links.items():
            if link in entity:
                inner = entity[link] if many else [entity[link]]
                related[name, plain["@iot.id"], link] = [kept(target, one) for one in inner]
        return plain["@iot.id"]

    key = kept("Things", thing)
    for one in store["Datastreams"]:
        related["Datastreams", one["@iot.id"], "Thing"] = [key]
    return Service(store, related)


def made(things: int, streams: int, observations: int) -> Service:
    """A town: every thing has a place and ``streams`` datastreams, ``observations`` in each."""
    store: dict[str, list[Entity]] = {name: [] for name in LINKS}
    related: dict[tuple[str, Any, str], list[Any]] = {}
    store["ObservedProperties"] = [
        {"@iot.id": n, "name": name, "definition": f"http://def.example/{name}"}
        for n, name in enumerate(("PM10", "NO2", "Temperature"))
    ]
    store["Sensors"] = [{"@iot.id": 1, "name": "Box", "encodingType": "text/html"}]
    for thing in range(things):
        place = {"type": "Point", "coordinates": [10 + thing / 100, 53.5]}
        store["Things"].append(
            {
                "@iot.id": thing,
                "name": f"Station {thing}",
                "description": "a station",
                "properties": {"owner": "city" if thing % 2 else "o'Neill", "number": thing},
            }
        )
        store["Locations"].append(
            {
                "@iot.id": thing,
                "name": f"Place {thing}",
                "encodingType": "application/geo+json",
                "location": place,
            }
        )
        related["Things", thing, "Locations"] = [thing]
        related["Things", thing, "Datastreams"] = []
        for stream in range(streams):
            key = thing * streams + stream
            begins, ends = "2026-01-01T00:00:00Z", "2026-01-31T00:00:00Z"
            store["Datastreams"].append(
                {
                    "@iot.id": key,
                    "name": f"Stream {key}",
                    "observationType": "OM_Measurement",
                    "unitOfMeasurement": {"name": "microgram", "symbol": "ug/m3"},
                    "phenomenonTime": f"{begins}/{ends}",
                }
            )
            related["Things", thing, "Datastreams"].append(key)
            related["Datastreams", key, "Thing"] = [thing]
            related["Datastreams", key, "Sensor"] = [1]
            related["Datastreams", key, "ObservedProperty"] = [stream % 3]
            related["Datastreams", key, "Observations"] = []
            for number in range(observations):
                one = key * observations + number
                day, minute = number // 1440 + 1, number % 1440
                time = f"2026-01-{day:02d}T{minute // 60:02d}:{minute % 60:02d}:00Z"
                store["Observations"].append(
                    {
                        "@iot.id": one,
                        "phenomenonTime": time,
                        "resultTime": None,
                        "result": one / 4,
                    }
                )
                related["Datastreams", key, "Observations"].append(one)
    return Service(store, related)
