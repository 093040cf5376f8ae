"""The rows of the table: what a feature type asks for, beside what a section says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .document import TYPE_WORDS, Document, Note, is_value
from .trees import Keys, Tree, at, dotted
from .types import Property, TypeInfo

MANDATORY: Final = "mandatory"
VOID: Final = "void"
#: What a section says of itself, before the properties: shown where it is written.
_WORDS: Final = ("id", "key", "where")


@dataclass(frozen=True)
class Row:
    """One row. ``keys`` are where its value stands in the document; None where it has none.

    ``value`` is the value as text; ``node`` what stands in the document. ``editable`` is
    false for what only a text editor can change, which is kept as it is.
    """

    path: str
    label: str
    of: Property | None
    keys: Keys | None
    node: Tree
    value: str
    editable: bool
    note: Note | None
    inherited: bool
    missing: bool

    @property
    def at(self) -> str:
        """Its ``$.path``, or nothing."""
        return dotted(self.keys) if self.keys is not None else ""

    @property
    def codes(self) -> Mapping[str, str]:
        """Its code translations; empty where there are none, or a table holds them."""
        found = self.node.get("codes") if isinstance(self.node, dict) else None
        return found if isinstance(found, dict) else {}

    @property
    def code_table(self) -> str:
        """The file beside the document that holds its codes."""
        found = self.node.get("codes") if isinstance(self.node, dict) else None
        return found if isinstance(found, str) else ""

    @property
    def unmatched(self) -> str:
        found = self.node.get("unmatched") if isinstance(self.node, dict) else None
        return found if isinstance(found, str) else "error"

    @property
    def expression(self) -> str:
        """The SQL of its value, or nothing."""
        marked = self.value.startswith("=") and not self.value.startswith(("==", "=>"))
        return self.value[1:] if marked else ""

    @property
    def takes_codes(self) -> bool:
        """Whether source values may be translated to codes here."""
        return bool(self.expression and self.of and (self.of.codes or self.codes))


@dataclass(frozen=True)
class _Written:
    """A value in a section: where, its property path without list signs, and its label."""

    keys: Keys
    path: str
    label: str
    node: Tree


def rows_of(document: Document, section: str, info: TypeInfo, *, every: bool) -> list[Row]:
    """The rows of a section, in schema order; with ``every``, all properties there are.

    Without it: what is written, and what the schema asks for.
    """
    tree = at(document.whole, (section,))
    written = list(_written(tree if isinstance(tree, dict) else {}, (section,), "", info))
    by_path: dict[str, list[_Written]] = {}
    for one in written:
        by_path.setdefault(one.path, []).append(one)
    found = []
    for word in _WORDS:
        said = by_path.pop(f"@{word}", ())
        found += [_row(document, one, None) for one in said]
        if every and not said:
            found.append(_word(section, word))
    for path, of in info.properties.items():
        given = by_path.pop(path, ())
        found += [_row(document, one, of) for one in given]
        if not given and (every or _asked_for(path, of, info, written)):
            found.append(_empty(path, of, missing=_missing(path, of, info, written)))
    for several in by_path.values():
        for one in several:
            _insert(found, _row(document, one, None))
    return found


def _written(tree: Tree, keys: Keys, path: str, info: TypeInfo) -> Iterator[_Written]:
    """All values of a section or of an object in it."""
    for key, node in tree.items():
        if len(keys) == 1 and key in TYPE_WORDS:
            if key != "from":
                yield _Written((*keys, key), f"@{key}", key, node)
            continue
        below = _path(path, key)
        yield from _of_node(node, (*keys, key), below, below, info)


def _of_node(node: Tree, keys: Keys, path: str, label: str, info: TypeInfo) -> Iterator[_Written]:
    if isinstance(node, dict) and node and not _is_leaf(node, path, info):
        yield from _written(node, keys, path, info)
    elif isinstance(node, list) and any(isinstance(one, dict) for one in node):
        for index, one in enumerate(node):
            inner = (*keys, index)
            if isinstance(one, dict) and not _is_leaf(one, path, info):
                for each in _written(one, inner, path, info):
                    numbered = each.label.replace(path, f"{path}[{index + 1}]", 1)
                    yield _Written(each.keys, each.path, numbered, each.node)
            else:
                yield _Written(inner, path, f"{label}[{index + 1}]", one)
    else:
        yield _Written(keys, path, label, node)


def _is_leaf(node: Tree, path: str, info: TypeInfo) -> bool:
    return is_value(node) and f"{path}.value" not in info.properties


def _path(above: str, key: str) -> str:
    """The property path of a key: without list signs, and without the names of types."""
    steps = [one for one in key.replace("[]", "").split(".") if not one[:1].isupper()]
    return ".".join([one for one in (above, *steps) if one])


def _asked_for(path: str, of: Property, info: TypeInfo, written: Sequence[_Written]) -> bool:
    """Whether the schema asks for a property of what is there."""
    if of.kind == "any" or of.need == "optional":
        return False
    above = path.rpartition(".")[0]
    if not above:
        return not _below(path, written)
    if any(one.path == above for one in written):
        return False  # a text fills it
    parent = info.properties.get(above)
    begun = _below(above, written)
    wanted = parent is not None and parent.need == MANDATORY and not parent.fills
    return of.need == MANDATORY and (begun or wanted) and not _below(path, written)


def _missing(path: str, of: Property, info: TypeInfo, written: Sequence[_Written]) -> bool:
    """Whether the document can't do without it."""
    if of.need != MANDATORY or _below(path, written):
        return False
    has_children = any(one.startswith(f"{path}.") for one in info.properties)
    identified = path == "inspireId" and any(one.path in ("@id", "@key") for one in written)
    return (
        not identified
        and _asked_for(path, of, info, written)
        and (bool(of.fills) or not has_children)
    )


