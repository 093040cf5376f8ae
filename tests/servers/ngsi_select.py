"""Which entities a query asks for, and in what shape: parameters, ``q``, geo-queries, order."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyproj
import shapely
from shapely.geometry import shape

from servers.ngsi_parts import (
    ENTITY_MEMBERS,
    REPRESENTATIONS,
    VALUE_OF,
    Broker,
    Entity,
    Refusal,
    attributes_of,
    types_of,
)

PARAMETERS: Final = frozenset(
    "type id idPattern attrs pick omit scopeQ limit offset count format options lang local"
    " geometryProperty datasetId details q georel geometry coordinates geoproperty orderBy"
    " orderFrom join joinLevel entityMap timerel timeAt endTimeAt timeproperty lastN"
    " aggrMethods aggrPeriodDuration".split()
)
NOT_DONE: Final = frozenset("splitEntities containedBy expandValues csf".split())
GEO: Final = ("georel", "geometry", "coordinates")
GEOD: Final = pyproj.Geod(ellps="WGS84")
OPERATORS: Final = re.compile(r"^([^=!<>~]+?)\s*(==|!=|>=|<=|>|<|~=|!~=)\s*(.*)$")


@dataclass
class Query:
    """The parameters of a request, in order, and what they say."""

    pairs: list[tuple[str, str]]
    geojson: bool

    def __getitem__(self, name: str) -> str | None:
        return dict(self.pairs).get(name)

    def listed(self, name: str) -> list[str]:
        return (self[name] or "").split(",") if self[name] else []

    def number(self, name: str, default: int) -> int:
        text = self[name]
        if text is None:
            return default
        if not text.isdigit():
            raise Refusal(400, "InvalidRequest", "Invalid Request", f"bad {name}: {text}")
        return int(text)

    @property
    def representation(self) -> str:
        named = [self["format"] or "", *self.listed("options")]
        return next((one for one in named if one in REPRESENTATIONS), "normalized")

    @property
    def system(self) -> bool:
        return "sysAttrs" in self.listed("options")

    def checked(self) -> Query:
        for name, _ in self.pairs:
            if name in NOT_DONE:
                detail = f"the stand-in broker does not do {name}"
                raise Refusal(501, "OperationNotSupported", "Not Implemented", detail)
            if name not in PARAMETERS:
                detail = f"Unknown/unsupported URL parameter: {name}"
                raise Refusal(400, "InvalidRequest", "Invalid Request", detail)
        if self["geometryProperty"] and not self.geojson:
            detail = "geometryProperty is only valid with Accept: application/geo+json"
            raise Refusal(400, "BadRequestData", "Invalid request", detail)
        return self


def selected(
    entities: Sequence[Entity], query: Query, broker: Broker | None = None, tenant: str = ""
) -> list[Entity]:
    """Entities that a query asks for (§5.7.2.4)."""
    if not any(query[one] for one in ("type", "attrs", "local", "q", "georel")):
        detail = (
            "Query Entities requires at least one of 'type', 'attrs', 'q', a GeoQuery, "
            "'scopeQ', or 'local=true' (§ 5.7.2.4 — id / idPattern alone is too wide)"
        )
        raise Refusal(400, "BadRequestData", "Invalid request", detail)
    found = [one for one in entities if _of_type(one, query["type"])]
    if ids := query.listed("id"):
        wanted = set(ids)
        found = [one for one in found if one["id"] in wanted]
    if pattern := query["idPattern"]:
        found = [one for one in found if re.search(pattern, one["id"])]
    if attrs := query.listed("attrs"):
        found = [one for one in found if set(attrs) & set(attributes_of(one))]
    if scope := query["scopeQ"]:
        found = [one for one in found if _in_scope(one, scope)]
    if dataset := query["datasetId"]:
        found = [one for one in found if _only_dataset(one, dataset).keys() - set(ENTITY_MEMBERS)]
    if condition := query["q"]:
        times = {} if broker is None else broker.times
        found = [one for one in found if _holds(condition, one, times.get((tenant, one["id"])))]
    found = _near_or_within(found, query)
    return _ordered(found, query)


def _of_type(entity: Entity, wanted: str | None) -> bool:
    if wanted is None:
        return True
    mine = set(types_of(entity))
    alternatives = re.split(r"[,|]", wanted)
    return any(set(one.strip("()").split(";")) <= mine for one in alternatives)


def _in_scope(entity: Entity, wanted: str) -> bool:
    scopes = entity.get("scope", [])
    scopes = scopes if isinstance(scopes, list) else [scopes]
    if wanted.endswith("/#"):
        return any(one.startswith(wanted[:-1]) for one in scopes)
    return wanted in scopes


def _only_dataset(entity: Entity, dataset: str) -> Entity:
    """The entity with the attribute instances of one data set only."""
    kept: Entity = {}
    for name, value in entity.items():
        if name in ENTITY_MEMBERS:
            kept[name] = value
            continue
        instances = value if isinstance(value, list) else [value]
        mine = [one for one in instances if one.get("datasetId") == dataset]
        if mine:
            kept[name] = mine[0]
    return kept


# --- q (§4.9) ---


def _holds(condition: str, entity: Entity, times: tuple[str, str] | None) -> bool:
    return any(
        all(_term(term, entity, times) for term in _split(alternative, ";"))
        for alternative in _split(condition, "|")
    )


def _split(text: str, at: str) -> list[str]:
    """Split at a character that stands in no quotes."""
    return [one for one in re.split(rf'{re.escape(at)}(?=(?:[^"]*"[^"]*")*[^"]*$)', text) if one]


def _term(term: str, entity: Entity, times: tuple[str, str] | None) -> bool:
    match = OPERATORS.match(term)
    values = _values(entity, match[1] if match else term, times)
    if match is None:
        return bool(values)
    return any(_compared(one, match[2], match[3]) for one in values)


def _values(entity: Entity, name: str, times: tuple[str, str] | None) -> list[Any]:
    if name in ("createdAt", "modifiedAt"):
        return [] if times is None else [times[name == "modifiedAt"]]
    attribute, *steps = re.split(r"[.\[\]]+", name.rstrip("]"))
    stated = entity.get(attribute)
    found = []
    for one in stated if isinstance(stated, list) else [stated]:
        if isinstance(one, dict):
            value: Any = one.get(VALUE_OF[one["type"]]) if not steps else one
            for step in steps:
                value = value.get(step) if isinstance(value, dict) else None
            found.append(value)
    return [one for one in found if one is not None]


def _compared(value: Any, operator: str, text: str) -> bool:
    if operator in ("~=", "!~="):
        return bool(re.search(text.strip('"'), str(value))) is (operator == "~=")
    wanted: Any = text.strip('"')
    if not text.startswith('"'):
        try:
            wanted = json.loads(text)
        except ValueError:
            wanted = text
    tests: dict[str, Callable[[Any, Any], bool]] = {
        "==": lambda a, b: bool(a == b),
        "!=": lambda a, b: bool(a != b),
        ">": lambda a, b: bool(a > b),
        "<": lambda a, b: bool(a < b),
        ">=": lambda a, b: bool(a >= b),
        "<=": lambda a, b: bool(a <= b),
    }
    try:
        return tests[operator](value, wanted)
    except TypeError:
        return False


# --- geo-queries (§4.10) ---


def _near_or_within(entities: list[Entity], query: Query) -> list[Entity]:
    if query["georel"] is None:
        return entities
    missing = [one for one in GEO if not query[one]]
    if missing:
        detail = f"incomplete geo-query: missing {', '.join(missing)}"
        raise Refusal(400, "BadRequestData", "Invalid geo-query", detail)
    reference = _reference(query["geometry"] or "", query["coordinates"] or "")
    relation, *modifiers = (query["georel"] or "").split(";")
    name = query["geoproperty"] or "location"
    placed = [(one, _geometry(one, name)) for one in entities]
    if relation != "near":
        # As recorded: 3D geometries are found by no topological relation.
        return [
            one
            for one, geometry in placed
            if geometry is not None
            and not geometry.has_z
            and bool(getattr(geometry, relation)(reference))
        ]
    kind, _, metres = modifiers[0].partition("==")
    nearest = [  # of points only, as recorded
        (_distance(geometry, reference), one)
        for one, geometry in placed
        if geometry is not None and geometry.geom_type == "Point"
    ]
    keep = (
        (lambda far: far <= float(metres))
        if kind == "maxDistance"
        else (lambda far: far >= float(metres))
    )
    chosen = [(far, one) for far, one in nearest if keep(far)]
    return [one for _, one in sorted(chosen, key=lambda pair: pair[0])]


def _reference(kind: str, coordinates: str) -> Any:
    parsed = json.loads(coordinates)
    if kind == "Polygon" and any(len(ring) < 4 for ring in parsed):
        detail = "GeoJSON polygon ring must have at least 4 positions"
        raise Refusal(400, "BadRequestData", "Invalid GeoJSON", detail)
    return shape({"type": kind, "coordinates": parsed})


def _geometry(entity: Entity, name: str) -> Any:
    stated = entity.get(name)
    return shape(stated["value"]) if isinstance(stated, dict) else None


def _distance(geometry: Any, reference: Any) -> float:
    """Metres between the nearest points."""
    flat = shapely.force_2d(geometry)
    one, other = shapely.ops.nearest_points(flat, reference)
    metres: float = GEOD.inv(one.x, one.y, other.x, other.y)[2]
    return metres


# --- order (§4.23) ---


def _ordered(entities: list[Entity], query: Query) -> list[Entity]:
    for stated in reversed(query.listed("orderBy")):
        name, _, direction = stated.partition(";")
        if direction.startswith("dist"):
            origin = shape({"type": "Point", "coordinates": json.loads(query["orderFrom"] or "")})
            places = {id(one): _geometry(one, name) for one in entities}
            keys: dict[int, Any] = {
                key: None if geometry is None else _distance(geometry, origin)
                for key, geometry in places.items()
            }
        else:
            keys = {id(one): _sortable(one, name) for one in entities}
        known = [one for one in entities if keys[id(one)] is not None]
        known.sort(key=lambda one: keys[id(one)], reverse=direction.endswith("desc"))
        entities = known + [one for one in entities if keys[id(one)] is None]
    return entities


def _sortable(entity: Entity, name: str) -> Any:
    if name in ENTITY_MEMBERS:
        return entity.get(name)
    return next(iter(_values(entity, name, None)), None)


# --- what of an entity is shown ---


def _in_language(attribute: Any, lang: str) -> Any:
    if isinstance(attribute, dict) and attribute.get("type") == "LanguageProperty":
        texts = attribute["languageMap"]
        chosen = lang if lang in texts else next(iter(texts))
        return {"type": "Property", "value": texts[chosen], "lang": chosen}
    return attribute


def shown(entity: Entity, query: Query, times: tuple[str, str] | None = None) -> Entity:
    """The entity as the query wants it: members, language, representation."""
    one = _only_dataset(entity, query["datasetId"]) if query["datasetId"] else entity
    represent = REPRESENTATIONS[query.representation]
    attrs, pick, omit = query.listed("attrs"), query.listed("pick"), query.listed("omit")
    shown_members: Entity = {}
    for name, value in one.items():
        if (pick and name not in pick) or name in omit:
            continue
        if name in ENTITY_MEMBERS:
            shown_members[name] = value
        elif not attrs or name in attrs:
            spoken = _in_language(value, query["lang"]) if query["lang"] else value
            shown_members[name] = represent(spoken)
    if query.system and times is not None:
        shown_members["createdAt"], shown_members["modifiedAt"] = times
        for name in attributes_of(shown_members):
            value = shown_members[name]
            if isinstance(value, dict) and query.representation == "normalized":
                shown_members[name] = {**value, "createdAt": times[0], "modifiedAt": times[1]}
    return shown_members


def feature(entity: Entity, query: Query, times: tuple[str, str] | None = None) -> dict[str, Any]:
    """The entity as a GeoJSON feature (§4.5.16)."""
    geometry = entity.get(query["geometryProperty"] or "location")
    value = geometry["value"] if isinstance(geometry, dict) else None
    members = shown(entity, query, times)
    members.pop("id", None)
    return {"type": "Feature", "id": entity["id"], "geometry": value, "properties": members}


def joined(page: Sequence[Entity], entities: Sequence[Entity], query: Query) -> list[Entity]:
    """With ``join``, the related entities: nested, or after those that were asked for."""
    if query["join"] not in ("inline", "flat"):
        return [shown(one, query) for one in page]
    known = {one["id"]: one for one in entities}
    whole = Query([(n, v) for n, v in query.pairs if n not in ("pick", "omit")], query.geojson)
    found: list[Entity] = []
    for one in page:
        mine = shown(one, query)
        found.append(mine)
        for name, value in one.items():
            related = known.get(value.get("object")) if _is_relation(value) else None
            if related is None or name not in mine:
                continue
            if query["join"] == "inline":
                entity = shown(related, whole)
                simple = query.representation in ("simplified", "keyValues")
                mine[name] = entity if simple else {**value, "entity": entity}
            else:
                found.append(shown(related, whole))
    return found


def _is_relation(value: Any) -> bool:
    single = isinstance(value, dict) and value.get("type") == "Relationship"
    return single and isinstance(value.get("object"), str)
