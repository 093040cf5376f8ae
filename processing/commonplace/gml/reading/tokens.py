"""XML as columns: whole elements become arrays, one item an element.

The bytes are looked at all together: ``<``, ``>`` and ``"`` alone tell where tags and
attribute values are, once expat has found the text well-formed (it has by then) and
:mod:`.regular` has rewritten what is odd. Depths are running sums; parents and paths
follow level by level.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from commonplace.gml.pieces import Array, offsets_of
from commonplace.gml.reading.regular import (
    MOST_DEEP,
    XML,
    Irregular,
    Malformed,
    TooDeep,
    doubtful,
    regular,
    rewritten,
    verify,
)

Ints: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]

_LT, _GT, _QUOTE, _FORBIDDEN = 1, 2, 3, 4
_CLASSES: Final = {60: _LT, 62: _GT, 34: _QUOTE} | {
    one: _FORBIDDEN for one in range(32) if one not in (9, 10)
}
_MARKS: Final = bytes(_CLASSES.get(one, 0) for one in range(256))
_NAME: Final = r"(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*"
_SPACE: Final = r"[ \t\n]"
_HEAD: Final = re.compile(
    rf'<({_NAME})(?:{_SPACE}+({_NAME}){_SPACE}*={_SPACE}*"|{_SPACE}*/?>)', re.ASCII
)
_NEXT: Final = re.compile(rf'"(?:{_SPACE}+({_NAME}){_SPACE}*={_SPACE}*"|{_SPACE}*/?>)', re.ASCII)
_END: Final = re.compile(rf"</({_NAME}){_SPACE}*>", re.ASCII)
_ANY_HEAD: Final = re.compile(r'<([^\s/>]+)(?:\s+([^\s=/>]+)="|/?>)')
_ANY_NEXT: Final = re.compile(r'"(?:\s+([^\s=/>]+)="|/?>)')
_SLASH: Final = ord("/")
_NONE: Final = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Path:
    """Where elements stand. ``name`` is expanded; ``children`` are numbers of paths."""

    name: str
    parent: int
    children: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of a chunk, end tags too: where they begin and end, and their quotes.

    ``quotes`` counts the quotes before each tag, and all; ``of_pair`` is the tag that a
    pair of quotes stands in.
    """

    begin: Ints
    end: Ints
    opens: Ints
    closes: Ints
    quotes: Ints
    of_pair: Ints
    is_end: Mask
    is_empty: Mask
    depth: Ints

    @property
    def values(self) -> Ints:
        """The segments of attribute values."""
        return 2 + 2 * self.of_pair + 2 * np.arange(len(self.of_pair))


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of a chunk in document order.

    ``parent`` is -1 at the top; ``rank`` an element's number among those of its path;
    ``text`` the segment of its text, -1 where it has children or is empty. ``segments``
    are the chunk's bytes, cut around tags and attribute values.
    """

    source: bytes
    segments: Array
    tags: Tags
    start: Ints
    parent: Ints
    depth: Ints
    path: Ints
    rank: Ints
    text: Ints
    paths: list[Path]
    top: list[int]
    _order: Ints
    _begins: Ints
    _attributes: Mapping[tuple[int, str], tuple[Ints, Ints]]

    def __len__(self) -> int:
        return len(self.parent)

    def of(self, path: int) -> Ints:
        """The elements of a path."""
        return self._order[self._begins[path] : self._begins[path + 1]]

    def attributes(self, path: int) -> list[str]:
        """Expanded names of the attributes that elements of a path bear."""
        return [name for number, name in self._attributes if number == path]

    def attribute(self, path: int, name: str) -> tuple[Ints, Ints]:
        """Ranks of the elements of a path with this attribute, and its values' segments."""
        return self._attributes.get((path, name), (_NONE, _NONE))

    def bearers(self, name: str) -> tuple[Ints, Ints]:
        """All elements that bear an attribute, and its values' segments."""
        found = [
            (self.of(path)[ranks], segments)
            for (path, one), (ranks, segments) in self._attributes.items()
            if one == name
        ]
        if not found:
            return _NONE, _NONE
        elements, values = zip(*found, strict=True)
        return np.concatenate(elements), np.concatenate(values)

    def inner_xml(self, elements: Ints) -> list[str]:
        """What stands between the tags of elements of one path, as it is written."""
        if len(elements) == 0:
            return []
        tags = self.tags
        starts = self.start[elements]
        below = tags.depth[starts[0]] + 1
        ends = np.flatnonzero(tags.is_end & (tags.depth == below))
        ends = np.append(ends, len(tags.begin))[np.searchsorted(ends, starts)]
        return [
            ""
            if tags.is_empty[start]
            else self.source[tags.end[start] + 1 : tags.begin[end]].decode()
            for start, end in zip(starts, ends, strict=True)
        ]


