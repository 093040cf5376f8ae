"""From nested target batches to flat columns, as GeoJSON and GeoPackage need them.

The names follow INSPIRE's model transformation rules (``model-transformation-rules``
MT001–MT010, ``gp-geojson-encodings`` rule v0.1 of 2019-03-29), with ``_`` as separator:

===== ==========================================================================
MT001 a data type's properties are joined along the path (``inspireId_localId``)
MT002 repeated values become an array
MT003 one branch a type where several are possible (``locator_AddressLocator_…``)
MT005 a name is its spelling, one column a language (``name``, ``name_deu``)
MT008 a code is its local value, ``…_href`` its address
MT009 a period is ``…_beginPosition`` and ``…_endPosition``
===== ==========================================================================

MT001 keeps only the first of several objects. So nothing is lost, all of them are kept
besides, as an array under the property's own name (or in a related table, where the
encoding has these), where a feature has more than one.
Void values and their reasons are left out (rule 13, rule 16).
"""

from __future__ import annotations

from commonplace.formats.flat.columns import (
    Column,
    Flat,
    Related,
    column_text,
    feature_ids,
    plain,
)
from commonplace.formats.flat.shape import (
    KEPT_ATTRIBUTES,
    NAME,
    UNDETERMINED,
    default_geometry,
    geometry_paths,
    losses,
    nodes,
)
from commonplace.formats.flat.values import code_address, pooled, typed
from commonplace.formats.flat.walk import flatten

__all__ = [
    "KEPT_ATTRIBUTES",
    "NAME",
    "UNDETERMINED",
    "Column",
    "Flat",
    "Related",
    "code_address",
    "column_text",
    "default_geometry",
    "feature_ids",
    "flatten",
    "geometry_paths",
    "losses",
    "nodes",
    "plain",
    "pooled",
    "typed",
]