def _below(path: str, written: Sequence[_Written]) -> bool:
    return any(one.path == path or one.path.startswith(f"{path}.") for one in written)


def _row(document: Document, one: _Written, of: Property | None) -> Row:
    return Row(
        path=one.path,
        label=one.label,
        of=of,
        keys=one.keys,
        node=one.node,
        value=text_of(one.node),
        editable=_editable(one.node),
        note=_note(document, one.keys),
        inherited=document.is_inherited(one.keys),
        missing=False,
    )


def _note(document: Document, keys: Keys) -> Note | None:
    """The note at a value, or at the nearest thing around it in the section."""
    for end in range(len(keys), 1, -1):
        found = document.notes.get(dotted(keys[:end]))
        if found is not None:
            return found
    return None


def _empty(path: str, of: Property, *, missing: bool) -> Row:
    return Row(path, path, of, None, None, "", bool(of.fills), None, False, missing)


def _word(section: str, word: str) -> Row:
    """Something that a section may say of itself and doesn't."""
    keys = (section, word)
    return Row(f"@{word}", word, None, keys, None, "", True, None, False, False)


def _insert(rows: list[Row], row: Row) -> None:
    """A row of no described property, behind those it stands nearest to."""
    steps = row.path.split(".")
    for end in range(len(steps) - 1, 0, -1):
        above = ".".join(steps[:end])
        near = [
            number
            for number, one in enumerate(rows)
            if one.path == above or one.path.startswith(f"{above}.")
        ]
        if near:
            rows.insert(near[-1] + 1, row)
            return
    rows.append(row)


def text_of(node: Tree) -> str:
    """A value as one text: a void as ``void: reason``, several as a list."""
    if node is None:
        return ""
    if isinstance(node, str):
        return node
    if isinstance(node, dict):
        if set(node) == {VOID}:
            return f"{VOID}: {node[VOID]}"
        if is_value(node):
            return str(node["value"])
    return json.dumps(node, ensure_ascii=False)


def _editable(node: Tree) -> bool:
    return node is None or isinstance(node, str) or is_value(node)


def node_of(text: str, before: Tree) -> Tree:
    """What a text typed for a value is in the document; what was said about the value stays."""
    if text.startswith(f"{VOID}:"):
        return {VOID: text.partition(":")[2].strip()}
    if not isinstance(before, dict) or "value" not in before:
        return text
    kept = {**(before if text.startswith("=") else _without_codes(before)), "value": text}
    return kept if len(kept) > 1 else text


def _without_codes(node: Mapping[str, Tree]) -> dict[str, Tree]:
    """A constant has no codes to translate."""
    return {key: one for key, one in node.items() if key not in ("codes", "unmatched")}


def with_codes(node: Tree, codes: Mapping[str, str], unmatched: str) -> Tree:
    """A value with these translations; without any it is the bare value again."""
    kept = node if isinstance(node, dict) else {"value": node}
    kept = _without_codes(kept)
    if codes:
        kept["codes"] = dict(codes)
    if unmatched != "error":
        kept["unmatched"] = unmatched
    return kept if len(kept) > 1 else kept["value"]
