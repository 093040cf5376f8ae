"""A mapping document under edit, and what may be done to it: each edit gives a new one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from .trees import Keys, Tree, at, dotted, put, taken

_SECTION: Final = re.compile(r"([A-Z]\w*)(?: \((.+)\))?")
#: What a section says of itself, besides properties.
TYPE_WORDS: Final = ("from", "where", "key", "id")


class Taken(Exception):
    """A value can't be given where another stands, above or below it."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True)
class Note:
    """How sure a suggestion is, whether it wants to be looked at, and why."""

    score: float | None
    todo: bool
    reason: str


@dataclass(frozen=True)
class Document:
    """A document: its tree, and with what it inherits (``whole``); its comments; notes by path.

    ``types`` are the feature types that a suggestion found likely, best first.
    """

    tree: Mapping[str, Tree] = field(default_factory=dict)
    whole: Mapping[str, Tree] = field(default_factory=dict)
    above: Mapping[str, Sequence[str]] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)

    @property
    def schema(self) -> str:
        return str(at(self.whole, ("target", "schema")) or "")

    def head(self, *keys: str) -> str:
        """A text of the head, such as ``target``, ``namespace``."""
        found = at(self.whole, keys)
        return found if isinstance(found, str) else ""

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of the sections, ``Building`` or ``Building (farms)``."""
        return tuple(name for name in self.whole if _SECTION.fullmatch(name))

    def is_inherited(self, keys: Keys) -> bool:
        """Whether what stands at keys comes from a document that this one extends."""
        return at(self.tree, keys) is None and at(self.whole, keys) is not None


def feature_type(section: str) -> str:
    """The feature type of a section."""
    return section.partition(" (")[0]


def read(answer: Mapping[str, Any]) -> Document:
    """A document from the engine's answer to ``read_document`` or ``suggest_tree``."""
    comments = answer["comments"]
    return Document(
        tree=answer["tree"],
        whole=answer.get("whole", answer["tree"]),
        above=comments["above"],
        beside=comments["beside"],
        notes={path: Note(**one) for path, one in answer["notes"].items()},
    )


def empty(schema: str, section: str, layers: Sequence[str], language: str = "und") -> Document:
    """A document for one feature type with nothing filled."""
    tree = {
        "target": {"schema": schema, "namespace": "XX.EXAMPLE", "language": language},
        "from": {"layers": list(layers)},
        section: {},
    }
    return Document(tree=tree, whole=tree)


# -- edits ---------------------------------------------------------------------------------


def with_value(document: Document, keys: Keys, value: Tree) -> Document:
    """A value at keys. A note on what stood there goes: a person has decided."""
    path = dotted(keys)
    noted = document.notes.get(path)
    gone = {path} if noted and (noted.todo or noted.score is not None) else set()
    return replace(
        document,
        tree=put(document.tree, keys, value),
        whole=put(document.whole, keys, value),
        beside={one: text for one, text in document.beside.items() if one not in gone},
        notes={one: note for one, note in document.notes.items() if one != path},
    )


def agreed(document: Document, keys: Keys) -> Document:
    """The document without the note that says to look at what stands at keys."""
    noted = {dotted(keys[:end]) for end in range(2, len(keys) + 1)} & set(document.notes)
    return replace(
        document,
        beside={one: text for one, text in document.beside.items() if one not in noted},
        notes={one: note for one, note in document.notes.items() if one not in noted},
    )


def without(document: Document, keys: Keys) -> Document:
    """Nothing at keys. What is inherited is taken away by a key without a value."""
    path = dotted(keys)
    if document.is_inherited(keys):
        return with_value(document, keys, None)
    section, inside = keys[:1], keys[1:]
    own = taken(at(document.tree, section), inside) if inside else None
    below = (f"{path}.", f"{path}[")

    def stays(one: str) -> bool:
        return one != path and not one.startswith(below)

    changed = replace(
        document,
        above={one: text for one, text in document.above.items() if stays(one)},
        beside={one: text for one, text in document.beside.items() if stays(one)},
        notes={one: note for one, note in document.notes.items() if stays(one)},
    )
    if not inside:
        return replace(
            changed,
            tree={name: one for name, one in document.tree.items() if name != keys[0]},
            whole={name: one for name, one in document.whole.items() if name != keys[0]},
        )
    whole = put(document.whole, section, taken(at(document.whole, section), inside))
    return replace(changed, tree=put(document.tree, section, own), whole=whole)


