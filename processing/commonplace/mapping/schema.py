"""The JSON Schema of mapping documents, for editors: words, properties and codes to complete.

``json_schema()`` is the outline that all documents share, published in ``docs/`` and printed by
``commonplace model schema``; ``json_schema(model, "bu-core2d/4.0")`` knows a schema's feature
types, their properties at any depth, and the values of code lists.
"""

from __future__ import annotations

from typing import Any, Final

from commonplace.mapping.derive import AGGREGATES, DERIVE, UNPIVOT, WORDS
from commonplace.mapping.document import FROM, HEAD, TARGET
from commonplace.mapping.geometries import DISSOLVE
from commonplace.mapping.joins import JOIN, PREDICATES
from commonplace.mapping.leaves import VOID_REASONS
from commonplace.model import Model
from commonplace.model.types import Kind, Property, QName, local_name

Json = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Final[Json] = {"type": ["string", "number", "boolean"]}
_FLAG: Final[Json] = {"enum": [True, False, "true", "false"]}
_TEXTS: Final[Json] = {"oneOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
#: XML attributes that a document may state beside a value.
_STATED: Final = frozenset({"uom", "codeSpace", "codeList", "codeListValue", "frame"})
_DESCRIPTIONS: Final = {
    "target": "The schema that objects are made of, and what all their identifiers share.",
    "from": "The layers that are read, and the values that mean null in them.",
    "derive": "Layers made of whole layers: united, unpivoted, grouped, cleaned, networks.",
    "join": "Columns of other layers, called name.column, found by keys or by place.",
    "ignore": "Columns left out on purpose, each with the reason.",
    "author": "Who made this document.",
    "licence": "The licence of this document (not of the data), such as CC0-1.0.",
    "source": "The source schema it reads, and its version.",
    "version": "The version of this document.",
    "parameters": "Values that $(name) stands for; without a value: to be given.",
    "extends": "Another mapping document, whose content stands where this one says nothing.",
    "of": "The layers whose rows it has, one after the other.",
    "only": "Columns, and the values of which a row must have one.",
    "unpivot": "Columns that become rows, each with its label.",
    "group": "The columns that rows of a group share, and what becomes of others.",
    "nodes": "How near ends of lines must be to meet, in metres.",
    "nodes_of": "A derived network, whose nodes are the rows.",
    "geometry": "Operators around geometry, such as =snap(geometry, 0.05).",
    "lineage": "How the data came about; goes into the metadata.",
    "title": "A title for the data set.",
    "description": "What the document is for.",
    "schema": "A schema and its version, such as bu-core2d/4.0.",
    "namespace": "The provider's identifier namespace.",
    "language": "The language of names, ISO 639-3 (deu, ita, …).",
    "layers": "One layer or several; none means the source's only one.",
    "nulls": "Values that mean null, compared as values of each column's type.",
    "where": "An SQL condition; rows for which it doesn't hold are left out.",
    "key": "Values that make an object of their own, one for each distinct key.",
    "id": "Values that make the local id.",
    "void": "Why there is no value.",
    "value": "A constant, = and an expression, or => and another object.",
    "codes": "What each source value is called in the code list (void: no value), or a table.",
    "unmatched": "What happens to other values: error, void, keep, parent, or a default code.",
    "default": "What stands where the value is null.",
    "unit": "The unit of the source's values, converted to that of the property.",
}


def json_schema(model: Model | None = None, schema: str | None = None) -> Json:
    """The JSON Schema of mapping documents, with ``schema`` of those for a target schema."""
    definitions: Json = {"value": _any_value(), "spec": _spec({}), "void": _void()}
    any_type = {"type": "object", "properties": _type_words()}
    any_type["additionalProperties"] = {"$ref": "#/$defs/value"}
    outline: Json = {
        "$schema": DIALECT,
        "title": "Commonplace mapping document" + (f" for {schema}" if schema else ""),
        "type": "object",
        "anyOf": [{"required": ["target"]}, {"required": ["extends"]}],
        "properties": {name: _described(name, _head(name)) for name in HEAD},
        "patternProperties": {"^[A-Z]\\w*( \\(.+\\))?$": any_type},
        "additionalProperties": False,
        "$defs": definitions,
    }
    if model is not None and schema is not None:
        patterns: Json = {}
        outline["patternProperties"] = patterns
        builder = _Builder(model, schema, definitions)
        for element in model.feature_types(schema):
            name = local_name(element.name)
            section = builder.feature_type(element.name)
            outline["properties"][name] = section
            patterns[f"^{name} \\(.+\\)$"] = section
    return outline


def _described(name: str, schema: Json) -> Json:
    return {"description": _DESCRIPTIONS[name], **schema}


def _head(name: str) -> Json:
    if name == "target":
        return _closed({one: _described(one, _TEXT) for one in TARGET}, required=["schema"])
    if name == "from":
        return _closed({one: _described(one, _TEXTS) for one in FROM})
    if name in _NAMED:
        return {"type": "object", "additionalProperties": _NAMED[name]()}
    if name == "parameters":
        return {"type": "object", "additionalProperties": {"anyOf": [_TEXT, {"type": "null"}]}}
    if name == "ignore":
        reasons = {"type": "object", "additionalProperties": {"type": ["string", "null"]}}
        return {"oneOf": [_TEXTS, reasons]}
    return _TEXT


def _derived() -> Json:
    columns = {"type": "object", "additionalProperties": _TEXT}
    unpivot = {"columns": {"oneOf": [_TEXTS, columns]}, "name": _TEXT, "value": _TEXT}
    functions = {"type": "string", "pattern": f"^=?({'|'.join(AGGREGATES)})\\(.*\\)$"}
    values = {"type": "object", "additionalProperties": functions}
    words: Json = {
        "of": _described("of", _TEXTS),
        "only": _described("only", {"type": "object", "additionalProperties": _TEXTS}),
        "unpivot": _described("unpivot", _closed(unpivot, required=list(UNPIVOT))),
        "group": _described("group", _closed({"by": _TEXTS, "values": values}, required=["by"])),
        "nodes": _described("nodes", {"type": ["number", "string"]}),
        "nodes_of": _described("nodes_of", {"type": "string"}),
        "geometry": _described("geometry", {"type": "string"}),
    }
    return _closed({word: words[word] for word in WORDS})


def _join() -> Json:
    return _closed(
        {
            "layer": {"type": "string"},
            "on": {"type": "object", "additionalProperties": {"type": "string"}},
            "where": {"enum": list(PREDICATES)},
            "point": _FLAG,
            "many": _FLAG,
        }
    )


_NAMED: Final = {DERIVE: _derived, JOIN: _join}


def _closed(properties: Json, required: list[str] | None = None) -> Json:
    closed: Json = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**closed, "required": required} if required else closed


