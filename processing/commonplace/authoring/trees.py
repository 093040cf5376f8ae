"""A mapping document as a tree that an editor changes, and the tree as a document again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from commonplace.authoring.comments import TAIL, Comments, read_comments
from commonplace.documents import LARGEST_DOCUMENT, Tree, child, parse_document
from commonplace.errors import DocumentError, Problem
from commonplace.mapping.inheritance import EXTENDS, resolve

WIDTH: Final = 100
_INDENT: Final = "  "
_NULL: Final = "tag:yaml.org,2002:null"
_TEXT: Final = "tag:yaml.org,2002:str"
_SECTION: Final = re.compile(r"[A-Z]")


@dataclass(frozen=True, slots=True)
class ReadTree:
    """A document: its own tree, its comments, and the tree with all that it inherits."""

    tree: dict[str, Tree]
    comments: Comments
    whole: dict[str, Tree]


def read_tree(text: str, folder: Path | None = None, name: str = "mapping") -> ReadTree:
    """Read a mapping document for editing.

    Parameters
    ----------
    folder
        Where the documents that it extends lie.

    Raises
    ------
    DocumentError
        No plain YAML, or a document extended that isn't there.
    """
    document = parse_document(text, name=name, folder=folder)
    extends = EXTENDS in document.tree
    whole = resolve(document).document.tree if extends else document.tree
    return ReadTree(document.tree, read_comments(document), whole)


def parse_tree(text: str) -> dict[str, Tree]:
    """A tree from JSON.

    Raises
    ------
    DocumentError
        No JSON, or anything but texts, nulls, lists and objects.
    """
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refused(f"no JSON: {error}") from error
    if not isinstance(tree, dict) or not _plain(tree):
        raise _refused("expected an object of texts, nulls, lists and objects")
    return tree


def write_tree(tree: dict[str, Tree], comments: Comments | None = None) -> str:
    """A tree as YAML: short objects on one line, a blank line before each feature type.

    Reading the text gives the same tree.

    Raises
    ------
    DocumentError
        The tree can't be written so that it reads the same (deeper than documents may be).
    """
    written = _Writer(comments or Comments()).document(tree)
    if parse_document(written).tree != tree:
        raise _refused("the tree can't be written")
    return written


def _plain(tree: Any) -> bool:
    if isinstance(tree, dict):
        return all(_plain(one) for one in tree.values())
    if isinstance(tree, list):
        return all(_plain(one) for one in tree)
    return tree is None or isinstance(tree, str)


def _refused(message: str) -> DocumentError:
    return DocumentError("mapping", (Problem(message, "$"),))


@dataclass(frozen=True, slots=True)
class _Writer:
    comments: Comments

    def document(self, tree: dict[str, Tree]) -> str:
        lines: list[str] = []
        for key, value in tree.items():
            entry = list(self._entry(key, value, child("$", key), ""))
            if _SECTION.match(key) and lines:
                lines.append("")
            lines += entry
        lines += self._above(TAIL, "")
        return "\n".join(lines) + "\n"

    def _entry(self, key: str, value: Tree, path: str, indent: str) -> Iterator[str]:
        yield from self._above(path, indent)
        yield from self._valued(f"{indent}{one_line(key)}:", value, path, indent)

    def _item(self, value: Tree, path: str, indent: str) -> Iterator[str]:
        yield from self._above(path, indent)
        if isinstance(value, dict) and value and not self._fits(f"{indent}- ", value, path):
            first, *rest = value.items()
            at = child(path, first[0])
            inner = indent + _INDENT
            yield from self._above(at, indent)
            head = f"{indent}- {one_line(first[0])}:"
            beside = self.comments.beside.get(path) or self.comments.beside.get(at)
            yield from self._valued(head, first[1], at, inner, beside)
            for key, one in rest:
                yield from self._entry(key, one, child(path, key), inner)
        else:
            yield from self._valued(f"{indent}-", value, path, indent)

    def _valued(
        self, head: str, value: Tree, path: str, indent: str, beside: str | None = None
    ) -> Iterator[str]:
        """``key: value`` on one line, or ``key:`` and what it holds below."""
        said = beside or self.comments.beside.get(path)
        remark = f"  # {said}" if said else ""
        if value is None:
            yield head + remark
        elif isinstance(value, str) or not value or self._fits(head, value, path):
            yield f"{head} {one_line(value)}{remark}"
        else:
            yield head + remark
            inner = indent + _INDENT
            if isinstance(value, dict):
                for key, one in value.items():
                    yield from self._entry(key, one, child(path, key), inner)
            else:
                for index, one in enumerate(value):
                    yield from self._item(one, child(path, index), inner)

    def _fits(self, head: str, value: Tree, path: str) -> bool:
        """Whether an object or list goes on one line; a feature type's section never does."""
        if path.count(".") == 1 and "[" not in path and _SECTION.match(path[2:]):
            return False
        inside = (f"{path}.", f"{path}[")
        said = (*self.comments.above, *self.comments.beside)
        if any(one.startswith(inside) for one in said):
            return False
        return len(head) + 1 + len(one_line(value)) <= WIDTH

    def _above(self, path: str, indent: str) -> Iterator[str]:
        for text in self.comments.above.get(path, ()):
            yield f"{indent}# {text}".rstrip() if text else ""


class _Dumper(yaml.emitter.Emitter, yaml.serializer.Serializer, yaml.resolver.BaseResolver):
    """Writes nodes as YAML in which only null is no text, as documents are read."""

    def __init__(self, stream: Any, **options: Any) -> None:
        yaml.emitter.Emitter.__init__(self, stream, width=LARGEST_DOCUMENT, allow_unicode=True)
        yaml.serializer.Serializer.__init__(self)
        yaml.resolver.BaseResolver.__init__(self)


_Dumper.add_implicit_resolver(_NULL, re.compile(r"(?:|~|null)\Z"), ["", "~", "n"])


def one_line(tree: Tree) -> str:
    """A tree as YAML on one line."""
    text: str = yaml.serialize(_node(tree), Dumper=_Dumper)
    return text.removesuffix("...\n").strip("\n")


def _node(tree: Tree) -> yaml.Node:
    if isinstance(tree, dict):
        pairs = [(_node(key), _node(one)) for key, one in tree.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=True)
    if isinstance(tree, list):
        items = [_node(one) for one in tree]
        return yaml.SequenceNode("tag:yaml.org,2002:seq", items, flow_style=True)
    if tree is None:
        return yaml.ScalarNode(_NULL, "null")
    return yaml.ScalarNode(_TEXT, tree, style='"' if "\n" in tree else None)
