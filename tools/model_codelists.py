"""Code lists and feature concepts as the model files hold them."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def code_lists(lists: list[Json]) -> list[Json]:
    """All lists; empty fields left out; a value's URI only where it isn't list URI + id."""
    return [_code_list(one) for one in lists]


def _code_list(source: Json) -> Json:
    result = {
        "uri": source["uri"],
        "name": source["name"],
        "label": source.get("label"),
        "extensibility": source.get("extensibility"),
        "definition": source.get("definition"),
        "doubt": source.get("uri_doubt"),
        "governed_at": source.get("governed_externally_at"),
        "values": [_value(one, source["uri"]) for one in source["values"]],
    }
    return {key: value for key, value in result.items() if value is not None}


def _value(source: Json, list_uri: str) -> Json:
    result = {
        "id": source["id"],
        "uri": source["uri"] if source["uri"] != f"{list_uri}/{source['id']}" else None,
        "label": source.get("label"),
        "definition": source.get("definition"),
        "parent": source.get("parent"),
    }
    return {key: value for key, value in result.items() if value is not None}


def concepts(source: Json) -> dict[str, dict[str, str]]:
    """Labels of feature concepts by language, by the concept's local name."""
    return {uri.rpartition("/")[2]: one["label"] for uri, one in sorted(source.items())}
