"""A GML document around its features: head, bounds, members, foot.

The root is ``wfs:FeatureCollection`` 2.0 (INSPIRE D2.7 v3.3, recommendation 11),
``gml:FeatureCollection``, or ``base:SpatialDataSet``, which the base schema deprecates but
older tools ask for. The head tells counts and bounds, so it is written last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from commonplace.bounds import Bounds
from commonplace.gml.features import names_in
from commonplace.gml.names import GCO, GML, WFS, XLINK, XML, XSI, Prefixes, ncname
from commonplace.gml.ordinates import ordinate
from commonplace.model.types import Schema, namespace_of
from commonplace.target import Dataset, Shape, TargetCrs


@dataclass(frozen=True, slots=True)
class Collection:
    """The elements of a feature collection, and what every one of them needs declared."""

    root: str
    member: str
    bounded_by: str
    namespaces: tuple[str, ...]


WFS_COLLECTION: Final = Collection(
    "wfs:FeatureCollection", "wfs:member", "wfs:boundedBy", (WFS, GML, XLINK)
)
GML_COLLECTION: Final = Collection(
    "gml:FeatureCollection", "gml:featureMember", "gml:boundedBy", (GML, XLINK)
)
WFS_OR_GML: Final = {"wfs": WFS_COLLECTION, "gml": GML_COLLECTION}
OPTION: Final = "gml.collection"
SPATIAL_DATA_SET: Final = "spatialdataset"
_BASE: Final = "http://inspire.ec.europa.eu/schemas/base/"
_LATEST_BASE: Final = "http://inspire.ec.europa.eu/schemas/base/4.0"

_LOCATIONS: Final = {
    GML: "http://schemas.opengis.net/gml/3.2.1/gml.xsd",
    WFS: "http://schemas.opengis.net/wfs/2.0/wfs.xsd",
    XLINK: "http://www.w3.org/1999/xlink.xsd",
    GCO: "http://schemas.opengis.net/iso/19139/20070417/gco/gco.xsd",
}


def head(
    dataset: Dataset,
    schema: Schema,
    shapes: Sequence[Shape],
    count: int,
    bounds: Bounds | None,
) -> str:
    """The XML declaration, the root's start tag and the collection's bounds.

    Parameters
    ----------
    shapes
        Of the feature types that the document holds; tell which namespaces are used.
    count
        Number of features in the document.
    bounds
        (xmin, ymin, xmax, ymax) in the target CRS, None without geometry.
    """
    collection = collection_of(dataset, schema)
    attributes = [*_declarations(schema, shapes, collection), *_facts(dataset, collection, count)]
    start = "".join(f"\n  {one}" for one in attributes)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{collection.root}{start}>\n'
    return text + _envelope(dataset.crs, bounds, collection) + _identifier(dataset, collection)


def foot(dataset: Dataset, schema: Schema) -> str:
    """The root's end tag."""
    return f"</{collection_of(dataset, schema).root}>\n"


def around(dataset: Dataset, schema: Schema) -> tuple[str, str]:
    """What stands before and after each feature."""
    member = collection_of(dataset, schema).member
    return f"<{member}>", f"</{member}>\n"


def collection_of(dataset: Dataset, schema: Schema) -> Collection:
    """The collection that a data set asks for, in the base version that its schema uses."""
    chosen = dataset.options.get(OPTION, "wfs")
    if chosen != SPATIAL_DATA_SET:
        return WFS_OR_GML[chosen]
    base = next((one for one in schema.imports if one.startswith(_BASE)), _LATEST_BASE)
    prefix = Prefixes.of(schema).prefix(base)
    return Collection(
        f"{prefix}:SpatialDataSet", f"{prefix}:member", "gml:boundedBy", (base, GML, XLINK)
    )


def _identifier(dataset: Dataset, collection: Collection) -> str:
    """The identifier and the (void) metadata of a spatial data set."""
    if collection in WFS_OR_GML.values():
        return ""
    prefix = collection.root.partition(":")[0]
    named = {"localId": dataset.name, "namespace": dataset.namespace or dataset.name}
    inside = "".join(
        f"<{prefix}:{name}>{escape(text)}</{prefix}:{name}>" for name, text in named.items()
    )
    return (
        f"<{prefix}:identifier><{prefix}:Identifier>{inside}</{prefix}:Identifier>"
        f'</{prefix}:identifier>\n<{prefix}:metadata xsi:nil="true"/>\n'
    )


def _declarations(schema: Schema, shapes: Sequence[Shape], collection: Collection) -> list[str]:
    prefix = Prefixes.of(schema).prefix
    names = {name for shape in shapes for name in names_in(shape) if name.startswith("{")}
    used = {namespace_of(name) for name in names} | set(collection.namespaces)
    used -= {XSI, XML}
    ordered = sorted(used, key=prefix)
    declared = [f"xmlns:{prefix(one)}={quoteattr(one)}" for one in [*ordered, XSI]]
    locations = {**_LOCATIONS, **dict(schema.locations), schema.namespace: schema.location}
    locations.setdefault(_LATEST_BASE, f"{_LATEST_BASE.replace('http:', 'https:')}/BaseTypes.xsd")
    pairs = [f"{one} {locations[one]}" for one in ordered if one in locations]
    return [*declared, f"xsi:schemaLocation={quoteattr(' '.join(pairs))}"]


def _facts(dataset: Dataset, collection: Collection, count: int) -> list[str]:
    if collection is not WFS_COLLECTION:
        return [f'gml:id="_-{ncname(dataset.name)}"']
    counts = [f'numberMatched="{count}"', f'numberReturned="{count}"']
    return [f"timeStamp={quoteattr(dataset.as_of)}", *counts]


def _envelope(crs: TargetCrs, bounds: Bounds | None, collection: Collection) -> str:
    """The bounds, in the CRS's axis order; left out where heights would be missing."""
    if bounds is None or crs.dimension != 2:
        return ""
    corners = []
    for corner in (bounds[:2], bounds[2:]):
        ordered = corner[::-1] if crs.swap else corner
        corners.append(" ".join(ordinate(one, crs.decimals) for one in ordered))
    lower, upper = corners
    return (
        f'<{collection.bounded_by}><gml:Envelope srsName="{crs.uri}" srsDimension="2">'
        f"<gml:lowerCorner>{lower}</gml:lowerCorner><gml:upperCorner>{upper}</gml:upperCorner>"
        f"</gml:Envelope></{collection.bounded_by}>\n"
    )
