"""GML written row by row, plainly: what the column-wise encoder must equal byte for byte."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from commonplace.model.types import CodeList, Kind, local_name, qname
from commonplace.target import Node, Shape, TargetBatch, TargetCrs

VOID = "http://inspire.ec.europa.eu/codelist/VoidReasonValue/"
GCO = "http://www.isotc211.org/2005/gco"
XLINK = "http://www.w3.org/1999/xlink"

FAMILIES = {
    "Point": ("Point", "MultiPoint", "pointMember", "", "", ""),
    "LineString": (
        "LineString",
        "MultiCurve",
        "curveMember",
        "Curve",
        "segments",
        "LineStringSegment",
    ),
    "Polygon": (
        "Polygon",
        "MultiSurface",
        "surfaceMember",
        "Surface",
        "patches",
        "PolygonPatch",
    ),
}


@dataclass(frozen=True)
class Reference:
    prefixes: Mapping[str, str]
    crs: TargetCrs
    code_lists: Mapping[str, CodeList]

    def features(self, batch: TargetBatch, before: str = "", after: str = "") -> bytes:
        rows = batch.columns.to_pylist()
        texts = [before + self._feature(batch, row) + after for row in rows]
        return "".join(texts).encode()

    def _feature(self, batch: TargetBatch, row: dict[str, Any]) -> str:
        fid = ncname(f"{batch.shape.name}.{row['@id']}")
        return self._object(batch.shape, row, fid, "", batch.geometries)

    def tag(self, name: str) -> str:
        if not name.startswith("{"):
            return name
        namespace, _, local = name[1:].partition("}")
        return f"{self.prefixes[namespace]}:{local}"

    def _object(self, shape: Shape, row: dict[str, Any], fid: str, path: str, pool: Any) -> str:
        tag = self.tag(shape.element)
        identity = ""
        if shape.feature or shape.identified:
            identity = f' gml:id="{path_id(path, fid)}"'
        inside = self._properties(shape, row, fid, path, pool)
        return f"<{tag}{identity}>{inside}</{tag}>"

    def _properties(self, shape: Shape, row: dict[str, Any], fid: str, path: str, pool: Any) -> str:
        text = ""
        for node in shape.nodes:
            below = f"{path}.{node.name}" if path else node.name
            text += self._property(node, row, fid, below, pool)
        return text

    def _property(self, node: Node, row: dict[str, Any], fid: str, path: str, pool: Any) -> str:
        if node.void:
            return self._nil(node, node.nil, {})
        if node.constant is not None:
            return self._one(node, node.constant, {}, fid, path, pool) or self._nil(
                node, node.nil, {}
            )
        value = row.get(node.name)
        siblings = {one: row[f"{node.name}@{one}"] for one in node.siblings}
        if not node.repeated or node.is_constant:
            text = self._one(node, value, siblings, fid, path, pool)
            return text or self._nil(node, siblings.get("nil") or node.nil, siblings)
        text = ""
        for index, item in enumerate(value or []):
            of_item = {name: values[index] for name, values in siblings.items()}
            written = self._one(node, item, of_item, fid, f"{path}.{index + 1}", pool)
            text += written or self._nil(node, of_item.get("nil"), of_item)
        return text or self._nil(node, node.nil, {})

    def _one(
        self, node: Node, value: Any, siblings: dict[str, Any], fid: str, path: str, pool: Any
    ) -> str:
        attributes = self._row_attributes(node, siblings) + self._constants(node)
        if node.kind in (Kind.CODE, Kind.REFERENCE):
            href = self._code(node, value) if node.kind is Kind.CODE else self._href(value)
            return self._element(node, href + attributes, None) if href else ""
        reference = self._href(siblings.get("href"))
        if reference:
            return self._element(node, reference + attributes, None)
        inside = self._inside(node, value, fid, path, pool)
        return "" if inside is None else self._element(node, attributes, inside)

    def _inside(self, node: Node, value: Any, fid: str, path: str, pool: Any) -> str | None:
        if node.kind is Kind.OBJECT:
            if node.is_constant:
                value = {}
            if value is None:
                return None
            if len(node.objects) > 1:
                shape = next((one for one in node.objects if one.name == value["@type"]), None)
                value = None if shape is None else value.get(shape.name) or {}
            else:
                shape = node.objects[0]
            if shape is None or value is None:
                return None
            value = {**nulls(shape), **value}
            write = self._properties if node.property.direct else self._object
            return write(shape, value, fid, path, pool)
        if value is None:
            return None
        if node.kind is Kind.GEOMETRY:
            allowed = {local_name(one) for one in node.property.objects}
            return geometry(pool[value], path, fid, allowed, self.crs, top=True)
        return escape(plain(value, node.property.value_type), False) or None

    def _element(self, node: Node, attributes: str, inside: str | None) -> str:
        tag = self.tag(node.property.element.name)
        if inside is None:
            return f"<{tag}{attributes}/>"
        if node.property.wrapper:
            wrapper = self.tag(node.property.wrapper)
            return f"<{tag}><{wrapper}{attributes}>{inside}</{wrapper}></{tag}>"
        return f"<{tag}{attributes}>{inside}</{tag}>"

    def _nil(self, node: Node, reason: str | None, siblings: dict[str, Any]) -> str:
        if not node.property.element.nillable or not reason:
            return ""
        declared = [one.name for one in node.property.attributes]
        attributes = ' xsi:nil="true"'
        if node.property.wrapper:
            attributes += f' {self.tag(qname(GCO, "nilReason"))}="{VOID}{escape(reason, True)}"'
        elif "nilReason" in declared:
            attributes += f' nilReason="{VOID}{escape(reason, True)}"'
        if not node.property.wrapper:
            attributes += self._required(node, siblings)
        return f"<{self.tag(node.property.element.name)}{attributes}/>"

    def _required(self, node: Node, siblings: dict[str, Any]) -> str:
        required = [one for one in node.property.attributes if one.required]
        names = {local_name(one.name) for one in required}
        text = self._constants(node, names)
        for one in required:
            local = local_name(one.name)
            if local in node.siblings and siblings:
                value = escape(siblings.get(local) or "", True) or "unknown"
                text += f' {self.tag(one.name)}="{value}"'
            elif local not in dict(node.attributes):
                text += f' {self.tag(one.name)}="{one.fixed or one.default or "unknown"}"'
        return text

    def _constants(self, node: Node, only: Iterable[str] | None = None) -> str:
        return "".join(
            f' {self._attribute(node, local)}="{escape(value, True)}"'
            for local, value in node.attributes
            if only is None or local in only
        )

    def _row_attributes(self, node: Node, siblings: dict[str, Any]) -> str:
        return "".join(
            f' {self._attribute(node, local)}="{escape(value, True)}"'
            for local, value in siblings.items()
            if local not in ("nil", "href") and escape(value or "", True)
        )

    def _attribute(self, node: Node, local: str) -> str:
        for one in node.property.attributes:
            if local_name(one.name) == local:
                return self.tag(one.name)
        return self.tag(qname(XLINK, local)) if local in ("href", "title", "role") else local

    def _href(self, value: str | None) -> str:
        if value and value.startswith("#"):
            return f' xlink:href="#{ncname(value[1:])}"'
        address = escape(value or "", True)
        return f' xlink:href="{address}"' if address else ""

    def _code(self, node: Node, value: str | None) -> str:
        local = escape(value or "", True)
        if not local:
            return ""
        uri = node.property.element.code_list
        if uri is None:
            return f' xlink:href="{local}"'
        if re.match(r"(?i)([a-z][a-z0-9+.-]*://|urn:)", local):
            return f' xlink:href="{local}"'
        known = self.code_lists[uri].value(value) if uri in self.code_lists else None
        title = ""
        if known and "title" not in node.siblings:
            title = f' xlink:title="{escape(known.label, True)}"'
        return f' xlink:href="{escape(uri, True)}/{local}"{title}'


def nulls(shape: Shape) -> dict[str, Any]:
    names = [one.name for one in shape.nodes]
    return dict.fromkeys(
        [*names, *(f"{one.name}@{sibling}" for one in shape.nodes for sibling in one.siblings)]
    )


def path_id(path: str, fid: str) -> str:
    return f"_{path}-{fid}" if path else fid


def ncname(text: str) -> str:
    result = ""
    for index, character in enumerate(text):
        unsafe = not re.match(r"[A-Za-z0-9._-]", character)
        if unsafe or text.startswith("_x", index):
            result += f"_x{ord(character):X}_"
        else:
            result += character
    return result


def escape(text: str, attribute: bool) -> str:
    result = ""
    for character in text:
        code = ord(character)
        if (code < 32 and character not in "\t\n\r") or code in (0xFFFE, 0xFFFF):
            continue
        entity = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}.get(character)
        if attribute and entity is None:
            entity = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;"}.get(character)
        result += entity or character
    return result


def plain(value: Any, value_type: str | None) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number(value) if np.isfinite(value) else ""
    if isinstance(value, dt.datetime):
        if value_type == "date":
            return value.strftime("%Y-%m-%d")
        fraction = f".{value.microsecond:06}".rstrip("0").rstrip(".")
        return value.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"
    if isinstance(value, dt.date):
        return value.isoformat() + ("T00:00:00Z" if value_type == "dateTime" else "")
    return str(value)


def number(value: float) -> str:
    text = format(Decimal(repr(value)), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def geometry(
    shape: Any, path: str, fid: str, allowed: set[str], crs: TargetCrs, *, top: bool
) -> str:
    kind = shape.geom_type
    parts = list(shape.geoms) if hasattr(shape, "geoms") else [shape]
    if kind == "GeometryCollection":
        inside = "".join(
            f"<gml:geometryMember>{_member(part, index, path, fid, crs)}</gml:geometryMember>"
            for index, part in enumerate(parts)
        )
        return _tagged("MultiGeometry", path, fid, inside, crs, top)
    family = FAMILIES[parts[0].geom_type.replace("LinearRing", "LineString")]
    single, aggregate, member, patched, patches, patch = family

    def fits(name: str) -> bool:
        return bool(name) and (not allowed or name in allowed)

    some = fits(aggregate) or fits("MultiGeometry")
    many = len(parts) > 1 or (kind.startswith("Multi") and some)
    if some and not fits(single) and not fits(patched):
        many = True
    if many and (some or not fits(patched)):
        general = not fits(aggregate) and fits("MultiGeometry")
        member, aggregate = ("geometryMember", "MultiGeometry") if general else (member, aggregate)
        inside = "".join(
            f"<gml:{member}>{_member(part, index, path, fid, crs)}</gml:{member}>"
            for index, part in enumerate(parts)
        )
        return _tagged(aggregate, path, fid, inside, crs, top)
    if many or (fits(patched) and not fits(single)):
        inside = "".join(f"<gml:{patch}>{_inside(one, crs)}</gml:{patch}>" for one in parts)
        inside = f"<gml:{patches}>{inside}</gml:{patches}>"
        return _tagged(patched, path, fid, inside, crs, top)
    return _tagged(single, path, fid, _inside(parts[0], crs), crs, top)


def _member(part: Any, index: int, path: str, fid: str, crs: TargetCrs) -> str:
    return geometry(part, f"{path}.{index + 1}", fid, set(), crs, top=False)


def _tagged(name: str, path: str, fid: str, inside: str, crs: TargetCrs, top: bool) -> str:
    srs = f' srsName="{crs.uri}" srsDimension="{crs.dimension}"' if top else ""
    return f'<gml:{name} gml:id="{path_id(path, fid)}"{srs}>{inside}</gml:{name}>'


def _inside(part: Any, crs: TargetCrs) -> str:
    if part.geom_type == "Point":
        return f"<gml:pos>{_positions(part, crs)}</gml:pos>"
    if part.geom_type != "Polygon":
        return f"<gml:posList>{_positions(part, crs)}</gml:posList>"
    text = ""
    for ring in (part.exterior, *part.interiors):
        side = "exterior" if ring is part.exterior or not text else "interior"
        text += (
            f"<gml:{side}><gml:LinearRing><gml:posList>{_positions(ring, crs)}"
            f"</gml:posList></gml:LinearRing></gml:{side}>"
        )
    return text


def _positions(part: Any, crs: TargetCrs) -> str:
    words = []
    for x, y, *z in part.coords:
        ordinates = [y, x] if crs.swap else [x, y]
        ordinates += z[: crs.dimension - 2]
        words += [fixed(one, crs.decimals) for one in ordinates]
    return " ".join(words)


def fixed(value: float, decimals: int) -> str:
    return number(float(f"{value:.{decimals}f}"))
