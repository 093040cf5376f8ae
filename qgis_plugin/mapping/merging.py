"""What the engine suggests for a layer, taken into a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .document import (
    Document,
    Note,
    feature_type,
    free_name,
    read,
    with_section,
    with_value,
)
from .trees import Tree, at, put


def suggested(answer: Mapping[str, Any], layer: str) -> Document:
    """A new document from the engine's answer to ``suggest_tree``, for a layer of the project.

    ``layer`` is what the project calls it: the engine saw a copy under another name.
    """
    document = read(answer)
    tree = put(document.tree, ("from", "layers"), [layer])
    return Document(tree, tree, {}, document.beside, document.notes)


def merged(document: Document, other: Document, layer: str) -> Document:
    """The document with the sections of another one, which read a layer.

    A section with a key that is there already serves both.
    """
    for name in other.sections:
        tree = at(other.tree, (name,))
        linked = isinstance(tree, dict) and "key" in tree
        if linked and name in document.sections:
            continue
        new = free_name(document, feature_type(name), layer)
        if not linked:
            tree = {"from": {"layers": [layer]}, **tree}
        document = with_section(document, new, tree, _renamed(other.notes, name, new))
    return _leaving_out(document, other)


def _leaving_out(document: Document, other: Document) -> Document:
    """The document with the columns that another one leaves out on purpose."""
    mine, more = at(document.whole, ("ignore",)), at(other.tree, ("ignore",))
    if not isinstance(more, dict) or not isinstance(mine or {}, dict):
        return document
    for name, reason in more.items():
        if name not in (mine or {}):
            document = with_value(document, ("ignore", name), reason)
    return document


def retyped(document: Document, section: str, other: Document, layers: Sequence[str]) -> Document:
    """The document with a section given up for those of another one; the head stays.

    Only what no one else has said of the head is taken from the other: schema and language.
    """
    kept = {name: one for name, one in document.tree.items() if name != section}
    target = dict(at(document.tree, ("target",)) or {})
    target["schema"] = other.schema
    tree: dict[str, Tree] = {**kept, "target": target}
    notes = {path: one for path, one in document.notes.items() if not _is_in(path, section)}
    changed = Document(tree, tree, document.above, document.beside, notes)
    alone = len(document.sections) == 1
    for name in other.sections:
        new = free_name(changed, feature_type(name), layers[0] if layers else "2")
        inside = at(other.tree, (name,))
        own = at(document.tree, (section, "from"))
        if own is not None and not alone and isinstance(inside, dict) and "key" not in inside:
            inside = {"from": own, **inside}
        changed = with_section(changed, new, inside, _renamed(other.notes, name, new))
    return changed


def _renamed(notes: Mapping[str, Note], name: str, new: str) -> dict[str, Note]:
    return {
        f"$.{new}{path[len(name) + 2 :]}": one for path, one in notes.items() if _is_in(path, name)
    }


def _is_in(path: str, section: str) -> bool:
    return path == f"$.{section}" or path.startswith((f"$.{section}.", f"$.{section}["))
