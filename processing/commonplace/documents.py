"""Reading YAML documents that strangers share: text only, with the line of every value.

YAML's own typing is not used: ``NO`` stays a country and ``2024-01-01`` a text until the
field it stands in says what it is. Aliases, tags and duplicate keys are refused, so a
document is a plain tree no larger than its file.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

import yaml

from commonplace.errors import DocumentError, Problem

Tree = str | None | list["Tree"] | dict[str, "Tree"]

LARGEST_DOCUMENT: Final = 4 * 1024 * 1024
DEEPEST_DOCUMENT: Final = 40


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document as text, lists and dicts. ``lines`` maps ``$.path`` to line numbers.

    ``inherited`` says of what came from another document where it stands there: its name,
    and the line.
    """

    name: str
    tree: dict[str, Tree]
    lines: Mapping[str, int]
    folder: Path | None = None
    text: str = ""
    inherited: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def problem(
        self, message: str, path: str, *, hint: str | None = None, code: str = "DOCUMENT"
    ) -> Problem:
        if path not in self.lines and path in self.inherited:
            name, line = self.inherited[path]
            return Problem(f"{message} (in {name}, line {line})", path, None, hint, code)
        return Problem(message, path, self.line(path), hint, code)

    def line(self, path: str) -> int | None:
        """The line of ``path``, or of the nearest thing around it."""
        while path not in self.lines and path != "$":
            path = path[: max(path.rfind("."), path.rfind("["))]
        return self.lines.get(path)


def read_document(path: Path) -> Document:
    """Read a document file.

    Raises
    ------
    DocumentError
        Missing, unreadable, not UTF-8, too large, or not plain YAML.
    """
    try:
        if path.stat().st_size > LARGEST_DOCUMENT:
            raise _refused(path.name, f"larger than {LARGEST_DOCUMENT} bytes")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise _refused(str(path), f"can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise _refused(path.name, f"not UTF-8 at byte {error.start}") from error
    return parse_document(text, name=path.name, folder=path.parent)


def parse_document(text: str, *, name: str = "document", folder: Path | None = None) -> Document:
    """Parse a document. See :func:`read_document`.

    Raises
    ------
    DocumentError
        With all problems found.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise _refused(name, f"not YAML: {error.problem}", line) from error
    except yaml.YAMLError as error:
        raise _refused(name, f"not YAML: {error}") from error
    except RecursionError as error:
        raise _refused(name, f"nested deeper than {DEEPEST_DOCUMENT} levels") from error
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    tree = _plain(root, "$", lines, problems, set(), 0) if root is not None else {}
    if not problems and not isinstance(tree, dict):
        problems.append(Problem("expected a mapping of keys and values", "$", 1))
    if problems or not isinstance(tree, dict):
        raise DocumentError(name, tuple(problems))
    return Document(name, tree, MappingProxyType(lines), folder, text)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``, for hints."""
    candidates = list(known)
    by_fold = {one.casefold(): one for one in candidates}
    if word.casefold() in by_fold:
        return by_fold[word.casefold()]
    close = difflib.get_close_matches(word, candidates, n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the known word most like ``word``, if any is."""
    close = nearest(word, known)
    return f"did you mean {close!r}?" if close else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word most like ``word``, else all of them."""
    words = list(known)
    return did_you_mean(word, words) or f"there are: {', '.join(words)}"


def child(path: str, key: str | int) -> str:
    """The ``$.path`` of a key or index below ``path``."""
    return f"{path}[{key}]" if isinstance(key, int) else f"{path}.{key}"


def _refused(name: str, message: str, line: int | None = None) -> DocumentError:
    return DocumentError(name, (Problem(message, "$", line),))


def _plain(
    node: yaml.Node,
    path: str,
    lines: dict[str, int],
    problems: list[Problem],
    seen: set[int],
    depth: int,
) -> Tree:
    line = node.start_mark.line + 1
    lines[path] = line
    if id(node) in seen:
        problems.append(Problem("aliases (*name) are not allowed", path, line))
        return None
    seen.add(id(node))
    if depth > DEEPEST_DOCUMENT:
        problems.append(Problem(f"nested deeper than {DEEPEST_DOCUMENT} levels", path, line))
        return None
    if node.tag.startswith("!"):
        problems.append(Problem(f"tags ({node.tag}) are not allowed", path, line))
        return None
    if isinstance(node, yaml.ScalarNode):
        plain_null = node.style is None and node.value in ("", "~", "null")
        return None if plain_null else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(item, child(path, index), lines, problems, seen, depth + 1)
            for index, item in enumerate(node.value)
        ]
    result: dict[str, Tree] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            problems.append(Problem("keys must be plain text", path, line))
            continue
        key = str(key_node.value)
        if key in result:
            key_line = key_node.start_mark.line + 1
            problems.append(Problem(f"key {key!r} stands twice", child(path, key), key_line))
        result[key] = _plain(value_node, child(path, key), lines, problems, seen, depth + 1)
        lines[child(path, key)] = key_node.start_mark.line + 1
    return result
