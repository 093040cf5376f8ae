"""NGSI-LD entities in any representation as features of plain values (§4.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

LOCATION: Final = "location"
# Where each kind of attribute keeps its value (§4.5.1 to §4.5.24).
VALUE_OF: Final = {
    "Property": "value",
    "GeoProperty": "value",
    "Relationship": "object",
    "LanguageProperty": "languageMap",
    "VocabProperty": "vocab",
    "JsonProperty": "json",
    "ListProperty": "valueList",
    "ListRelationship": "objectList",
}
_KINDS: Final = {one.casefold(): one for one in VALUE_OF}
COMPANIONS: Final = ("observedAt", "unitCode")
METADATA: Final = frozenset(
    "type observedAt unitCode datasetId instanceId providedBy createdAt modifiedAt deletedAt"
    " objectType lang".split()
)
MEMBERS: Final = frozenset({"type", "scope", "createdAt", "modifiedAt", "expiresAt"})
UNUSED: Final = frozenset({"id", "@context", LOCATION})


def as_feature(entity: Mapping[str, Any]) -> dict[str, Any]:
    """An entity, or a GeoJSON feature that stands for one, with plain values.

    Of several instances of an attribute (``datasetId``) the default one is taken; of a
    language map the whole map; ``observedAt`` and ``unitCode`` become ``x_observedAt`` and
    ``x_unitCode`` where the form has them (not in simplified form). ``location`` is the
    geometry; other GeoProperties stay GeoJSON geometries.
    """
    members = _members(entity)
    geometry = entity.get("geometry") if members is not entity else None
    if geometry is None:
        geometry = plain_value(members.get(LOCATION))
    properties: dict[str, Any] = {}
    for name, value in members.items():
        if name in MEMBERS:
            properties[name] = value
        elif name not in UNUSED:
            properties[name] = plain_value(value)
            properties.update(_companions(name, value))
    return {
        "id": entity.get("id"),
        "geometry": geometry if isinstance(geometry, dict) and geometry.get("type") else None,
        "properties": properties,
    }


def further_instances(entities: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many instances besides the default one there are, by attribute."""
    counts: dict[str, int] = {}
    for entity in entities:
        for name, value in _members(entity).items():
            further = len(_instances(value)) - 1
            if further > 0 and name not in MEMBERS:
                counts[name] = counts.get(name, 0) + further
    return counts


def plain_value(value: Any) -> Any:
    """An attribute's value, whatever the form it comes in."""
    chosen = _default(value)
    if not isinstance(chosen, dict):
        return chosen
    kind = _kind(chosen)
    if kind is not None:
        return _untyped(chosen.get(VALUE_OF[kind]))
    members = [one for one in chosen if one in VALUE_OF.values()]
    others = set(chosen) - METADATA - set(members)
    # Concise form; sub-attributes are objects. Anything else is a value of the user's own.
    if len(members) == 1 and all(isinstance(chosen[one], dict) for one in others):
        return _untyped(chosen[members[0]])
    return chosen


def _members(entity: Mapping[str, Any]) -> Mapping[str, Any]:
    properties = entity.get("properties")
    if entity.get("type") == "Feature" and isinstance(properties, dict):
        return properties
    return entity


def _instances(value: Any) -> dict[str | None, Any]:
    """Instances by ``datasetId`` (None is the default one); one alone is its own default."""
    if isinstance(value, list) and any(map(_is_instance, value)):
        return {one.get("datasetId") if isinstance(one, dict) else None: one for one in value}
    if isinstance(value, dict) and set(value) == {"dataset"} and isinstance(value["dataset"], dict):
        return {None if name == "@none" else name: one for name, one in value["dataset"].items()}
    return {None: value}


def _default(value: Any) -> Any:
    instances = _instances(value)
    return instances.get(None, next(iter(instances.values()), None))


def _is_instance(value: Any) -> bool:
    return isinstance(value, dict) and (_kind(value) is not None or "datasetId" in value)


def _kind(value: Mapping[str, Any]) -> str | None:
    """The kind of an attribute that states it; the field writes ``Geoproperty`` too."""
    return _KINDS.get(str(value.get("type")).casefold())


def _untyped(value: Any) -> Any:
    """A typed value (``{"@type": "DateTime", "@value": …}``, §4.6.3) as the value."""
    return value["@value"] if isinstance(value, dict) and "@value" in value else value


def _companions(name: str, value: Any) -> dict[str, str]:
    one = _default(value)
    if not isinstance(one, dict) or not set(one) & set(VALUE_OF.values()):
        return {}
    return {f"{name}_{each}": one[each] for each in COMPANIONS if isinstance(one.get(each), str)}
