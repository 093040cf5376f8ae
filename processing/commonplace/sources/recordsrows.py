"""Records handed out as a layer's batches, whatever catalogue they come from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

import pyarrow as pa

from commonplace.batch import GEOMETRY, Layer, Query
from commonplace.report import Observer
from commonplace.sources.crsname import CRS84, transform_bounds
from commonplace.sources.recordsmodel import Catalogue, Search, rows_of
from commonplace.sources.rows import chosen_columns, filtered, known_where, limited

_AT_ONCE: Final = 500
_WORDS: Final = ("text", "theme")


def found_rows(
    catalogue: Catalogue, layer: Layer, query: Query, observer: Observer
) -> Iterator[pa.RecordBatch]:
    """The records that a query asks for.

    ``where`` may have ``text`` (words anywhere) and ``theme`` beside the columns; both are
    the catalogue's to look for.
    """
    columns = chosen_columns(layer.name, layer.field_names, query.columns)
    plain = [pair for pair in query.where if pair[0] not in _WORDS]
    where = known_where(layer.name, layer.field_names, plain)
    words = dict(pair for pair in query.where if pair[0] in _WORDS)
    bounds = query.bbox
    if bounds is not None and query.bbox_crs is not None:
        bounds = transform_bounds(bounds, query.bbox_crs, CRS84)
    limit = query.limit if not where else None
    search = Search(words.get("text"), bounds, words.get("theme"), limit)

    def rows() -> Iterator[pa.RecordBatch]:
        records = catalogue.search(search)
        while found := list(islice(records, _AT_ONCE)):
            yield filtered(rows_of(found), where, None).select([*columns, GEOMETRY])

    return limited(rows(), query.limit, observer)
