"""Derive the entity types of Smart Data Models from the reference material in ``../shared``.

Usage: ``python tools/build_sdm.py [SHARED] [TARGET]``. The same input gives the same bytes.

Kept are facts only: names, types, what is required, enumerations, units. The models are
those of smartdatamodels.org, licensed CC BY 4.0; no text of theirs is kept. A model is
stored as a schema of its own, ``sdm/<Model>``, in the form of the INSPIRE schemas, so that
mappings compile against it in the same way. The namespace is the type's IRI in the context.

What the schemas of another subject define that isn't in ``../shared`` is left out.
"""

from __future__ import annotations

import json
import lzma
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "processing" / "commonplace" / "model" / "sdm"
LICENCE = "CC BY 4.0, smartdatamodels.org"
IRI = "https://smartdatamodels.org/dataModel.{}/{}"
LOCATION = "https://raw.githubusercontent.com/smart-data-models/dataModel.{}/master/{}"
XSD = "http://www.w3.org/2001/XMLSchema"
GML = "http://www.opengis.net/gml/3.2"
XLINK = "{http://www.w3.org/1999/xlink}"
GEOMETRIES = {
    "Point": ("Point",),
    "LineString": ("LineString",),
    "Polygon": ("Polygon",),
    "MultiPoint": ("MultiPoint",),
    "MultiLineString": ("MultiCurve",),
    "MultiPolygon": ("MultiSurface",),
}
BUILT_IN = {"number": "double", "integer": "integer", "boolean": "boolean", "string": "string"}
TIMES = {"date-time": "dateTime", "date": "date"}
NOT_ATTRIBUTES = frozenset({"id", "type"})
# As the descriptions write units, in UCUM.
UNITS = {
    "ampers (a)": "A",
    "celsius degrees": "Cel",
    "centimeters": "cm",
    "cubic meters": "m3",
    "cubic metre": "m3",
    "degrees celsius": "Cel",
    "hertz (hz)": "Hz",
    "hours": "h",
    "kelvin degrees (k)": "K",
    "kilogram": "kg",
    "kilogram (kg)": "kg",
    "kilograms": "kg",
    "kilograms (kg)": "kg",
    "kilometer (km)": "km",
    "kilometer per hour (km/h)": "km/h",
    "kilowatts (kw)": "kW",
    "kilowatts per hour (kwh)": "kWh",
    "kpa": "kPa",
    "kw/m2": "kW/m2",
    "lumens (lm)": "lm",
    "meter": "m",
    "meter (m)": "m",
    "meters": "m",
    "metre": "m",
    "mg/l": "mg/L",
    "second (s)": "s",
    "siemens per meter": "S/m",
    "square meters": "m2",
    "volts (v)": "V",
    "w/m2": "W/m2",
    "watts (w)": "W",
}

Schema = dict[str, Any]


class Missing(LookupError):
    """A definition of a schema that isn't here."""


