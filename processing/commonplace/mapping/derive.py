"""``derive`` in a document's head: layers made of whole layers, before rows are mapped.

A derived layer unites others, turns columns into rows, groups rows, makes the nodes of a
network, or runs geometry operators that need neighbours. This module reads what is wanted;
:mod:`commonplace.mapping.derived` says what fields come out, :mod:`commonplace.deriving` does it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from commonplace.batch import GEOMETRY
from commonplace.documents import child, suggestion
from commonplace.errors import ExpressionRefused
from commonplace.geometry import CLIP, LAYER_OPERATORS, OPERATORS
from commonplace.mapping.geometries import Call, constant, parse_calls
from commonplace.mapping.given import Given

DERIVE: Final = "derive"
#: Stands for a source's name where the layers of sources are listed.
DERIVED: Final = "derived layers"
WORDS: Final = ("of", "only", "unpivot", "group", "nodes", "nodes_of", "geometry")
UNPIVOT: Final = ("columns", "name", "value")
#: What may be made of a column of the rows of a group.
AGGREGATES: Final = ("first", "last", "min", "max", "sum", "mean", "count", "list")
#: Columns of derived layers that no source has.
LAYER, START, END, NODE, DEGREE = "layer", "start_node", "end_node", "node", "degree"
WIDEST_NODE: Final = 100.0

_AGGREGATE: Final = re.compile(r"(\w+)\((.*)\)")

Tell = Callable[[str, str, str | None], None]


@dataclass(frozen=True, slots=True)
class Unpivot:
    """Columns that become rows: each with its label, in columns of these names."""

    columns: tuple[tuple[str, str], ...]
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that become one: the columns they share, and (name, function, column) of others."""

    by: tuple[str, ...]
    values: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """A layer made of layers; what is done is done in the order of the fields.

    Parameters
    ----------
    of
        The layers whose rows it has, one after the other.
    only
        Columns, and the values of which a row must have one.
    nodes
        How near ends of lines must be to meet (metres).
    nodes_of
        Another derived layer, whose nodes it has for rows.
    geometry
        Operators, innermost first.
    """

    name: str
    path: str
    of: tuple[str, ...]
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unpivot: Unpivot | None = None
    group: Group | None = None
    nodes: float | None = None
    nodes_of: str | None = None
    geometry: tuple[Call, ...] = ()

    @property
    def bases(self) -> tuple[str, ...]:
        """All layers that it reads."""
        clips = tuple(one.arguments[0] for one in self.geometry if one.name == CLIP)
        return (*self.of, *((self.nodes_of,) if self.nodes_of else ()), *clips)

    def __str__(self) -> str:
        """What is done, in a sentence."""
        if self.nodes_of is not None:
            return f"the nodes of {self.nodes_of}"
        said = [f"rows of {', '.join(self.of)}"]
        said += [f"where {column} is {' or '.join(values)}" for column, values in self.only]
        if self.unpivot is not None:
            columns = ", ".join(column for column, _ in self.unpivot.columns)
            said.append(f"a row for each of {columns} ({self.unpivot.name}, {self.unpivot.value})")
        if self.group is not None:
            values = [f"{name} = {how}({of})" for name, how, of in self.group.values]
            made = f" with {', '.join(values)}" if values else ""
            said.append(f"one row for each {' and '.join(self.group.by)}{made}")
        inner = GEOMETRY
        for call in self.geometry:
            inner = f"{call.name}({', '.join((inner, *call.arguments))})"
        if self.geometry:
            said.append(inner)
        if self.nodes is not None:
            said.append(f"ends nearer than {self.nodes:g} m meet in a node")
        return "; ".join(said)

    @property
    def renamed(self) -> tuple[str, ...]:
        """Columns whose values come out under another name."""
        turned = self.unpivot.columns if self.unpivot is not None else ()
        grouped = self.group.values if self.group is not None else ()
        values = [column for _, function, column in grouped if function != "count"]
        return tuple(dict.fromkeys((*(column for column, _ in turned), *values)))

    @property
    def by_row(self) -> bool:
        """Whether its first rows can be made of the first rows of the others."""
        return self.group is None and self.nodes is None and not self.nodes_of and not self.geometry


# -- reading ---------------------------------------------------------------------------------


def read_derived(given: Given | None, tell: Tell) -> Iterator[Derived]:
    """The derived layers of a document; problems are told (message, path, hint)."""
    if given is None or given.value is None:
        return
    if not isinstance(given.value, dict):
        tell("expected layers by name", given.path, "derive: {name: {of: layer, …}}")
        return
    for name in given.value:
        one = given.field(name)
        if one is None or not isinstance(one.value, dict):
            tell("expected what the layer is made of", child(given.path, name), "of: layer")
            continue
        found = _Reader(name, one, tell).read()
        if found is not None:
            yield found


