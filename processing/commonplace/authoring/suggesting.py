"""A layer's suggestion as a tree with a note for each thing in it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from commonplace.authoring.comments import notes
from commonplace.authoring.describing import label
from commonplace.authoring.errors import unknown
from commonplace.authoring.trees import read_tree
from commonplace.batch import Query, Source
from commonplace.model import UnknownName
from commonplace.suggest import suggest_layer, write_mapping
from commonplace.suggest.suggesting import SAMPLE
from commonplace.suggest.targets import target

Json = dict[str, Any]

_OTHERS: Final = 5


def suggest_tree(
    source: Source,
    layer: str | None,
    *,
    file: str = "",
    feature_type: str | None = None,
    language: str = "en",
) -> Json:
    """What ``commonplace suggest`` writes, for an editor.

    Parameters
    ----------
    layer
        Its name in the source; None for the only one.
    file
        What the layer was read from, which may say what its name doesn't.
    feature_type
        ``schema:Type``, where it is known.

    Returns
    -------
    dict
        ``tree`` and ``comments`` as :func:`~commonplace.authoring.trees.read_tree` gives
        them, ``notes`` by path, ``types`` (the likeliest first), ``columns`` with what looks
        personal, ``unknown`` columns, and ``problems`` that are left.
    """
    found = source.layer(layer)
    batches = list(source.batches(found, Query(limit=SAMPLE)))
    names = {name: pa.array([], pa.string()) for name in found.field_names}
    rows = pa.Table.from_batches(batches) if batches else pa.table(names)
    try:
        suggestion = suggest_layer(found, rows, file=file, feature_type=feature_type)
    except UnknownName as error:
        raise unknown(str(error)) from error
    written = write_mapping(suggestion, Path(file).name or found.name)
    read = read_tree(written.text)
    return {
        "tree": read.tree,
        "comments": asdict(read.comments),
        "notes": {path: asdict(one) for path, one in notes(read.comments.beside).items()},
        "types": [
            {
                "schema": target(one.name).schema,
                "feature_type": target(one.name).local,
                "label": label(target(one.name).local, language),
                "score": round(one.score, 2),
                "reasons": list(one.reasons),
            }
            for one in suggestion.types[:_OTHERS]
        ],
        "columns": [
            {
                "name": one.name,
                "type": one.type,
                "values": [] if one.name in suggestion.personal else list(one.values[:5]),
                "personal": suggestion.personal.get(one.name),
            }
            for one in suggestion.columns
        ],
        "unknown": list(suggestion.unknown),
        "problems": list(written.problems),
    }
