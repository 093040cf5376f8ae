"""Join the UML feature catalogue to XSD elements: voidable, code list, definition, unit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

ABBREVIATIONS = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|vs|resp|approx|incl|excl|No|Art|Fig|ref|Dr|St)|\b[A-Z])\.$"
)
UNIT = re.compile(r"(\w+)(?:\.value)?\.uom(?:\.uomSymbol)?\s*=\s*'([^']+)'")


def first_sentence(text: str | None) -> str | None:
    """The first sentence of a definition, on one line."""
    if not text:
        return None
    flat = " ".join(text.split())
    flat = re.sub(r"^(?:-- Name --.*?)?-- Definition --\s*", "", flat)
    flat = re.split(r"\s*-- Description --|\s+(?:SOURCE|NOTE|EXAMPLE)\b", flat, maxsplit=1)[0]
    for match in re.finditer(r"[.!?](?=\s+[A-Z\"“(])", flat):
        head = flat[: match.end()]
        if not ABBREVIATIONS.search(head):
            return head
    return flat or None


class Catalogue:
    """The UML model, looked up by the prefix of the XSD that holds a class.

    Older schema versions (``au/4.0``) are joined to the newest UML of the same prefix:
    class and property names did not change meaning between versions.
    """

    def __init__(self, uml: list[Json], schemas: list[Json], lists: list[Json]) -> None:
        by_schema = {(one["name"], one["version"]): one for one in uml}
        self._uris = {one["name"]: one["uri"] for one in lists}
        self._classes: dict[str, dict[str, Json]] = {}
        self._everywhere: dict[str, list[tuple[str, Json]]] = defaultdict(list)
        for schema in schemas:
            classes: dict[str, Json] = {}
            for name, version in schema["uml_schema"]:
                for one in by_schema[name, version]["classes"]:
                    classes.setdefault(one["name"], one)
            self._classes[schema["prefix"]] = classes
            for one in classes.values():
                self._everywhere[one["name"]].append((schema["prefix"], one))

    def find_class(self, prefix: str, name: str) -> Json | None:
        return self._classes.get(prefix, {}).get(name)

    def lineage(self, prefix: str, name: str) -> Iterator[Json]:
        """A class and its supertypes, nearest first.

        A supertype is looked for inside the schema first; a class is never its own
        (``Building`` of Buildings2D is a subtype of ``Building`` of BuildingsBase).
        """
        start = self.find_class(prefix, name)
        todo = [(prefix, start)] if start else []
        seen: set[str] = set()
        while todo:
            where, one = todo.pop(0)
            if one["id"] in seen:
                continue
            seen.add(one["id"])
            yield one
            for parent in one["subtypeOf"]:
                own = self._classes[where].get(parent)
                if own is not None and own["id"] not in seen:
                    todo.append((where, own))
                else:
                    todo += [
                        (other, found)
                        for other, found in self._everywhere[parent]
                        if found["id"] not in seen
                    ][:1]

    def facts(self, prefix: str, class_name: str, property_name: str) -> Json | None:
        """What the UML says of a property; None when it doesn't know it."""
        for one in self.lineage(prefix, class_name):
            for found in one["properties"]:
                if found["name"] == property_name:
                    return self._facts(found) | _unit(self.lineage(prefix, class_name), found)
        return None

    def _facts(self, found: Json) -> Json:
        result: Json = {}
        if found["voidable"]:
            result["voidable"] = True
        if found.get("category") == "code list" or self._is_list(found["type"]):
            result["code_list"] = self.list_uri(found["type"])
        definition = first_sentence(found.get("definition"))
        if definition:
            result["definition"] = definition
        return result

    def _is_list(self, type_name: str | None) -> bool:
        """Two lists have no class of their own (``ThermalProductTypeValue``)."""
        if type_name is None:
            return False
        return type_name in self._uris or (
            type_name.endswith("Value") and type_name not in self._everywhere
        )

    def list_uri(self, name: str) -> str:
        return str(self._uris.get(name, f"http://inspire.ec.europa.eu/codelist/{name}"))


def _unit(lineage: Iterator[Json], found: Json) -> Json:
    """The unit that an OCL constraint of the class demands of the property."""
    for one in lineage:
        for constraint in one["constraints"]:
            units = {
                unit
                for name, unit in UNIT.findall(constraint.get("expression") or "")
                if name == found["name"]
            }
            if len(units) == 1:
                return {"unit": units.pop()}
    return {}
