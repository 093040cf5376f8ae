"""What the layers that a document derives are like, before a row is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from commonplace.batch import Field, Layer
from commonplace.bounds import Bounds
from commonplace.documents import did_you_mean, suggestion
from commonplace.mapping.derive import DEGREE, END, LAYER, NODE, START, Derived, Group, Unpivot

Layers = Mapping[str, Sequence[Layer]]
Tell = Callable[..., None]

TEXT, WHOLE, NUMBER = "string", "int64", "double"
_WHOLE: Final = frozenset("int8 int16 int32 int64 uint8 uint16 uint32 uint64".split())
_NUMBERS: Final = _WHOLE | {"halffloat", "float", "double"}
#: What operators make, by name; the others keep the kind.
_KINDS: Final = {
    **dict.fromkeys(("centroid", "point_on_surface", "start_point", "end_point"), "Point"),
    **dict.fromkeys(("envelope", "convex_hull"), "Polygon"),
    "buffer": "MultiPolygon",
    "extrude": "MultiPolygon Z",
    "boundary": "MultiLineString",
}
_MULTIPLE: Final = {
    "Point": "MultiPoint",
    "LineString": "MultiLineString",
    "Polygon": "MultiPolygon",
}


def derived_layers(derived: Sequence[Derived], layers: Layers, tell: Tell) -> list[Layer]:
    """The layers a document derives of those of its sources, in the document's order.

    Problems are told (message, path, hint, code). A layer whose bases don't say their fields
    says none either.
    """
    known: dict[str, list[Layer]] = {}
    for listed in layers.values():
        for layer in listed:
            known.setdefault(layer.name, []).append(layer)
    found: list[Layer] = []
    for one in derived:
        if one.name in known:
            tell(f"there is a layer {one.name!r} already", one.path, None, "DERIVED_TWICE")
            continue
        missing = [name for name in one.bases if name not in known]
        for name in missing:
            hint = suggestion(name, known)
            tell(f"no layer {name!r} to derive {one.name!r} of", one.path, hint, "UNKNOWN_LAYER")
        layer = Layer(one.name) if missing else _described(one, known, tell)
        networks = [each.name for each in derived if each.nodes is not None]
        if one.nodes_of is not None and one.nodes_of not in networks:
            hint = "nodes: and a tolerance make it one"
            tell(f"{one.nodes_of!r} is no derived network", one.path, hint, "NO_NETWORK")
        known[one.name] = [layer]
        found.append(layer)
    return found


def _described(one: Derived, known: Mapping[str, list[Layer]], tell: Tell) -> Layer:
    if one.nodes_of is not None:
        base = known[one.nodes_of][0]
        nodes = (Field(NODE, TEXT), Field(DEGREE, WHOLE))
        return replace(base, name=one.name, fields=nodes, geometry_type="Point", count=None)
    bases = [layer for name in one.of for layer in known[name]]
    fields = united(bases)
    checked = _Fields(one, fields, tell)
    checked.must_have([column for column, _ in one.only])
    if one.unpivot is not None:
        checked.unpivot(one.unpivot)
    if one.group is not None:
        checked.group(one.group)
    if one.nodes is not None:
        checked.add(Field(START, TEXT), Field(END, TEXT))
    return replace(
        bases[0],
        name=one.name,
        title=None,
        fields=checked.fields,
        geometry_type=_kind(one, bases),
        extent=_extent(bases),
        count=None,
        time_field=None,
    )


def lost_columns(derived: Sequence[Derived], layers: Layers) -> dict[str, tuple[str, ...]]:
    """The columns of the layers that each derived one is made of, of which groups make nothing.

    Those that are lost on the way to a derived layer are lost to what is derived of it.
    """
    known = {layer.name: layer for layer in derived_layers(derived, layers, lambda *_: None)}
    known |= {layer.name: layer for listed in layers.values() for layer in listed}
    found: dict[str, tuple[str, ...]] = {}
    for one in derived:
        lost = [name for base in one.of for name in found.get(base, ())]
        if one.group is not None:
            bases = [known[base] for base in one.of if base in known]
            used = {*one.group.by, *(column for *_, column in one.group.values), LAYER}
            used |= {column for column, _ in one.only}
            if one.unpivot is not None:
                used |= {column for column, _ in one.unpivot.columns}
            lost += [field.name for field in united(bases) if field.name not in used]
        found[one.name] = tuple(dict.fromkeys(lost))
    return found


def united(bases: Sequence[Layer]) -> tuple[Field, ...]:
    """The fields of all, by name; none where a layer says none. Several get ``layer``."""
    if not all(base.fields for base in bases):
        return ()
    found: dict[str, Field] = {}
    for base in bases:
        for field in base.fields:
            other = found.get(field.name)
            kind = field.type if other is None else common_type((other.type, field.type))
            found[field.name] = replace(other or field, type=kind)
    if len(bases) > 1 and LAYER not in found:
        found[LAYER] = Field(LAYER, TEXT)
    return tuple(found.values())


def common_type(kinds: Iterable[str]) -> str:
    """The type that values of all these types have."""
    distinct = set(kinds)
    if len(distinct) == 1:
        return distinct.pop()
    if distinct <= _WHOLE:
        return WHOLE
    return NUMBER if distinct <= _NUMBERS else TEXT


class _Fields:
    """The fields of a layer under way; tells of columns that aren't there."""

    def __init__(self, one: Derived, fields: tuple[Field, ...], tell: Tell) -> None:
        self._one = one
        self._tell = tell
        self.fields = fields

    def must_have(self, columns: Iterable[str]) -> None:
        names = [field.name for field in self.fields]
        for column in columns:
            if names and column not in names:
                hint = did_you_mean(column, names)
                self._tell(f"no column {column!r}", self._one.path, hint, "UNKNOWN_COLUMN")

    def add(self, *fields: Field) -> None:
        if not self.fields:
            return
        names = [one.name for one in self.fields]
        for one in fields:
            if one.name in names:
                message = f"there is a column {one.name!r} already"
                self._tell(message, self._one.path, "give it another name", "COLUMN_TWICE")
        self.fields = (*self.fields, *fields)

    def unpivot(self, unpivot: Unpivot) -> None:
        columns = [column for column, _ in unpivot.columns]
        self.must_have(columns)
        kinds = [field.type for field in self.fields if field.name in columns]
        kept = [field for field in self.fields if field.name not in columns]
        self.fields = tuple(kept)
        self.add(Field(unpivot.name, TEXT), Field(unpivot.value, common_type(kinds or [TEXT])))

    def group(self, group: Group) -> None:
        self.must_have([*group.by, *(column for *_, column in group.values if column)])
        kinds = {field.name: field.type for field in self.fields}
        self.fields = tuple(field for field in self.fields if field.name in group.by)
        for name, function, column in group.values:
            self.add(Field(name, aggregate_type(function, kinds.get(column, TEXT))))


def aggregate_type(function: str, kind: str) -> str:
    """The type of what a function of a group makes of a column."""
    if function == "count":
        return WHOLE
    if function == "mean":
        return NUMBER
    if function == "sum":
        return WHOLE if kind in _WHOLE else NUMBER
    return f"{kind}[]" if function == "list" else kind


def _kind(one: Derived, bases: Sequence[Layer]) -> str | None:
    kinds = {base.geometry_type for base in bases}
    if kinds == {None}:
        return None
    kind = kinds.pop() if len(kinds) == 1 else "Unknown"
    if one.group is not None and kind is not None:
        flat, space, z = kind.partition(" ")
        kind = _MULTIPLE.get(flat, flat) + space + z
    for call in one.geometry:
        kind = _KINDS.get(call.name, kind)
    return kind


def _extent(bases: Sequence[Layer]) -> Bounds | None:
    extents = [base.extent for base in bases if base.extent is not None]
    if len(extents) < len(bases):
        return None
    west, south, east, north = zip(*extents, strict=True)
    return min(west), min(south), max(east), max(north)