def with_head(document: Document, keys: Sequence[str], text: str) -> Document:
    """A text of the head; an empty one is taken away."""
    return with_value(document, tuple(keys), text) if text else without(document, tuple(keys))


def with_section(
    document: Document, name: str, tree: Tree, notes: Mapping[str, Note] | None = None
) -> Document:
    """A section more; its name must be new."""
    return replace(
        document,
        tree={**document.tree, name: tree},
        whole={**document.whole, name: tree},
        notes={**document.notes, **(notes or {})},
    )


def free_name(document: Document, feature: str, of: str) -> str:
    """A name for one more section of a feature type."""
    if feature not in document.sections:
        return feature
    name, number = f"{feature} ({of})", 1
    while name in document.sections:
        number += 1
        name = f"{feature} ({of} {number})"
    return name


def with_layers(document: Document, section: str, layers: Sequence[str]) -> Document:
    """The layers that a section reads: in the head, where the section is the only one."""
    alone = document.sections == (section,) and at(document.tree, (section, "from")) is None
    place: Keys = ("from", "layers") if alone else (section, "from", "layers")
    return with_value(document, place, list(layers))


# -- places --------------------------------------------------------------------------------


def place_for(document: Document, section: str, path: str) -> Keys:
    """Where a value for a property path that isn't written goes.

    Raises
    ------
    Taken
        A value stands above or below: only one of them can be given.
    """
    keys: list[str | int] = [section]
    node = at(document.whole, keys)
    steps = path.split(".")
    while steps and isinstance(node, dict):
        key = next((one for one in node if str(one).removesuffix("[]") == steps[0]), None)
        inner = node.get(key) if key is not None else None
        if isinstance(inner, dict) and len(steps) > 1 and not is_value(inner):
            keys.append(str(key))
            node = inner
            steps = steps[1:]
            continue
        if inner is not None:
            raise Taken(".".join([*map(str, keys[1:]), str(key)]))
        here = ".".join(steps)
        for other in map(str, node):
            bare = other.replace("[]", "")
            if bare.startswith(f"{here}.") or here.startswith(f"{bare}."):
                raise Taken(".".join([*map(str, keys[1:]), other]))
        break
    return (*keys, ".".join(steps))


def is_value(node: Tree) -> bool:
    """Whether an object is a value with more said about it, or a void, and no nested object."""
    if not isinstance(node, dict):
        return False
    return set(node) == {"void"} or (isinstance(node.get("value"), str) and not _nested(node))


def _nested(node: Mapping[str, Tree]) -> bool:
    said = {"value", "codes", "unmatched", "unit", "nulls", "void"}
    said |= {"uom", "codeSpace", "codeList", "codeListValue", "frame"}
    return not set(node) <= said


def layers_of(document: Document, section: str) -> tuple[str, ...]:
    """The layers that a section reads; none where it says none and so does the head."""
    own = _texts(at(document.whole, (section, "from", "layers")))
    return own or _texts(at(document.whole, ("from", "layers")))


def reads_layers(document: Document, section: str) -> bool:
    """Whether a section reads layers; one with a key is made of the rows of others."""
    tree = at(document.whole, (section,))
    own = at(tree, ("from", "layers"))
    return not (isinstance(tree, dict) and "key" in tree and own is None)


def derived_layers(document: Document) -> tuple[str, ...]:
    """Layers that the document itself makes of others."""
    found = at(document.whole, ("derive",))
    return tuple(found) if isinstance(found, dict) else ()


def wanted_layers(document: Document) -> dict[str, tuple[str, ...]]:
    """The layers of each section that reads any."""
    return {
        name: layers_of(document, name)
        for name in document.sections
        if reads_layers(document, name)
    }


def _texts(tree: Tree) -> tuple[str, ...]:
    if isinstance(tree, str):
        return (tree,)
    return tuple(one for one in tree if isinstance(one, str)) if isinstance(tree, list) else ()
