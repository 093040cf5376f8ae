"""An entity made acceptable to a broker, and what that changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from commonplace.ngsi.attributes import ENTITY_MEMBERS
from commonplace.ngsi.ids import is_entity_id, is_name
from commonplace.publish.profiles import Profile
from commonplace.report import Finding, Severity

FORBIDDEN: Final = re.compile(r"[<>\"'=;()]")  # §4.6.4
COLLECTION: Final = "GeometryCollection"
_NOTHING: Final[tuple[Any, ...]] = (None, [], {})

Entity = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An entity as it is sent, and its attributes' names."""

    id: str
    type: str
    body: bytes
    attributes: tuple[str, ...]
    context: object


class Preparation:
    """Prepares entities for one profile; keeps what it found."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self.findings: list[Finding] = []

    def entity(self, stated: Any) -> Prepared | None:
        """The entity to send; None, with a finding, where it can't be one."""
        if not isinstance(stated, dict) or not is_entity_id(str(stated.get("id", ""))):
            name = stated.get("id") if isinstance(stated, dict) else None
            self._tell("ID_NO_URI", "an entity's id must be a URI", str(name), None, name)
            return None
        if not stated.get("type"):
            self._tell("TYPE_MISSING", "an entity must have a type", stated["id"], None, None)
            return None
        sent = {
            name: kept
            for name, value in stated.items()
            if (kept := self._member(stated, name, value)) not in _NOTHING
        }
        body = json.dumps(sent, ensure_ascii=False, separators=(",", ":")).encode()
        names = tuple(one for one in sent if one not in ENTITY_MEMBERS)
        return Prepared(stated["id"], str(stated["type"]), body, names, stated.get("@context"))

    def _member(self, entity: Entity, name: str, value: Any) -> Any:
        if name in ENTITY_MEMBERS:
            return value
        if not is_name(name):
            self._tell("NAME_FORBIDDEN", "a name may hold no space", entity["id"], name, name)
            return None
        if isinstance(value, list):
            instances = [self._attribute(entity["id"], name, one) for one in value]
            return [one for one in instances if one is not None]
        return self._attribute(entity["id"], name, value)

    def _attribute(self, entity: str, name: str, value: Any) -> Any:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind == "Property":
            return self._property(entity, name, value)
        if kind == "GeoProperty":
            return self._geometry(entity, name, value)
        if kind == "Relationship":
            return self._relationship(entity, name, value)
        return value

    def _property(self, entity: str, name: str, value: Entity) -> Entity | None:
        held = _without_nulls(value.get("value"))
        if held in _NOTHING:
            return None
        if self._profile.texts == "keep" or not any(_forbidden(held)):
            return {**value, "value": held}
        if self._profile.texts == "percent":
            self._note(
                "TEXT_ENCODED",
                "characters that the broker refuses in texts were percent-encoded",
                entity,
                name,
            )
            return {**value, "value": _encoded(held)}
        self._note(
            "TEXT_AS_JSON",
            "texts with characters that the broker refuses in a Property are JsonProperties",
            entity,
            name,
        )
        rest = {key: one for key, one in value.items() if key not in ("type", "value", "unitCode")}
        return {"type": "JsonProperty", "json": held, **rest}

    def _geometry(self, entity: str, name: str, value: Entity) -> Entity | None:
        geometry = value.get("value")
        if not isinstance(geometry, dict):
            return None
        if geometry.get("type") == COLLECTION and not self._profile.collections:
            message = "a GeometryCollection is no value of a GeoProperty: it was not sent"
            self._tell("GEOMETRY_NOT_SENT", message, entity, name, COLLECTION)
            return None
        if self._profile.heights or not _has_heights(geometry):
            return value
        self._note("HEIGHTS_LEFT", "heights were left out", entity, name)
        return {**value, "value": _flat(geometry)}

    def _relationship(self, entity: str, name: str, value: Entity) -> Entity | None:
        targets = value.get("object")
        listed = targets if isinstance(targets, list) else [targets]
        kept = [one for one in listed if isinstance(one, str) and is_entity_id(one)]
        for wrong in listed:
            if wrong is not None and wrong not in kept:
                message = "a relationship points to a URI: this one was not sent"
                self._tell("RELATIONSHIP_NO_URI", message, entity, name, str(wrong))
        if not kept:
            return None
        return {**value, "object": kept if isinstance(targets, list) else kept[0]}

    def _tell(
        self, code: str, message: str, entity: str, attribute: str | None, value: object
    ) -> None:
        text = None if value is None else str(value)
        self.findings.append(
            Finding(
                code,
                Severity.ERROR,
                message,
                feature=entity,
                attribute=attribute,
                value=text,
                fix="mend the mapping, or the data",
            )
        )

    def _note(self, code: str, message: str, entity: str, attribute: str) -> None:
        self.findings.append(
            Finding(code, Severity.INFO, message, feature=entity, attribute=attribute)
        )


def _forbidden(value: Any) -> Iterator[bool]:
    """Whether texts inside a value hold forbidden characters."""
    if isinstance(value, str):
        yield FORBIDDEN.search(value) is not None
    elif isinstance(value, dict):
        for one in value.values():
            yield from _forbidden(one)
    elif isinstance(value, list):
        for one in value:
            yield from _forbidden(one)


def _encoded(value: Any) -> Any:
    if isinstance(value, str):
        return FORBIDDEN.sub(lambda found: f"%{ord(found[0]):02X}", value)
    if isinstance(value, dict):
        return {name: _encoded(one) for name, one in value.items()}
    return [_encoded(one) for one in value] if isinstance(value, list) else value


def _without_nulls(value: Any) -> Any:
    """Null and empty arrays are refused, at any depth (§4.5.0)."""
    if isinstance(value, dict):
        kept = {name: _without_nulls(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in _NOTHING}
    if isinstance(value, list):
        return [one for one in map(_without_nulls, value) if one not in _NOTHING]
    return value


def _has_heights(geometry: Entity) -> bool:
    return any(map(_has_heights, geometry.get("geometries", ()))) or any(
        len(one) > 2 for one in _positions(geometry.get("coordinates", []))
    )


def _positions(coordinates: Any) -> Iterator[list[float]]:
    if coordinates and not isinstance(coordinates[0], list):
        yield coordinates
        return
    for one in coordinates:
        yield from _positions(one)


def _flat(geometry: Entity) -> Entity:
    if "geometries" in geometry:
        return {**geometry, "geometries": [_flat(one) for one in geometry["geometries"]]}
    return {**geometry, "coordinates": _two_dimensional(geometry["coordinates"])}


def _two_dimensional(coordinates: Any) -> Any:
    if coordinates and not isinstance(coordinates[0], list):
        return coordinates[:2]
    return [_two_dimensional(one) for one in coordinates]