def _type_words() -> Json:
    return {
        "from": _described("from", _head("from")),
        "where": _described("where", {"type": "string"}),
        "key": _described("key", _TEXTS),
        "id": _described("id", _TEXTS),
    }


def _void() -> Json:
    reasons = _described("void", {"enum": list(VOID_REASONS)})
    return _closed({"void": reasons}, required=["void"])


def _spec(attributes: Json) -> Json:
    table = {"type": "string", "pattern": "\\.csv$"}
    codes = {"oneOf": [{"type": "object", "additionalProperties": {"type": "string"}}, table]}
    words: Json = {
        "value": _described("value", _TEXT),
        "codes": _described("codes", codes),
        "unmatched": _described("unmatched", {"type": "string"}),
        "default": _described("default", _TEXT),
        "unit": _described("unit", {"type": "string"}),
        "nulls": _described("nulls", _TEXTS),
        "void": _described("void", {"enum": list(VOID_REASONS)}),
    }
    return _closed({**words, **attributes}, required=["value"])


def _any_value() -> Json:
    nested = {"type": "object", "additionalProperties": {"$ref": "#/$defs/value"}}
    return {"anyOf": [_TEXT, {"type": "array", "items": {"$ref": "#/$defs/value"}}, nested]}


class _Builder:
    """Adds definitions of object elements as they are met."""

    def __init__(self, model: Model, schema: str, definitions: Json) -> None:
        self._model = model
        self._schema = schema
        self._definitions = definitions

    def feature_type(self, name: QName) -> Json:
        definition = self._model.element(name).definition
        closed = _closed({**_type_words(), **self._properties(name)})
        closed["patternProperties"] = {"\\.|\\[\\]$": {"$ref": "#/$defs/value"}}
        return {"description": definition, **closed} if definition else closed

    def _properties(self, name: QName) -> Json:
        found = {one.name: one for one in self._model.properties(name, self._schema)}
        return {key: self._property(one) for key, one in found.items()}

    def _property(self, one: Property) -> Json:
        single = self._single(one)
        options = [*single, {"$ref": "#/$defs/void"}] if one.element.nillable else single
        if one.repeated:
            options = [*options, {"type": "array", "items": {"anyOf": single}}]
        written: Json = {"anyOf": options}
        if one.element.definition:
            written["description"] = one.element.definition
        return written

    def _single(self, one: Property) -> list[Json]:
        if one.kind is Kind.OBJECT:
            return [_TEXT, *(self._object(name) for name in one.objects)]
        if one.kind is Kind.GEOMETRY:
            return [{"type": "string", "examples": ["=geometry", f"={DISSOLVE}(geometry)"]}]
        stated = {local_name(each.name) for each in one.attributes} & _STATED
        spec = _spec(dict.fromkeys(sorted(stated), _TEXT)) if stated else {"$ref": "#/$defs/spec"}
        return [*self._codes(one), _TEXT, spec]

    def _codes(self, one: Property) -> list[Json]:
        found = self._model.code_list(one.element.code_list) if one.element.code_list else None
        known = [value.local for value in found.values] if found else list(one.values)
        return [{"enum": known}] if known else []

    def _object(self, name: QName) -> Json:
        key = local_name(name)
        if key not in self._definitions:
            self._definitions[key] = {}  # met again inside itself
            nested: Json = {"type": "object", "properties": self._properties(name)}
            nested["additionalProperties"] = {"$ref": "#/$defs/value"}
            self._definitions[key] = nested
        return {"$ref": f"#/$defs/{key}"}
