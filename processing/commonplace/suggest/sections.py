"""The sections of a suggested document: blocks of lines, each of which may be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from commonplace.documents import Tree
from commonplace.model.types import Kind
from commonplace.suggest import weights
from commonplace.suggest.codes import CodeSuggestion
from commonplace.suggest.columns import Column
from commonplace.suggest.expressions import (
    column,
    comment,
    expression,
    flow,
    needs_unit,
    scalar,
)
from commonplace.suggest.lexicon import concepts, demands
from commonplace.suggest.names import compact
from commonplace.suggest.properties import PropertySuggestion
from commonplace.suggest.suggesting import LayerSuggestion
from commonplace.suggest.targets import geometry, identity, leaf, paths

_INDENT: Final = "  "
_MIXED: Final = (
    "todo: the layer holds several kinds; rows that the property doesn't take are rejected"
)
_ASSUMED: Final = "todo: an assumption, nothing in the layer says it"
_DESIGNATOR: Final = ".designator."
_LINKED: Final = ("ThoroughfareName", "PostalDescriptor", "AddressAreaName", "AdminUnitName")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of a document that belong together. ``fixed`` ones can't be taken back."""

    lines: tuple[str, ...]
    fixed: bool = False


def sections(one: LayerSuggestion, language: str) -> list[Block]:
    """All sections: the feature type's and those of objects that it refers to."""
    return _Sections(one, language).blocks()


