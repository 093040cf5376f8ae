"""The kinds of attributes and their three representations (ETSI GS CIM 009 v1.9.1 §4.5).

Normalized, concise and simplified forms of one attribute have one plain value. Which form
a value has is told from the value alone, since brokers do not always answer in the form
that was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
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
VALUE_MEMBERS: Final = frozenset(VALUE_OF.values())
# What an attribute may hold beside its value that is no attribute of its own (§4.5.2).
METADATA: Final = frozenset(
    "type observedAt unitCode datasetId instanceId providedBy createdAt modifiedAt deletedAt"
    " objectType lang ngsildproof previousValue previousObject previousLanguageMap previousVocab"
    " previousJson previousValueList previousObjectList".split()
)
# What an entity holds that is no attribute (§4.5.1).
ENTITY_MEMBERS: Final = frozenset(
    {"id", "type", "scope", "createdAt", "modifiedAt", "deletedAt", "expiresAt", "@context"}
)
NULL: Final = "urn:ngsi-ld:null"
NO_DATASET: Final = "@none"

_FOLDED: Final = {one.casefold(): one for one in VALUE_OF}


def kind_of(value: Mapping[str, Any]) -> str | None:
    """The kind that an attribute states; some brokers write ``Geoproperty``."""
    stated = value.get("type")
    if stated in VALUE_OF:
        return str(stated)
    return _FOLDED.get(stated.casefold()) if isinstance(stated, str) else None


def value_member(value: Mapping[str, Any]) -> str | None:
    """The member that holds the value of a normalized or concise attribute.

    None when the object is no attribute but a value of the user's own: in concise form an
    attribute has one value member, and beside it metadata and sub-attributes only.
    """
    kind = kind_of(value)
    if kind is not None:
        return VALUE_OF[kind]
    members = value.keys() & VALUE_MEMBERS
    if len(members) != 1:
        return None
    (member,) = members
    others = value.keys() - METADATA - members
    if all(isinstance(value[one], (dict, list)) for one in others):
        return str(member)
    return None


def instances(value: Any) -> dict[str | None, Any]:
    """Instances of an attribute by ``datasetId`` (§4.5.5); None is the default instance.

    One instance alone is keyed by its own ``datasetId``, if it states one. Instances that
    share a ``datasetId`` (a broker's fault): the last stands.
    """
    if isinstance(value, list):
        if any(isinstance(one, dict) and _is_instance(one) for one in value):
            return {_dataset(one): one for one in value}
    elif isinstance(value, dict):
        if value.keys() == {"dataset"} and isinstance(value["dataset"], dict):
            found = value["dataset"]
            return {None if name == NO_DATASET else name: one for name, one in found.items()}
        if "datasetId" in value and _is_instance(value):
            return {_dataset(value): value}
    return {None: value}


def _dataset(value: Any) -> str | None:
    stated = value.get("datasetId") if isinstance(value, dict) else None
    return None if stated == NO_DATASET else stated


def _is_instance(value: Mapping[str, Any]) -> bool:
    return value_member(value) is not None


def default_instance(value: Any) -> Any:
    """The instance without ``datasetId``; where all have one, the first."""
    found = instances(value)
    return found[None] if None in found else next(iter(found.values()), None)


def bare(value: Any) -> Any:
    """One instance's value, whatever the form: see :func:`value_member`."""
    if not isinstance(value, dict):
        return None if value == NULL else value
    member = value_member(value)
    return value if member is None else unwrapped(value.get(member))


def unwrapped(value: Any) -> Any:
    """A typed value (``{"@type": "DateTime", "@value": …}``, §4.6.3) as the value.

    The marker of a deleted attribute (``urn:ngsi-ld:null``, §4.5.0) is nothing.
    """
    if isinstance(value, dict):
        if "@value" in value:
            return value["@value"]
        if value.get("@none") == NULL:
            return None
    elif value == NULL:
        return None
    return value


def plain_value(value: Any) -> Any:
    """The value of an attribute's default instance, whatever the form it comes in."""
    return bare(default_instance(value))