def elements_of(text: bytes, namespaces: Mapping[str, str]) -> Elements:
    """Take whole elements, side by side and well-formed, apart.

    Parameters
    ----------
    text
        UTF-8.
    namespaces
        By prefix, those in force around the text; ``""`` is the default one.

    Raises
    ------
    TooDeep, Malformed
    """
    sure = not doubtful(text)
    if not sure:
        verify(text)
    plain, bound = regular(text, namespaces)
    try:
        return _elements(plain, {"xml": XML, **bound}, strict=True)
    except Irregular:
        if sure:
            verify(text)
        plain, bound = rewritten(text, namespaces)
        return _elements(plain, bound, strict=False)


def _elements(text: bytes, bound: Mapping[str, str], *, strict: bool) -> Elements:
    """``strict`` takes nothing for granted: what isn't surely well-formed is irregular."""
    tags = _tags(text)
    segments = _segments(text, tags)
    start = np.flatnonzero(~tags.is_end)
    depth = tags.depth[start]
    if int(depth.max(initial=0)) > MOST_DEEP:
        raise TooDeep(f"elements are nested more than {MOST_DEEP} deep")
    heads = segments.take(pa.array(1 + 2 * start + tags.quotes[start])).dictionary_encode()
    parsed = _matched(_HEAD if strict else _ANY_HEAD, heads)
    first = [one[2] or "" for one in parsed]
    name, written = _numbered([one[1] for one in parsed], heads.indices.to_numpy())
    if strict:
        _check_ends(segments, tags, start, name, written)
    names = [_expanded(one, bound, bound.get("", "")) for one in written]
    parent, path, paths, top = _paths(depth, name, names)
    order = np.argsort(path.astype(np.int16) if len(paths) < 2**15 else path, kind="stable")
    begins = offsets_of(np.bincount(path, minlength=len(paths)))
    rank = np.empty(len(path), dtype=np.int64)
    rank[order] = np.arange(len(path)) - begins[path[order]]
    following = np.append(tags.is_end, False)[start + 1]
    is_leaf = following & ~tags.is_empty[start]
    leads = heads.indices.to_numpy()
    return Elements(
        source=text,
        segments=segments,
        tags=tags,
        start=start,
        parent=parent,
        depth=depth,
        path=path,
        rank=rank,
        text=np.where(is_leaf, 2 + 2 * start + tags.quotes[start + 1], -1),
        paths=paths,
        top=top,
        _order=order,
        _begins=begins,
        _attributes=_attributes(segments, tags, start, leads, first, path, rank, bound, strict),
    )


def _matched(pattern: re.Pattern[str], encoded: Array) -> list[re.Match[str]]:
    """The distinct texts, each as a pattern has it; irregular if one doesn't fit."""
    found = [pattern.fullmatch(one) for one in encoded.dictionary.to_pylist()]
    if None in found:
        raise Irregular
    return [one for one in found if one is not None]


def _check_ends(
    segments: Array, tags: Tags, start: Ints, name: Ints, written: Sequence[str]
) -> None:
    """Every element has its end tag, with the same name."""
    end = np.flatnonzero(tags.is_end)
    texts = segments.take(pa.array(1 + 2 * end + tags.quotes[end])).dictionary_encode()
    number = {one: index for index, one in enumerate(written)}
    codes = np.array([number.get(one[1], -1) for one in _matched(_END, texts)], dtype=np.int64)
    has_end = ~tags.is_empty[start]
    depths = tags.depth[start[has_end]]
    end_depths = tags.depth[end] - 1
    if len(depths) != len(end_depths) or int(end_depths.min(initial=0)) < 0:
        raise Irregular
    opened = np.argsort(depths.astype(np.int32), kind="stable")
    closed = np.argsort(end_depths.astype(np.int32), kind="stable")
    names = name[has_end][opened]
    if not np.array_equal(names, codes[texts.indices.to_numpy()][closed] if len(end) else names):
        raise Irregular


def _tags(text: bytes) -> Tags:
    raw = np.frombuffer(text, dtype=np.uint8)
    marks = np.frombuffer(text.translate(_MARKS), dtype=np.uint8)
    at = np.flatnonzero(marks != 0)
    what = marks[at]
    if int(what.max(initial=0)) == _FORBIDDEN:
        raise Irregular
    angles = np.flatnonzero(what != _QUOTE)
    kinds = what[angles]
    opening = kinds == _LT
    closing = np.zeros(len(kinds), dtype=bool)
    closing[1:] = opening[:-1] & ~opening[1:]
    begin, end = at[angles[opening]], at[angles[closing]]
    if len(begin) != len(end):
        raise Irregular
    quotes = np.flatnonzero(what == _QUOTE)
    before = np.searchsorted(angles, quotes) - 1
    inside = before >= 0
    inside[inside] = opening[before[inside]]
    tag = (np.cumsum(opening) - 1)[before[inside]]
    each = np.bincount(tag, minlength=len(begin))
    if (each & 1).any():
        raise Irregular
    quotes = at[quotes[inside]]
    is_end = raw[begin + 1] == _SLASH
    is_empty = raw[end - 1] == _SLASH
    change = np.where(is_end, -1, np.where(is_empty, 0, 1))
    return Tags(
        begin=begin,
        end=end,
        opens=quotes[0::2],
        closes=quotes[1::2],
        quotes=offsets_of(each),
        of_pair=tag[0::2],
        is_end=is_end,
        is_empty=is_empty,
        depth=np.cumsum(change) - change,
    )


