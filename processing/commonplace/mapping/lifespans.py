"""Room for the end of an object's lifespan, in types whose mapping says nothing of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from commonplace.mapping.document import MappingDocument, TypeSection
from commonplace.mapping.given import Given
from commonplace.model import Model, UnknownName
from commonplace.model.types import Kind

ENDS: Final = "endlifespanversion"
_NEVER: Final = "=NULL::TIMESTAMPTZ"


def with_ends(document: MappingDocument, model: Model) -> MappingDocument:
    """The document with ``endLifespanVersion`` given, and null, wherever the schema has it."""
    try:
        schema = model.schema(document.schema).key
    except UnknownName:  # told when it is compiled
        return document
    types = tuple(_with_end(one, model, schema) for one in document.types)
    return replace(document, types=types)


def _with_end(section: TypeSection, model: Model, schema: str) -> TypeSection:
    try:
        element = model.feature_type(schema, section.feature_type).name
    except UnknownName:
        return section
    found = [one for one in model.properties(element, schema) if one.name.lower() == ENDS]
    given = section.body.fields()
    if not found or found[0].name in given or found[0].kind is not Kind.VALUE:
        return section
    name = found[0].name
    path = f"{section.path}.{name}"
    fields = {**given, name: Given({"value": _NEVER, "void": "Unpopulated"}, path)}
    return replace(section, body=Given(None, section.body.path, tuple(fields.items())))