class Definitions:
    """Resolves ``$ref`` among the schemas of ``../shared/ngsild/sdm``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Schema] = {}

    def resolved(self, schema: Schema, home: Path) -> Schema:
        """The schema with its references followed; what stands beside a ``$ref`` stays."""
        while "$ref" in schema:
            address, _, pointer = schema["$ref"].partition("#")
            found: Any = self._file(address, home)
            for step in pointer.strip("/").split("/"):
                if not isinstance(found, dict) or step not in found:
                    raise Missing(schema["$ref"])
                found = found[step]
            schema = {**found, **{k: v for k, v in schema.items() if k != "$ref"}}
        return schema

    def _file(self, address: str, home: Path) -> Schema:
        path = home
        if "dataModel." in address:
            steps = address.rpartition("dataModel.")[2].split("/")
            path = self._folder.joinpath(*[one for one in steps if one != "master"])
        elif address:
            path = self._folder / address.rpartition("/")[2]
        if not path.is_file():
            raise Missing(address)
        if str(path) not in self._read:
            text = path.read_text(encoding="utf-8")
            if address:  # its own references are seen from elsewhere
                text = re.sub(r'("\$ref":\s*")#', rf"\g<1>{address}#", text)
            self._read[str(path)] = json.loads(text)
        return self._read[str(path)]


class ModelFile:
    """The stored form of one model, filled property by property."""

    def __init__(self, subject: str, name: str, path: Path, definitions: Definitions) -> None:
        self.key = f"sdm/{name}"
        self.name = name
        self.namespace = IRI.format(subject, name)
        self._path = path
        self._definitions = definitions
        self._types: dict[str, Schema] = {}
        self._tables: list[list[list[object]]] = []
        self.left_out: list[str] = []

    def stored(self) -> Schema:
        """The file's content."""
        schema = json.loads(self._path.read_text(encoding="utf-8"))
        required = set(schema.get("required", ()))
        content = []
        properties: dict[str, Schema] = {}
        for one in self._parts(schema):
            required.update(one.get("required", ()))
            properties.update(one.get("properties", {}))
        for name in sorted(properties.keys() - NOT_ATTRIBUTES):
            particle = self._particle(name, properties[name], name in required, self.name)
            if particle is not None:
                content.append(particle)
        self._types[f"{self.name}Type"] = {"content": {"sequence": content}}
        return {
            "key": self.key,
            "namespaces": [self.namespace, XSD, GML],
            "attributes": self._tables,
            "elements": {self.name: {"type": f"0:{self.name}Type"}},
            "types": dict(sorted(self._types.items())),
        }

    def _parts(self, schema: Schema) -> Iterator[Schema]:
        try:
            schema = self._definitions.resolved(schema, self._path)
        except Missing as missing:
            self.left_out.append(str(missing))
            return
        yield schema
        for one in schema.get("allOf", ()):
            yield from self._parts(one)

    def _particle(
        self, name: str, schema: Schema, required: bool, above: str
    ) -> dict[str, object] | None:
        try:
            type_name, repeated, unit = self._classified(name, schema, above)
        except Missing as missing:
            self.left_out.append(f"{name}: {missing}")
            return None
        particle: dict[str, object] = {"name": f"0:{name}", "type": type_name}
        if not required:
            particle["min"] = 0
        if repeated:
            particle["max"] = -1
        if unit:
            particle["unit"] = unit
        return particle

    def _classified(self, name: str, schema: Schema, above: str) -> tuple[str, bool, str | None]:
        """Type, whether repeated, and unit of a property."""
        schema = self._definitions.resolved(schema, self._path)
        kind = _kind(schema.get("description", ""))
        branches = schema.get("oneOf") or schema.get("anyOf")
        if branches:
            branches = [self._definitions.resolved(one, self._path) for one in branches]
            drawn = [one for branch in branches for one in _geometry(branch)]
            if drawn:
                return self._geometries(drawn), False, None
            lists = [one for one in branches if one.get("type") == "array"]
            said = {"description": schema.get("description", "")}
            schema = {**(lists or branches)[0], **said}
        if drawn := list(_geometry(schema)):
            return self._geometries(drawn), False, None
        repeated = "items" in schema and schema.get("type") != "string"  # one says both
        items = schema.get("items", schema)
        items = items[0] if isinstance(items, list) else items
        items = self._definitions.resolved(items, self._path)
        if kind == "Relationship":
            return self._reference(), repeated, None
        if repeated and items.get("anyOf"):
            items = self._definitions.resolved(items["anyOf"][0], self._path)
        if "properties" in items and (made := self._object(items, f"{above}_{name}")):
            return made, repeated, None
        stated = items.get("type")
        stated = stated[0] if isinstance(stated, list) else stated
        if stated in ("object", "array") or stated not in BUILT_IN:
            self._types["Anything"] = {"content": {"sequence": [{"any": "##any", "min": 0}]}}
            return "0:Anything", repeated, None
        unit = _unit(schema.get("description", "")) if stated == "number" else None
        return self._value(stated, items, unit, f"{above}_{name}"), repeated, unit

    def _value(self, stated: str, schema: Schema, unit: str | None, name: str) -> str:
        text = TIMES.get(schema.get("format", ""), BUILT_IN[stated])
        if "enum" in schema:
            values = [str(one) for one in schema["enum"]]
            self._types[name] = {"text": text, "values": values, "attributes": self._table(None)}
            return f"0:{name}"
        shared = f"{text}-{unit}" if unit else text
        self._types[shared] = {"text": text, "attributes": self._table(unit)}
        return f"0:{shared}"

    def _object(self, schema: Schema, name: str) -> str | None:
        """An object's type; None where nothing is known of its members."""
        required = set(schema.get("required", ()))
        content = [
            self._particle(one, schema["properties"][one], one in required, name)
            for one in sorted(schema["properties"])
        ]
        sequence = [one for one in content if one is not None]
        if not sequence:
            return None
        self._types[name] = {"content": {"sequence": sequence}}
        return f"0:{name}"

    def _geometries(self, names: list[str]) -> str:
        allowed = sorted({f"2:{one}" for name in names for one in GEOMETRIES[name]})
        label = "Geometry-" + "-".join(sorted(set(names)))
        choice = [{"ref": one} for one in allowed]
        self._types[label] = {"content": {"choice": choice}}
        return f"0:{label}"

    def _reference(self) -> str:
        self._types["Relationship"] = {"attributes": self._numbered([[f"{XLINK}href", "anyURI"]])}
        return "0:Relationship"

    def _table(self, unit: str | None) -> int:
        """Attributes of a value: its unit, which is stated where the model demands one."""
        return self._numbered([["uom", "string", unit is not None, None, unit]])

    def _numbered(self, table: list[list[object]]) -> int:
        if table not in self._tables:
            self._tables.append(table)
        return self._tables.index(table)


