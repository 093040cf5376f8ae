"""A value as a mapping document gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from commonplace.documents import Tree, child


@dataclass(frozen=True, slots=True)
class Given:
    """A value as the document gives it, with its ``$.path``.

    ``merged`` holds fields that were written with dotted keys.
    """

    value: Tree
    path: str
    merged: tuple[tuple[str, Given], ...] | None = None

    @property
    def text(self) -> str | None:
        return self.value if isinstance(self.value, str) and self.merged is None else None

    @property
    def is_object(self) -> bool:
        return self.merged is not None or isinstance(self.value, dict)

    def items(self) -> Iterator[Given]:
        """The items of a list."""
        if isinstance(self.value, list):
            for index, item in enumerate(self.value):
                yield Given(item, child(self.path, index))

    @property
    def words(self) -> tuple[str, ...]:
        """The keys as written."""
        return tuple(self.value) if isinstance(self.value, dict) else ()

    def field(self, key: str) -> Given | None:
        """A field by its key as written."""
        if isinstance(self.value, dict) and key in self.value:
            return Given(self.value[key], child(self.path, key))
        return None

    def fields(self, twice: Callable[[str, str], None] | None = None) -> dict[str, Given]:
        """Fields by their first name; dotted keys become nested fields.

        ``twice`` is told the name and path of what is given more than once.
        """
        if self.merged is not None:
            return dict(self.merged)
        found: dict[str, Given] = {}
        if not isinstance(self.value, dict):
            return found
        for key, value in self.value.items():
            at = child(self.path, key)
            first, *rest = key.split(".")
            given = Given(value, at)
            for name in reversed(rest):
                given = Given(None, at, ((name, given),))
            if first not in found:
                found[first] = given
                continue
            both = found[first], given
            if not all(one.is_object for one in both):
                if twice is not None:
                    twice(first, at)
                continue
            inner = both[0].fields(twice)
            for name, one in both[1].fields(twice).items():
                if name in inner and twice is not None:
                    twice(name, at)
                inner[name] = one
            found[first] = Given(None, found[first].path, tuple(inner.items()))
        return found
