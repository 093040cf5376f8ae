"""Code lists and feature concepts as the model files hold them."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import Any

from lxml import etree

Json = dict[str, Any]

ORIGIN = "codes only, from a copy of the registry"


def registry_codes(archive: Path) -> dict[str, list[str]]:
    """URIs of the values of every list in the registry's copy, by the list's URI."""
    result: dict[str, list[str]] = {}
    with tarfile.open(archive) as files:
        for member in files:
            if "/codelist/" in member.name and member.name.endswith(".en.xml"):
                content = files.extractfile(member)
                root = etree.fromstring(content.read()) if content else None
                if root is not None and root.get("id"):
                    values = [one.get("id") for one in root.iter("{*}value")]
                    result[str(root.get("id"))] = [one for one in values if one]
    return result


def code_lists(lists: list[Json], registry: dict[str, list[str]]) -> list[Json]:
    """All lists; empty fields left out; a value's URI only where it isn't list URI + id.

    Where the catalogue holds no values, or not the list at all, the registry's codes stand
    in, marked by ``origin``.
    """
    result = [_code_list(one) for one in lists]
    for one in result:
        if not one["values"] and one["uri"] in registry:
            one |= {"origin": ORIGIN, "values": _codes(one["uri"], registry[one["uri"]])}
    known = {one["uri"] for one in result}
    for uri in sorted(set(registry) - known):
        result.append(
            {
                "uri": uri,
                "name": uri.rpartition("/")[2],
                "origin": ORIGIN,
                "values": _codes(uri, registry[uri]),
            }
        )
    return result


def merged(lists: list[Json], registry: dict[str, list[str]]) -> list[Json]:
    """One record a URI.

    Some records are scraps of the tables they were read from: they bear a neighbour's URI
    (five, one of them with the neighbour's true values) or just ``…/US`` (twelve). The former
    are merged into the list that the URI names, with the values that agree best with the
    registry; the latter get the URI that INSPIRE's rule makes of their name. Both are marked
    by a doubt.
    """
    by_uri: dict[str, list[Json]] = {}
    for one in lists:
        by_uri.setdefault(_proper_uri(one), []).append(one)
    result = []
    for uri, records in by_uri.items():
        main = next((one for one in records if one["name"] == uri.rpartition("/")[2]), records[0])
        codes = set(registry.get(uri, ()))
        best = max(
            (main, *records),
            key=lambda one: (
                len(codes & {f"{uri}/{value['id']}" for value in one["values"]}),
                bool(one["values"]),
            ),
        )
        doubt = main.get("uri_doubt")
        if uri != main["uri"]:
            doubt = f"the source gives {main['uri']}"
        elif best is not main:
            doubt = f"values are those of the source's record {best['name']}"
        result.append(main | {"uri": uri, "values": best["values"], "uri_doubt": doubt})
    return result


def _proper_uri(source: Json) -> str:
    uri = str(source["uri"])
    return f"{uri.rpartition('/')[0]}/{source['name']}" if uri.endswith("/US") else uri


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


def _codes(list_uri: str, uris: list[str]) -> list[Json]:
    return [
        {"id": uri.rpartition("/")[2]}
        | ({} if uri.rpartition("/")[0] == list_uri else {"uri": uri})
        for uri in uris
    ]


def concepts(source: Json) -> dict[str, dict[str, str]]:
    """Labels of feature concepts by language, by the concept's local name."""
    return {uri.rpartition("/")[2]: one["label"] for uri, one in sorted(source.items())}