def _kind(description: str) -> str | None:
    matched = re.match(r"\s*(Property|GeoProperty|Relationship)\b", description)
    return matched[1] if matched else None


def _unit(description: str) -> str | None:
    matched = re.search(r"Units?:\s*'([^']*)'", description)
    return UNITS.get(matched[1].strip().lower()) if matched else None


def _geometry(schema: Schema) -> Iterator[str]:
    """The GeoJSON types that a schema describes."""
    properties = schema.get("properties", {})
    if "coordinates" in properties:
        yield from (one for one in properties["type"].get("enum", ()) if one in GEOMETRIES)


def build(shared: Path) -> dict[str, bytes]:
    """Content of all files by name."""
    folder = shared / "ngsild" / "sdm"
    definitions = Definitions(folder)
    files: dict[str, bytes] = {}
    schemas = []
    for path in sorted(folder.glob("*/*/schema.json")):
        subject, name = path.parts[-3:-1]
        model = ModelFile(subject, name, path, definitions)
        files[f"sdm-{name}.json.xz"] = _packed(model.stored())
        schemas.append(_schema(subject, model))
    index = {"release": LICENCE, "schemas": schemas}
    files["index.json.xz"] = _packed(index)
    return files


def _schema(subject: str, model: ModelFile) -> Schema:
    return {
        "key": model.key,
        "namespace": model.namespace,
        "location": LOCATION.format(subject, "context.jsonld"),
        "title": f"Smart Data Models: {subject}",
        "feature_types": [model.name],
        "abstract_feature_types": [],
        "prefixes": {model.namespace: "sdm", GML: "gml"},
        "locations": {},
        "imports": [model.namespace, GML],
        "left_out": model.left_out,
    }


def _packed(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return lzma.compress(text.encode(), preset=9)


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else TARGET
    target.mkdir(parents=True, exist_ok=True)
    files = build(shared)
    for stale in target.glob("*.json.xz"):
        if stale.name not in files:
            stale.unlink()
    for name, content in files.items():
        (target / name).write_bytes(content)


if __name__ == "__main__":
    main()
