"""Trees of a document: texts, nothing, lists and objects. Never changed, always made anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Union

Tree = Any  # a text, None, a list of trees, or a dict of trees by text
Keys = tuple[Union[str, int], ...]

_NOTHING: Final = object()


def at(tree: Tree, keys: Sequence[str | int]) -> Tree:
    """What stands at keys and indexes; None where nothing does."""
    for key in keys:
        if isinstance(tree, dict):
            tree = tree.get(key)
        elif isinstance(tree, list) and isinstance(key, int) and key < len(tree):
            tree = tree[key]
        else:
            return None
    return tree


def put(tree: Tree, keys: Sequence[str | int], value: Tree) -> Tree:
    """The tree with a value at keys; objects in between are made."""
    if not keys:
        return value
    first, rest = keys[0], keys[1:]
    if isinstance(tree, list) and isinstance(first, int):
        return [put(one, rest, value) if index == first else one for index, one in enumerate(tree)]
    kept = tree if isinstance(tree, dict) else {}
    return {**kept, str(first): put(kept.get(first), rest, value)}


def taken(tree: Tree, keys: Sequence[str | int]) -> Tree:
    """The tree without what stands at keys; objects that become empty go as well."""
    left = _taken(tree, keys)
    return {} if left is _NOTHING else left


def _taken(tree: Tree, keys: Sequence[str | int]) -> Any:
    if not keys:
        return _NOTHING
    first, rest = keys[0], keys[1:]
    if isinstance(tree, list):
        items = [_taken(one, rest) if index == first else one for index, one in enumerate(tree)]
        left: Any = [one for one in items if one is not _NOTHING]
    elif isinstance(tree, dict):
        pairs = {key: _taken(one, rest) if key == first else one for key, one in tree.items()}
        left = {key: one for key, one in pairs.items() if one is not _NOTHING}
    else:
        return tree
    return left or _NOTHING


def dotted(keys: Sequence[str | int]) -> str:
    """The ``$.path`` of keys, as the engine writes it."""
    return "$" + "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in keys)
