"""The features of a chunk, type by type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.gml.pieces import Array, offsets_of
from commonplace.gml.reading.contents import HREF, IDS, Contents
from commonplace.gml.reading.geometries import Geometries, Shapes
from commonplace.gml.reading.names import FeatureType, Vocabulary
from commonplace.gml.reading.objects import Objects
from commonplace.gml.reading.positions import Positions
from commonplace.gml.reading.scan import COLLECTIONS, MEMBERS
from commonplace.gml.reading.shapes import Seen
from commonplace.gml.reading.tokens import Elements, Ints
from commonplace.gml.reading.troubles import Troubles, TypeTroubles
from commonplace.gml.reading.values import attribute_at, without_escapes
from commonplace.model.types import local_name
from commonplace.target import Shape


@dataclass(frozen=True, slots=True)
class Features:
    """The features of one type in a chunk.

    ``order`` are their numbers among all features of the chunk; ``crs`` numbers the CRS
    of each geometry of the pool. ``foreign_ids``: not all ids are of our writer's form;
    ``refers``: there are references inside the document.
    """

    type: FeatureType
    seen: Seen
    columns: dict[str, Array]
    ids: Array
    order: Ints
    geometries: Shapes
    crs: Ints
    foreign_ids: bool
    refers: bool


class FeatureReader:
    """Reads the features of one chunk. For ``declared`` see :class:`~.parts.PartTask`."""

    def __init__(
        self,
        elements: Elements,
        positions: Positions,
        vocabulary: Vocabulary,
        declared: Mapping[str, str],
    ) -> None:
        self._elements = elements
        self._positions = positions
        self._vocabulary = vocabulary
        self._declared = declared
        self._geometries = Geometries(elements, positions)
        self.troubles = Troubles()

    def features(self, *, at_top: bool) -> Iterator[Features]:
        """The features by type. ``at_top`` says that the chunk's own elements are features."""
        paths = [one for top in self._elements.top for one in self._feature_paths(top, at_top)]
        everything = [self._elements.of(path) for path in paths]
        if not everything:
            return
        order = np.argsort(np.argsort(np.concatenate(everything)))
        bounds = offsets_of(np.array([len(one) for one in everything]))
        for number, path in enumerate(paths):
            yield self._read(path, order[bounds[number] : bounds[number + 1]])

    def _feature_paths(self, path: int, is_feature: bool) -> Iterator[int]:
        """Down through members and collections to features."""
        here = self._elements.paths[path]
        local = local_name(here.name)
        if local in MEMBERS or local in COLLECTIONS:
            inside = local in MEMBERS
            for child in here.children:
                yield from self._feature_paths(child, inside)
            self._referred(path)
        elif is_feature:
            yield path

    def _referred(self, path: int) -> None:
        """Members that only refer to a feature elsewhere."""
        count = len(self._elements.attribute(path, HREF)[0])
        self.troubles.add("MEMBER_BY_REFERENCE", "", "", count)

    def _read(self, path: int, order: Ints) -> Features:
        written = self._elements.paths[path].name
        kind = self._vocabulary.feature(written)
        troubles = TypeTroubles(self.troubles, kind.name)
        contents = Contents(
            self._elements, self._positions, self._declared, self._geometries, troubles
        )
        objects = Objects(self._elements, self._vocabulary, contents, troubles)
        placed, columns = objects.read(path, kind.element, kind.schema)
        for (code, element), count in self._geometries.troubles.items():
            troubles.add(code, element, count)
        self._geometries.troubles.clear()
        shape = Shape(kind.element or written, (), identified=True, feature=True)
        geometries, crs = contents.pool()
        ids, foreign = self._ids(path, kind.name)
        return Features(
            type=kind,
            seen=Seen(shape, placed),
            columns=columns,
            ids=ids,
            order=order,
            geometries=geometries,
            crs=crs,
            foreign_ids=foreign,
            refers=contents.refers,
        )

    def _ids(self, path: int, feature_type: str) -> tuple[Array, bool]:
        """Local ids: what our own ``gml:id`` was made of, others as they stand."""
        rows = len(self._elements.of(path))
        found = next((one for one in self._elements.attributes(path) if one in IDS), None)
        if found is None:
            return pa.nulls(rows, pa.string()), True
        ids = attribute_at(self._elements, path, found)
        return _local_ids(ids, feature_type), not pc.all(
            pc.starts_with(ids, f"{feature_type}.")
        ).as_py()


def _local_ids(ids: Array, feature_type: str) -> Array:
    """Ids without the type's name that our writer puts in front."""
    ours = pc.starts_with(ids, f"{feature_type}.")
    if not pc.any(ours).as_py():
        return ids
    plain = without_escapes(pc.utf8_slice_codeunits(ids, len(feature_type) + 1))
    return pc.if_else(ours, plain, ids)
