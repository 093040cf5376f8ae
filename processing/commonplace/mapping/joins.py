"""``join`` in a document's head: columns of another layer, by keys or by place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from commonplace.documents import suggestion
from commonplace.mapping.given import Given

JOIN: Final = "join"
WORDS: Final = ("layer", "on", "where", "point", "many")
#: Of the row's geometry to the other's; ``nearest`` takes the closest one.
PREDICATES: Final = (
    "within",
    "intersects",
    "contains",
    "covers",
    "covered_by",
    "overlaps",
    "touches",
    "crosses",
    "nearest",
)

Tell = Callable[[str, str, str | None], None]


@dataclass(frozen=True, slots=True)
class Join:
    """Columns of another layer, called ``name.column`` in expressions.

    Parameters
    ----------
    on
        Pairs of columns, the row's and the other layer's, that must be equal.
    where
        Else how the row's geometry lies to the other's (:data:`PREDICATES`).
    point
        An interior point stands for the row's geometry.
    many
        All matches, as lists in the order of the layer; else the first.
    """

    name: str
    layer: str
    path: str
    on: tuple[tuple[str, str], ...] = ()
    where: str | None = None
    point: bool = False
    many: bool = False

    def own(self, column: str) -> str | None:
        """The other layer's column, if ``column`` is one of this join's."""
        name, dot, own = column.partition(".")
        return own if dot and name == self.name else None


def read_joins(given: Given | None, tell: Tell) -> Iterator[Join]:
    """The joins of a document; problems are told (message, path, hint)."""
    if given is None or given.value is None:
        return
    if not isinstance(given.value, dict):
        tell("expected joins by name", given.path, "join: {name: {on: {column: column}}}")
        return
    for name in given.value:
        one = given.field(name)
        if one is not None and not name.isidentifier():
            tell(f"{name!r} is no plain name", one.path, "the name stands before the dot")
        elif one is not None:
            join = _join(name, one, tell)
            if join is not None:
                yield join


def _join(name: str, given: Given, tell: Tell) -> Join | None:
    for word in given.words:
        if word not in WORDS:
            hint = suggestion(word, WORDS)
            tell(f"a join has no {word!r}", f"{given.path}.{word}", hint)
    on, where = given.field("on"), given.field("where")
    if (on is None) == (where is None):
        tell("a join needs either on: or where:", given.path, "on: {column: column of the other}")
        return None
    if where is not None and where.text not in PREDICATES:
        tell(f"unknown place {where.text!r}", where.path, f"there are: {', '.join(PREDICATES)}")
        return None
    pairs = tuple(on.value.items()) if on is not None and isinstance(on.value, dict) else ()
    if on is not None and (not pairs or not all(isinstance(other, str) for _, other in pairs)):
        tell("expected column: column of the other layer", on.path, None)
        return None
    layer = given.field("layer")
    return Join(
        name=name,
        layer=(layer.text if layer else None) or name,
        path=given.path,
        on=tuple((mine, str(other)) for mine, other in pairs),
        where=where.text if where else None,
        point=_flag(given, "point", tell),
        many=_flag(given, "many", tell),
    )


def _flag(given: Given, word: str, tell: Tell) -> bool:
    stated = given.field(word)
    if stated is None:
        return False
    if stated.text not in ("true", "false"):
        tell("expected true or false", stated.path, None)
    return stated.text == "true"
