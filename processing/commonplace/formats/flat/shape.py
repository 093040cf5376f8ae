"""What flat columns hold of a shape, and what they can't."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from commonplace.model.types import Kind
from commonplace.target import Node, Shape

KEPT_ATTRIBUTES: Final = ("uom", "href", "indeterminatePosition")
NAME: Final = "GeographicalName"
UNDETERMINED: Final = "und"  # a name's language, where it is not known (ISO 639-2)
_COLLAPSED: Final[Mapping[str, tuple[str, ...]]] = {
    "TimeInstant": ("timePosition",),
    "CI_Date": ("date",),
    "Date": ("Date", "DateTime"),
}


def default_geometry(shape: Shape) -> tuple[str, ...] | None:
    """The path of the geometry that a feature is drawn with.

    A property called ``geometry`` of the feature itself, else the first in schema order.
    """
    paths = list(geometry_paths(shape))
    return ("geometry",) if ("geometry",) in paths else next(iter(paths), None)


def geometry_paths(shape: Shape) -> Iterator[tuple[str, ...]]:
    """The paths of all geometry properties that a shape fills."""
    for node in shape.nodes:
        if node.void:
            continue
        if node.kind is Kind.GEOMETRY:
            yield (node.name,)
        several = len(node.objects) > 1
        for child in node.objects:
            for path in geometry_paths(child):
                yield (node.name, child.name, *path) if several else (node.name, *path)


def losses(shape: Shape, *, column_reasons: bool = False, related: bool = False) -> list[str]:
    """What flat columns can't hold of a shape, and what is done about it.

    ``column_reasons`` says that void reasons are kept where a column has one value a row,
    ``related`` that there are tables of what a feature has several of.
    """
    lists: list[tuple[str, ...]] = []
    found: list[str] = []
    for path, node in nodes(shape):
        name = "_".join(path)
        beyond = node.repeated or any(path[: len(one)] == one for one in lists)
        if column_reasons and "nil" in node.siblings and beyond:
            found.append(f"{name}: of several values only the first's void reason is written")
        elif not column_reasons and ("nil" in node.siblings or node.nil or node.void):
            found.append(f"{name}: the reason why a value is missing is not written")
        if node.kind is not Kind.OBJECT or node.void:
            continue
        tabled = related and node.repeated
        place = f"table {shape.name}_{name}" if tabled else name
        if any(one.name == NAME for one in node.objects):
            whole = f"; {place} has all of it if there are several" if tabled else ""
            found.append(
                f"{name}: only the spelling and language of a name are written (MT005){whole}"
            )
        elif node.repeated:
            found.append(
                f"{name}: {name}_… hold the first object (MT001), {place} all if there are several"
            )
        if node.repeated:
            lists.append(path)
    return found


def nodes(shape: Shape, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Node]]:
    """All properties of a shape with their paths; a geographical name's own left out."""
    for node in shape.nodes:
        yield (*path, node.name), node
        several = len(node.objects) > 1
        for child in node.objects:
            below = (*path, node.name, child.name) if several else (*path, node.name)
            if child.name != NAME:
                yield from nodes(child, below)


def collapsed(shape: Shape) -> Node | None:
    """The one property of an object that stands for it in flat form."""
    for name in _COLLAPSED.get(shape.name, ()):
        node = shape.node(name)
        if node is not None and not node.void:
            return node
    return None


def has_lists(node: Node) -> bool:
    """Whether lists of objects may stand inside a property's objects."""
    below = [one for child in node.objects for one in child.nodes if one.kind is Kind.OBJECT]
    return any(one.repeated or has_lists(one) for one in below)