class _Sections:
    def __init__(self, suggestion: LayerSuggestion, language: str) -> None:
        self._one = suggestion
        self._found = suggestion.target
        self._language = language
        self._columns = {each.name: each for each in suggestion.columns}
        self._filled: list[str] = []

    def blocks(self) -> list[Block]:
        own = [*self._identity(), *self._live(), *self._linked_references()]
        assumed = [*self._assumed(), *self._geometry()]
        head = Block((f"{self._found.local}:",), fixed=True)
        maybe = list(self._uncertain())
        return [head, *own, *assumed, *maybe, *self._linked(), *self._demanded()]

    # -- properties ------------------------------------------------------------------------

    def _chosen(self) -> list[PropertySuggestion]:
        return [
            one
            for one in self._one.properties
            if one.path and one.score >= weights.LEAST and not self._repeats(one)
        ]

    def _repeats(self, one: PropertySuggestion) -> bool:
        """Whether it would give several objects one identity: all but the first are rejected."""
        if one.path.partition(".")[0] != identity(self._found):
            return False
        return not {"unique", "empty", "nested"} & self._columns[one.column].signs

    def _identity(self) -> Iterator[Block]:
        name = identity(self._found)
        if any(one.path and one.path.partition(".")[0] == name for one in self._chosen()):
            return
        named = [one.name for one in self._one.columns if self._identifies(one)]
        self._filled.append(name)
        if named:
            why = f"todo: {named[0]} is different in every row of the sample; is it stable?"
            yield _block(f"{name}: ={column(named[0])}", why)
        else:
            twice = [one.column for one in self._one.properties if self._repeats(one)]
            missing = (
                f"{twice[0]} has values twice" if twice else "no column identifies the objects"
            )
            why = f"todo: {missing}; this is stable while the geometry is"
            yield _block(f"{name}: =fingerprint(geometry)", why)

    def _identifies(self, one: Column) -> bool:
        name = compact(one.name)
        return "unique" in one.signs and name.endswith(("id", "code")) and name != "fid"

    def _live(self) -> Iterator[Block]:
        by_path: dict[str, list[PropertySuggestion]] = {}
        for one in self._chosen():
            by_path.setdefault(one.path, []).append(one)
        yield from self._designators(by_path)
        for path, several in by_path.items():
            if path.partition(".")[0] in _LINKED or _DESIGNATOR in path:
                continue
            self._filled.append(path)
            if len(several) > 1 or several[0].language:
                yield self._several(path, several)
            else:
                yield self._single(path, several[0])

    def _designators(self, by_path: Mapping[str, list[PropertySuggestion]]) -> Iterator[Block]:
        """Lists keyed by a code are written in one."""
        parts = {path: several[0] for path, several in by_path.items() if _DESIGNATOR in path}
        if parts:
            above = next(iter(parts)).rpartition(".")[0]
            self._filled.append(above)
            lines = [
                f"{_INDENT * 2}{path.rpartition('.')[2]}: ={column(one.column)}  # {_why(one)}"
                for path, one in parts.items()
            ]
            yield Block((f"{_INDENT}{above}:", *lines))

    def _single(self, path: str, one: PropertySuggestion) -> Block:
        concept = concepts().get(one.concept)
        if concept is not None and concept.link:
            return _block(f"{path}: =>{concept.link}", _why(one))
        end, filled = leaf(self._found, path)
        lines = self._value(self._columns[one.column], end, one)
        if len(lines) == 1:
            written = path if filled is None or filled.kind is not Kind.CODE else end
            first = f"{_INDENT}{written}: {lines[0]}"
        else:
            first = f"{_INDENT}{end}:"
        more = [f"{_INDENT * 2}{line}" for line in lines] if len(lines) > 1 else []
        plus = [
            f"{_INDENT}{at}: {scalar(text)}  # {_ASSUMED}"
            for at, text in (concept.plus if concept else {}).items()
            if at in paths(self._found)
        ]
        self._filled += [line.split(":")[0].strip() for line in plus]
        return Block((f"{first}  # {_why(one)}", *more, *plus))

    def _value(self, one: Column, end: str, suggestion: PropertySuggestion) -> list[str]:
        """A value on one line, or the lines of a value with its codes."""
        filled = leaf(self._found, suggestion.path)[1]
        value = expression(one, filled)
        codes = self._one.codes.get(one.name)
        if codes and any(each.code != each.value for each in codes):
            return [f"value: {scalar(value)}", *_code_lines(codes), *self._unmatched(suggestion)]
        if needs_unit(filled):
            concept = concepts().get(suggestion.concept)
            unit = (concept.unit if concept else None) or "m"
            return [f"{{value: {scalar(value)}, uom: {unit}}}"]
        return [scalar(value)]

    def _unmatched(self, one: PropertySuggestion) -> list[str]:
        filled = leaf(self._found, one.path)[1]
        head = paths(self._found).get(one.path.partition(".")[0])
        optional = head is not None and (head.element.nillable or not head.mandatory)
        if filled is not None and optional:
            return ["unmatched: void  # todo: other values are left out"]
        return []

    def _several(self, path: str, several: Sequence[PropertySuggestion]) -> Block:
        head = path.partition(".")[0]
        lines = [f"{_INDENT}{head}:"]
        for one in several:
            source = self._columns[one.column]
            if one.concept == "name":
                item: Tree = {"spelling": f"={column(one.column)}"}
                if one.language and isinstance(item, dict):
                    item["language"] = one.language
                lines.append(f"{_INDENT * 2}- {flow(item)}  # {_why(one)}")
                continue
            end = leaf(self._found, path)[0].removeprefix(f"{head}.")
            value = self._value(source, end, one)
            if len(value) == 1:
                lines.append(f"{_INDENT * 2}- {end}: {value[0]}  # {_why(one)}")
            else:
                lines.append(f"{_INDENT * 2}- {end}:  # {_why(one)}")
                lines += [f"{_INDENT * 4}{line}" for line in value]
        return Block(tuple(lines))

    def _uncertain(self) -> Iterator[Block]:
        for one in self._one.properties:
            if one.path and weights.WORTH_NAMING <= one.score < weights.LEAST:
                text = f"# todo {one.score:.2f} {one.path}: ={column(one.column)}? {one.reason}"
                yield Block((f"{_INDENT}{comment(text)}",), fixed=True)

    # -- what no column says ---------------------------------------------------------------

    def _demands(self, part: str) -> Mapping[str, Tree]:
        given = demands().get(_bare(self._found.name), {}).get(part)
        return given if isinstance(given, dict) else {}

    def _assumed(self) -> Iterator[Block]:
        for path, tree in _flat(self._demands("own")):
            if any(_same(path, one) for one in self._filled):
                continue
            self._filled.append(path)
            yield _block(f"{path}: {flow(self._put(tree))}", _ASSUMED)

    def _geometry(self) -> Iterator[Block]:
        path = geometry(self._found)
        if path is None or self._one.shape.kind == "none":
            return
        if not any(_same(path, one) for one in self._filled):
            mixed = self._one.shape.kind == "any" and self._one.layer.count != 0
            yield _block(f"{path}: =geometry", _MIXED if mixed else "the layer's geometry")

    def _put(self, tree: Tree) -> Tree:
        """A demand with the layer's name and the plan's column put in."""
        if isinstance(tree, dict):
            return {key: self._put(one) for key, one in tree.items()}
        if tree == "$layer":
            return self._one.layer.name
        if tree == "$plan":
            plan = next((one for one in self._chosen() if one.concept == "plan_reference"), None)
            return f"={column(plan.column)}" if plan else self._one.layer.name
        return tree

    def _demanded(self) -> Iterator[Block]:
        for name, tree in self._demands("sections").items():
            if not isinstance(tree, dict):
                continue
            yield Block(("", f"{name}:"), fixed=True)
            for path, one in tree.items():
                yield _block(f"{path}: {flow(self._put(one))}", _ASSUMED)

    # -- linked objects --------------------------------------------------------------------

    def _of_linked(self) -> dict[str, list[PropertySuggestion]]:
        found: dict[str, list[PropertySuggestion]] = {}
        for one in self._chosen():
            name = one.path.partition(".")[0]
            if name in _LINKED:
                found.setdefault(name, []).append(one)
        return found

    def _linked_references(self) -> Iterator[Block]:
        names = [f"=>{name}" for name in self._of_linked()]
        if names:
            yield _block(f"component: {flow(list(names))}", "objects of their own, below")

    def _linked(self) -> Iterator[Block]:
        linked = self._of_linked()
        town = [f"={column(one.column)}" for one in linked.get("AddressAreaName", ())]
        for name, several in linked.items():
            keys = [f"={column(one.column)}" for one in several[:1]]
            if name == "ThoroughfareName":
                keys = [*town[:1], *keys]
            yield Block(("", f"{name}:", f"{_INDENT}key: {flow(list(keys))}"), fixed=True)
            for one in several[:1]:
                at = one.path.partition(".")[2]
                yield _block(f"{at}: {scalar(f'={column(one.column)}')}", _why(one))


def _flat(tree: Mapping[str, Tree], above: str = "") -> Iterator[tuple[str, Tree]]:
    for key, one in tree.items():
        path = f"{above}.{key}" if above else key
        if isinstance(one, dict):
            yield from _flat(one, path)
        else:
            yield path, one


def _bare(name: str) -> str:
    schema, _, local = name.partition(":")
    return f"{schema.partition('/')[0]}:{local}"


def _same(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _why(one: PropertySuggestion) -> str:
    todo = "" if one.score >= weights.SURE else "todo "
    return comment(f"{todo}{one.score:.2f}: {one.reason}")


def _block(line: str, why: str) -> Block:
    return Block((f"{_INDENT}{line}  # {comment(why)}",))


def _code_lines(codes: Sequence[CodeSuggestion]) -> Iterator[str]:
    known = [one for one in codes if one.code is not None]
    if known:
        yield "codes:"
    for one in known:
        todo = "" if one.score >= weights.SURE_CODE else "todo "
        why = comment(f"{todo}{one.score:.2f}: {one.reason}")
        yield f"  {scalar(one.value)}: {one.code}  # {why}"
    for one in codes:
        if one.code is None:
            yield comment(f"# todo {one.value}: {one.reason}")