class _Reader:
    """Reads one derived layer."""

    def __init__(self, name: str, given: Given, tell: Tell) -> None:
        self._name = name
        self._given = given
        self._tell = tell

    def read(self) -> Derived | None:
        given = self._given
        self._words(given, WORDS, "a derived layer")
        of, nodes_of = self._texts(given, "of"), self._text(given, "nodes_of")
        if bool(of) == (nodes_of is not None):
            self._tell("a derived layer needs either of: or nodes_of:", given.path, "of: layer")
            return None
        if nodes_of is not None and len(given.words) > 1:
            self._tell("nodes_of: stands alone", given.path, "derive another layer of this one")
            return None
        return Derived(
            name=self._name,
            path=given.path,
            of=of,
            only=self._only(),
            unpivot=self._unpivot(),
            group=self._group(),
            nodes=self._nodes(),
            nodes_of=nodes_of,
            geometry=self._geometry(),
        )

    def _only(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        given = self._given.field("only")
        if given is None:
            return ()
        if not isinstance(given.value, dict) or not given.value:
            self._tell("expected column: value, or a list of values", given.path, None)
            return ()
        return tuple((column, self._texts(given, column)) for column in given.value)

    def _unpivot(self) -> Unpivot | None:
        given = self._given.field("unpivot")
        if given is None:
            return None
        self._words(given, UNPIVOT, "unpivot")
        columns = given.field("columns")
        name, value = self._text(given, "name"), self._text(given, "value")
        if columns is None or name is None or value is None:
            hint = "unpivot: {columns: [y2020, y2021], name: year, value: people}"
            self._tell("unpivot needs columns, name and value", given.path, hint)
            return None
        if isinstance(columns.value, dict):
            pairs = tuple((one, str(label or one)) for one, label in columns.value.items())
        else:
            pairs = tuple((one, one) for one in self._texts(given, "columns"))
        return Unpivot(pairs, name, value)

    def _group(self) -> Group | None:
        given = self._given.field("group")
        if given is None:
            return None
        self._words(given, ("by", "values"), "group")
        by = self._texts(given, "by")
        if not by:
            hint = "group: {by: [quarter], values: {people: sum(people)}}"
            self._tell(
                "group needs by: and the columns that rows of a group share", given.path, hint
            )
            return None
        stated = given.field("values")
        values = stated.value if stated is not None and isinstance(stated.value, dict) else {}
        found = [self._aggregate(name, value, given.path) for name, value in values.items()]
        return Group(by, tuple(one for one in found if one is not None))

    def _aggregate(self, name: str, value: object, path: str) -> tuple[str, str, str] | None:
        matched = (
            _AGGREGATE.fullmatch(value.removeprefix("=").strip())
            if isinstance(value, str)
            else None
        )
        function = matched[1] if matched else ""
        at = f"{path}.values.{name}"
        if matched is None or function not in AGGREGATES:
            hint = suggestion(function, AGGREGATES)
            self._tell(f"expected one of the group's functions and a column: {value!r}", at, hint)
            return None
        column = matched[2].strip().removeprefix('"').removesuffix('"')
        if not column and function != "count":
            self._tell(f"{function} of which column?", at, f"{function}(column)")
            return None
        return name, function, column

    def _nodes(self) -> float | None:
        text = self._text(self._given, "nodes")
        if text is None:
            return None
        number = constant(text)
        if number is None or not 0 <= number <= WIDEST_NODE:
            hint = f"metres, from 0 to {WIDEST_NODE:g}"
            self._tell(f"{text!r} is no snapping tolerance", child(self._given.path, "nodes"), hint)
            return None
        return number

    def _geometry(self) -> tuple[Call, ...]:
        text = self._text(self._given, "geometry")
        if text is None:
            return ()
        at = child(self._given.path, "geometry")
        try:
            calls = parse_calls(text.removeprefix("="), {**OPERATORS, **LAYER_OPERATORS}, {CLIP: 1})
        except ExpressionRefused as error:
            self._tell(error.message, at, error.hint)
            return ()
        if calls is None:
            self._tell("expected operators around geometry", at, "=snap(geometry, 0.05)")
            return ()
        for one in calls:
            if one.name != CLIP and any(constant(text) is None for text in one.arguments):
                self._tell(
                    f"{one}: a derived layer takes numbers only",
                    at,
                    "expressions stand in the types",
                )
                return ()
        return calls

    def _words(self, given: Given, words: tuple[str, ...], place: str) -> None:
        for word in given.words:
            if word not in words:
                hint = suggestion(word, words)
                self._tell(f"{place} has no {word!r}", child(given.path, word), hint)

    def _text(self, given: Given, word: str) -> str | None:
        stated = given.field(word)
        if stated is not None and stated.text is None:
            self._tell("expected a text", stated.path, None)
        return stated.text if stated is not None else None

    def _texts(self, given: Given, word: str) -> tuple[str, ...]:
        stated = given.field(word)
        if stated is None:
            return ()
        if stated.text is not None:
            return (stated.text,)
        texts = [one.text for one in stated.items()]
        if not texts or None in texts:
            self._tell("expected a text or a list of texts", stated.path, None)
        return tuple(one for one in texts if one is not None)
