"""A package as a whole, as descriptors see it: RO-Crate, Data Package, STAC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from commonplace.bounds import Bounds


@dataclass(frozen=True, slots=True)
class Model:
    """The data model of a file: its address and name."""

    uri: str
    title: str


@dataclass(frozen=True, slots=True)
class BundledFile:
    """A file of the package; ``size`` and ``sha256`` where they are known before it is whole.

    ``columns`` are names and types (of Table Schema) of a CSV file, in its order.
    """

    path: str
    media_type: str
    title: str
    size: int | None = None
    sha256: str | None = None
    format: str = ""
    dataset: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    model: Model | None = None
    crs: str | None = None
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BundledSource:
    """Where data came from."""

    name: str
    kind: str
    address: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """All of it. ``extent`` is (west, south, east, north) in degrees."""

    name: str
    title: str
    description: str
    licence: str
    publisher: str
    as_of: str
    engine: str
    files: tuple[BundledFile, ...]
    sources: tuple[BundledSource, ...] = ()
    keywords: tuple[str, ...] = ()
    extent: Bounds | None = None
    contact: str | None = None
    email: str | None = None
    url: str | None = None

    @property
    def data(self) -> tuple[BundledFile, ...]:
        """The data files."""
        return tuple(one for one in self.files if one.format)
