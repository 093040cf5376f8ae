"""Entities against the schemas of Smart Data Models, which are those of key-values."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from commonplace.ngsi.attributes import ENTITY_MEMBERS, plain_value


def key_values(entity: Mapping[str, Any]) -> dict[str, Any]:
    """An entity in simplified form, its ``@context`` left out."""
    return {
        name: value if name in ENTITY_MEMBERS else plain_value(value)
        for name, value in entity.items()
        if name != "@context"
    }


def schema_path(shared: Path, model: str) -> Path:
    """The schema of a model, whose name is unique among those in ``../shared``."""
    (path,) = (shared / "ngsild" / "sdm").glob(f"*/{model}/schema.json")
    return path


def validator(shared: Path, model: str) -> Draft202012Validator:
    """Checks entities in simplified form. Definitions that are not here allow anything."""
    folder = shared / "ngsild" / "sdm"

    def available(schema: Any) -> Any:
        if isinstance(schema, list):
            return [available(one) for one in schema]
        if not isinstance(schema, dict):
            return schema
        stated = str(schema.get("$ref", "#"))
        here = stated.startswith("#") or _file_of(folder, stated).is_file()
        return {name: available(one) for name, one in schema.items() if here or name != "$ref"}

    def retrieve(uri: str) -> Resource[Any]:
        content = json.loads(_file_of(folder, uri).read_text(encoding="utf-8"))
        return Resource(available(content), DRAFT202012)

    registry: Registry[Any] = Registry(retrieve=retrieve)
    schema = json.loads(schema_path(shared, model).read_text(encoding="utf-8"))
    return Draft202012Validator(available(schema), registry=registry)


def _file_of(folder: Path, uri: str) -> Path:
    return folder / uri.partition("#")[0].rpartition("/")[2]


def faults(
    shared: Path, model: str, entities: list[dict[str, Any]], but: Container[str] = ()
) -> list[str]:
    """What the schema says of normalized entities; ``but`` are rules that don't matter."""
    checks = validator(shared, model)
    return [
        f"{one['id']} {error.json_path}: {error.message[:200]}"
        for one in entities
        for error in checks.iter_errors(key_values(one))
        if error.validator not in but
    ]