def _segments(text: bytes, tags: Tags) -> Array:
    """The text, cut before and behind tags and around attribute values."""
    count = len(tags.begin)
    bounds = np.zeros(2 * count + int(tags.quotes[-1]) + 2, dtype=np.int32)
    number = np.arange(count)
    bounds[1 + 2 * number + tags.quotes[:-1]] = tags.begin
    bounds[2 + 2 * number + tags.quotes[1:]] = tags.end + 1
    bounds[tags.values] = tags.opens + 1
    bounds[tags.values + 1] = tags.closes
    bounds[-1] = len(text)
    return pa.StringArray.from_buffers(len(bounds) - 1, pa.py_buffer(bounds), pa.py_buffer(text))


def _numbered(written: Sequence[str], codes: npt.NDArray[Any]) -> tuple[Ints, list[str]]:
    """Codes into a list where each name occurs once."""
    names = list(dict.fromkeys(written))
    number = {one: index for index, one in enumerate(names)}
    table = np.array([number[one] for one in written], dtype=np.int64)
    return table[codes] if len(table) else codes.astype(np.int64), names


def _expanded(written: str, bound: Mapping[str, str], default: str) -> str:
    prefix, colon, local = written.rpartition(":")
    if colon and prefix not in bound:
        raise Malformed(f"unbound prefix {prefix}")
    uri = bound[prefix] if colon else default
    return f"{{{uri}}}{local}" if uri else local


def _paths(
    depth: Ints, name: Ints, names: Sequence[str]
) -> tuple[Ints, Ints, list[Path], list[int]]:
    """Parents, and the numbers of paths, level by level."""
    parent = np.full(len(depth), -1, dtype=np.int64)
    path = np.zeros(len(depth), dtype=np.int64)
    paths: list[Path] = []
    by_depth = np.argsort(depth.astype(np.int16), kind="stable")
    levels = offsets_of(np.bincount(depth))
    above = _NONE
    for level in range(len(levels) - 1):
        here = by_depth[levels[level] : levels[level + 1]]
        if level:
            parent[here] = above[np.searchsorted(above, here) - 1]
        key = name[here] + (len(names) * path[parent[here]] if level else 0)
        seen = np.zeros(len(names) * max(1, len(paths)), dtype=bool)
        seen[key] = True
        found = np.flatnonzero(seen)
        number = np.zeros(len(seen), dtype=np.int64)
        number[found] = np.arange(len(paths), len(paths) + len(found))
        path[here] = number[key]
        for one in found:
            owner = int(one) // len(names) if level else -1
            if level:
                paths[owner].children.append(len(paths))
            paths.append(Path(names[int(one) % len(names)], owner))
        above = here
    top = [number for number, one in enumerate(paths) if one.parent < 0]
    return parent, path, paths, top


def _attributes(
    segments: Array,
    tags: Tags,
    start: Ints,
    heads: npt.NDArray[Any],
    first: Sequence[str],
    path: Ints,
    rank: Ints,
    bound: Mapping[str, str],
    strict: bool,
) -> dict[tuple[int, str], tuple[Ints, Ints]]:
    """By path and name: ranks of the elements that have it, and the values' segments."""
    if len(tags.of_pair) == 0:
        return {}
    element_of_tag = np.full(len(tags.begin), -1, dtype=np.int64)
    element_of_tag[start] = np.arange(len(start))
    owner = element_of_tag[tags.of_pair]
    leads = np.ones(len(owner), dtype=bool)
    leads[1:] = tags.of_pair[1:] != tags.of_pair[:-1]
    values = tags.values
    behind = segments.take(pa.array(values + 1)).dictionary_encode()
    later = [one[1] or "" for one in _matched(_NEXT if strict else _ANY_NEXT, behind)]
    after = behind.indices.to_numpy()
    last = np.append(leads[1:], True)
    ends = np.array([one == "" for one in later], dtype=bool)
    if not np.array_equal(ends[after], last) or (owner < 0).any():
        raise Irregular
    code = np.empty(len(owner), dtype=np.int64)
    code[leads] = heads[owner[leads]]
    code[~leads] = after[:-1][~leads[1:]] + len(first)
    code, raw = _numbered([*first, *later], code)
    declares = [one.partition(":")[0] == "xmlns" for one in raw]
    names = [
        "" if declared else _expanded(one, bound, "")
        for one, declared in zip(raw, declares, strict=True)
    ]
    key = path[owner] * len(names) + code
    order = np.argsort(key, kind="stable")
    found, begins = np.unique(key[order], return_index=True)
    ends = np.append(begins[1:], len(key))
    groups: dict[tuple[int, str], tuple[Ints, Ints]] = {}
    for one, begin, end in zip(found, begins, ends, strict=True):
        number, name = divmod(int(one), len(names))
        if not declares[name]:
            chosen = order[begin:end]
            if (np.diff(owner[chosen]) == 0).any() or (number, names[name]) in groups:
                raise Irregular
            groups[number, names[name]] = (rank[owner[chosen]], values[chosen])
    return groups
