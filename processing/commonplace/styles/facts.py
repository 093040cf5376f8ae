"""The facts of styles, from data files."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

POINT: Final = "point"
LINE: Final = "line"
AREA: Final = "area"


@dataclass(frozen=True, slots=True)
class Point:
    """A mark; ``size`` in pixels."""

    shape: str = "circle"
    size: float = 6.0
    fill: str = "#808080"
    stroke: str = "#000000"


@dataclass(frozen=True, slots=True)
class Line:
    """A line; ``width`` in pixels."""

    stroke: str = "#000000"
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """An area; ``fill`` None leaves it hollow, ``width`` 0 without outline."""

    fill: str | None = "#808080"
    opacity: float = 0.5
    stroke: str = "#000000"
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Category:
    """One class of a style: the values of the attribute (local codes), a label and a colour."""

    values: tuple[str, ...]
    label: str
    colour: str


@dataclass(frozen=True, slots=True)
class Style:
    """How one feature type is drawn, whatever its geometry.

    ``attribute`` is the flat column (``currentUse_currentUse``) whose value chooses among
    ``categories``; they change the fill (of lines the stroke). ``label`` is the column that is
    written beside the feature. ``kind`` is the geometry it mostly has.
    """

    theme: str
    feature_type: str
    name: str
    kind: str
    point: Point = Point()
    line: Line = Line()
    area: Area = Area()
    attribute: str | None = None
    categories: tuple[Category, ...] = ()
    label: str | None = None


@functools.cache
def known_styles() -> tuple[Style, ...]:
    """All styles, our own before INSPIRE's default of the same type."""
    found = {key: _style(key, facts) for key, facts in _read("facts.json").items()}
    for key, facts in _read("own.json").items():
        found[key] = _style(key, facts)
    return tuple(found[key] for key in sorted(found))


@functools.cache
def style_of(theme: str, feature_type: str) -> Style | None:
    """The style of a type; of a profile (``bu-core2d``, ``tn-ro``) that of its theme."""
    themes = (theme, theme.partition("-")[0])
    return next(
        (
            one
            for wanted in themes
            for one in known_styles()
            if (one.theme, one.feature_type) == (wanted, feature_type)
        ),
        None,
    )


def _read(name: str) -> dict[str, Any]:
    text = files("commonplace.styles").joinpath(name).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _style(key: str, facts: dict[str, Any]) -> Style:
    theme, _, feature_type = key.partition("/")
    point, line, area = facts.get(POINT), facts.get(LINE), facts.get(AREA)
    kind = facts.get("kind") or (AREA if area else LINE if line else POINT)
    return Style(
        theme=theme,
        feature_type=feature_type,
        name=facts["style"],
        kind=kind,
        point=Point(**point) if point else _mark(line, area),
        line=Line(**line) if line else Line(stroke=(area or {}).get("stroke", "#000000")),
        area=Area(**area) if area else _faint(line, point),
        attribute=facts.get("attribute"),
        categories=tuple(
            Category(tuple(one["values"]), one["label"], one["colour"])
            for one in facts.get("categories", ())
        ),
        label=facts.get("label"),
    )


def _mark(line: dict[str, Any] | None, area: dict[str, Any] | None) -> Point:
    """Where only lines or areas have a style: a mark of their colour."""
    fill = (area or {}).get("fill") or (line or {}).get("stroke") or "#808080"
    return Point("square", 6.0, fill, "#000000")


def _faint(line: dict[str, Any] | None, point: dict[str, Any] | None) -> Area:
    """Where only lines or points have a style: their colour, half to be seen through."""
    colour = (line or {}).get("stroke") or (point or {}).get("fill") or "#808080"
    return Area(colour, 0.5, colour, 1.0)
