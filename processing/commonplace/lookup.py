"""``commonplace model``: the target model, described as JSON types."""

from __future__ import annotations

from typing import Any

from commonplace.documents import did_you_mean
from commonplace.errors import CommonplaceError
from commonplace.mapping.schema import json_schema
from commonplace.model import Model, UnknownName, load_model
from commonplace.model.types import CodeList, Property, local_name, qname


class NotInModel(CommonplaceError):
    """Nothing of that name; the hint holds the nearest."""

    code = "MODEL_NAME_UNKNOWN"
    exit_code = 2


def search(text: str) -> dict[str, Any]:
    """Feature types, data types and properties that match, best first."""
    model = load_model()
    found = [
        {
            "name": f"{hit.schema}:{hit.path}",
            "kind": _kind(model, hit.schema, hit.path),
            "definition": hit.definition,
            "label": hit.label,
            "score": round(hit.score, 3),
        }
        for hit in model.search(text)
    ]
    return {"query": text, "found": found}


def show(name: str) -> dict[str, Any]:
    """A schema (``ad/4.0``) or one of its types (``ad/4.0:Address``).

    Raises
    ------
    NotInModel
    """
    model = load_model()
    key, _, type_name = name.partition(":")
    try:
        schema = model.schema(key)
        if not type_name:
            return {
                "name": schema.key,
                "definition": schema.title,
                "namespace": schema.namespace,
                "location": schema.location,
                "feature_types": list(schema.feature_types),
            }
        element = model.element(qname(schema.namespace, type_name))
        properties = model.properties(element.name, key)
    except UnknownName as error:
        raise NotInModel(str(error), hint="try: commonplace model search WORDS") from None
    return {
        "name": f"{schema.key}:{type_name}",
        "definition": element.definition,
        "properties": [_describe(one) for one in properties],
    }


def mapping_schema(name: str | None) -> dict[str, Any]:
    """The JSON Schema of mapping documents for a target schema (``ad/4.0``), or for any.

    Raises
    ------
    NotInModel
    """
    model = load_model()
    try:
        return json_schema(model, name and model.schema(name).key)
    except UnknownName as error:
        raise NotInModel(str(error), hint="try: commonplace model search WORDS") from None


def codes(name: str) -> dict[str, Any]:
    """A code list by its name or URI, with its values.

    Raises
    ------
    NotInModel
    """
    model = load_model()
    lists = {one.name: one for one in model.code_lists()}
    found = lists.get(name) or model.code_list(name)
    if found is None:
        raise NotInModel(f"no code list is called {name!r}", hint=did_you_mean(name, lists))
    return _describe_list(found)


def _describe(one: Property) -> dict[str, Any]:
    maximum = "*" if one.element.maximum is None else str(one.element.maximum)
    return {
        "name": one.name,
        "occurs": f"{one.element.minimum}..{maximum}",
        "kind": one.kind.value,
        "holds": _holds(one),
        "void": "voidable" if one.element.voidable else "",
        "nillable": one.element.nillable,
        "code_list": one.element.code_list,
        "definition": one.element.definition,
    }


def _holds(one: Property) -> str:
    if one.element.code_list:
        return local_name(one.element.code_list.rpartition("/")[2])
    if one.value_type:
        return one.value_type
    if one.objects:
        names = [local_name(name) for name in one.objects]
        return " | ".join(names[:4]) + (" | …" if len(names) > 4 else "")
    return one.kind.value


def _describe_list(found: CodeList) -> dict[str, Any]:
    return {
        "name": found.name,
        "uri": found.uri,
        "label": found.label,
        "extensibility": found.extensibility,
        "definition": found.definition,
        "doubt": found.doubt,
        "values": [
            {
                "code": one.local,
                "label": one.label,
                "uri": one.uri,
                "parent": one.parent,
                "definition": one.definition,
            }
            for one in found.values
        ],
    }


def _kind(model: Model, schema: str, path: str) -> str:
    if "." in path:
        return "property"
    return "feature type" if path in model.schema(schema).feature_types else "data type"
