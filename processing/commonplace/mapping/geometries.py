"""Geometry operators in documents: ``buffer(geometry, 2.5)`` and the like, never SQL.

What stands behind the geometry are numbers or SQL expressions over the row's columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.batch import GEOMETRY
from commonplace.documents import nearest
from commonplace.errors import ExpressionRefused
from commonplace.geometry import CLIP, LAYER_OPERATORS, OPERATORS, Operator, settle
from commonplace.mapping.plan import Applied, Leaf, Part
from commonplace.target import Geometries

#: Unites the geometries of all rows of one key; done before a linked object is evaluated.
DISSOLVE: Final = "dissolve"

#: GML elements that a source's geometries can be written as.
WRITABLE: Final = frozenset(
    "Point LineString Curve Polygon Surface MultiPoint MultiCurve MultiSurface "
    "MultiGeometry Solid".split()
)
#: The share of a geometry's area whose change is told.
TOLD_SHARE: Final = 0.01

_CALL: Final = re.compile(r"\s*([a-z_0-9]+)\s*\((.*)\)\s*", re.DOTALL)
_NUMBER: Final = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)\s*")

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Call:
    """An operator as written, with the texts of what stands behind the geometry."""

    name: str
    arguments: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}({', '.join((GEOMETRY, *self.arguments))})"


def parse_operators(text: str) -> tuple[Call, ...] | None:
    """The operators of a type's geometry, ``a(b(geometry), 2)``. See :func:`parse_calls`."""
    return parse_calls(text, OPERATORS, {DISSOLVE: 0})


def parse_calls(
    text: str, operators: Mapping[str, Operator], others: Mapping[str, int]
) -> tuple[Call, ...] | None:
    """Operators around ``geometry``, innermost first; None if it isn't a geometry.

    Parameters
    ----------
    operators, others
        Those there are; of the others, how many values stand behind their geometry.

    Raises
    ------
    ExpressionRefused
        An operator nobody knows around ``geometry``, or one with too much or too little.
    """
    calls: list[Call] = []
    rest = text
    while (call := _CALL.fullmatch(rest)) is not None:
        rest, *arguments = _split(call[2])
        calls.append(Call(call[1], tuple(one.strip() for one in arguments)))
    if rest.strip() != GEOMETRY:
        return None
    for one in calls:
        _check(one, operators, others)
    return tuple(reversed(calls))


def _split(text: str) -> list[str]:
    """Texts between the commas that stand in no parentheses, brackets or quotes."""
    parts, depth, quote = [""], 0, ""
    for character in text:
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif character == "," and depth == 0:
            parts.append("")
            continue
        parts[-1] += character
    return parts


def _check(call: Call, operators: Mapping[str, Operator], others: Mapping[str, int]) -> None:
    if call.name in others:
        if len(call.arguments) != others[call.name]:
            raise ExpressionRefused(
                f"{call} has {len(call.arguments)} values behind the geometry",
                hint=f"{call.name} takes {others[call.name]}",
            )
        return
    if call.name not in operators:
        raise _unknown(call.name, (*operators, *others))
    parameters = operators[call.name].parameters
    needed = sum(one.default is None for one in parameters)
    if not needed <= len(call.arguments) <= len(parameters):
        words = [one.name if one.default is None else f"[{one.name}]" for one in parameters]
        taken = ", ".join((GEOMETRY, *words))
        raise ExpressionRefused(
            f"{call} has {len(call.arguments)} values behind the geometry",
            hint=f"write {call.name}({taken})",
        )
    for parameter, argument in zip(parameters, call.arguments, strict=False):
        value = constant(argument)
        if value is not None and not parameter.fits(np.array(value)):
            raise ExpressionRefused(
                f"the {parameter.name} of {call.name} can't be {argument}",
                hint=f"it is {parameter.bounds}",
            )


def _unknown(name: str, known: Sequence[str]) -> ExpressionRefused:
    close = nearest(name, known)
    hint = f"did you mean {close}(geometry)?" if close else None
    if name in (*LAYER_OPERATORS, CLIP):
        hint = f"{name} works on a whole layer: derive: {{…: {{of: layer, geometry: ={name}(…)}}}}"
    return ExpressionRefused(
        f"{name}(geometry) is not in the language here",
        hint=hint or f"geometry operators are {', '.join(sorted(known))}",
    )


def constant(argument: str) -> float | None:
    """The number that an argument is; None where it is an expression."""
    return float(argument) if _NUMBER.fullmatch(argument) else None


def rises(parts: Iterable[Part]) -> tuple[bool, bool]:
    """Whether operators give heights to all geometries there are, and to any of them."""
    made = [any(OPERATORS[one.name].rises for one in chain) for chain in _chains(parts)]
    return bool(made) and all(made), any(made)


def _chains(parts: Iterable[Part]) -> Iterator[tuple[Applied, ...]]:
    for part in parts:
        for item in part.items:
            if not isinstance(item.value, Leaf):
                yield from _chains(item.value.parts)
            elif item.value.operators is not None:
                yield item.value.operators


@dataclass(frozen=True, slots=True)
class Step:
    """What an operator made: which geometries are gone, and whose area changed notably."""

    applied: Applied
    gone: npt.NDArray[np.int64]
    changed: npt.NDArray[np.int64]
    shares: Numbers


def apply(
    operators: Sequence[tuple[Applied, Sequence[Numbers]]],
    geometries: Geometries,
    decimals: int | None,
    *,
    geographic: bool,
) -> tuple[Geometries, list[Step]]:
    """Apply operators, innermost first, and make the results ready to be written.

    Each comes with its parameters' values, shape (n,); what happened is told step by step.
    """
    steps: list[Step] = []
    if not operators:
        return geometries, steps
    made = geometries
    for applied, arguments in operators:
        operator = OPERATORS[applied.name]
        before, made = made, operator.apply(made, arguments, geographic=geographic)
        steps.append(_step(applied, before, made, keeps_area=operator.keeps_area))
    if decimals is not None:
        settled = settle(np.asarray(made), decimals)
        steps += _collapsed(operators[-1][0], made, settled)
        made = settled
    return made, steps


def _step(applied: Applied, before: Geometries, after: Geometries, *, keeps_area: bool) -> Step:
    gone = shapely.is_missing(after) & ~shapely.is_missing(before)
    none = np.empty(0, dtype=np.int64)
    if not keeps_area:
        return Step(applied, np.flatnonzero(gone), none, none.astype(np.float64))
    shares = area_change(before, after)
    changed = np.flatnonzero((shares > TOLD_SHARE) & ~gone)
    return Step(applied, np.flatnonzero(gone), changed, shares[changed])


def _collapsed(last: Applied, before: Geometries, after: Geometries) -> Iterator[Step]:
    """Geometries of which nothing is left at the precision of the target."""
    gone = np.flatnonzero(shapely.is_missing(after) & ~shapely.is_missing(before))
    if len(gone):
        none = np.empty(0, dtype=np.int64)
        yield Step(last, gone, none, none.astype(np.float64))


def area_change(before: Geometries, after: Geometries) -> Numbers:
    """The share of the larger area by which areas differ; nought where there are none."""
    old = np.nan_to_num(shapely.area(before))
    new = np.nan_to_num(shapely.area(after))
    larger = np.maximum(old, new)
    share: Numbers = np.abs(new - old) / np.where(larger > 0, larger, 1.0)
    return share
