"""What a job filters a collection by: CQL2, and "changed since"; pushed where the server can.

OGC API - Features part 3 (19-079r2): a server says by its conformance classes whether it
takes filters, and by its queryables what by. What came is filtered here again all the same.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import shapely

from commonplace.errors import SourceError
from commonplace.job import SourceSpec
from commonplace.sources.cql import Filter, ToLayer, both, parse_filter
from commonplace.sources.crsname import CRS84, parsed, same_crs
from commonplace.sources.ogcservice import Collection

#: Properties that say when a feature was changed, best first.
CHANGED: Final = (
    *("updated", "modified", "last_modified", "lastmodified", "date_modified", "datemodified"),
    *("modifiedat", "updated_at", "last_update", "lastupdate", "last_edited_date", "changed"),
    *("beginlifespanversion", "inspireid_beginlifespanversion"),
)
_FILTERS: Final = ("/conf/features-filter", "/conf/filter")
_LANGUAGES: Final = ("/conf/cql2-text", "/conf/cql2-json")


def stated_filter(spec: SourceSpec, layer: str, known: tuple[str, ...]) -> Filter | None:
    """The filter of a job's source, ``since`` in it; its names are those of the layer.

    Raises
    ------
    SourceError
        It is no CQL2, names what isn't there, or no property says when features changed.
    """
    stated = None if spec.filter is None else parse_filter(spec.filter)
    if stated is not None:
        stated.check(layer, known)
    return stated if spec.since is None else both(stated, _since(spec.since, layer, known))


def _since(text: str, layer: str, known: tuple[str, ...]) -> Filter:
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise SourceError(f"since is no time: {text!r}", hint="2026-01-31T00:00:00Z") from error
    folded = {one.casefold(): one for one in known}
    name = next((folded[one] for one in CHANGED if one in folded), None)
    if name is None:
        raise SourceError(
            f"no property of {layer!r} says when a feature was changed: since can't be used",
            hint=f"state a filter on one of: {', '.join(known)}",
        )
    zoned = when.isoformat() if when.tzinfo else f"{when.isoformat()}Z"
    return parse_filter(f"\"{name}\" >= TIMESTAMP('{zoned.replace('+00:00', 'Z')}')")


def may_push(one: Filter, collection: Collection, conformance: frozenset[str]) -> bool:
    """Whether the server says that it takes such a filter on these properties."""
    if not any(each.endswith(_FILTERS) for each in conformance) or not one.language:
        return False
    languages = [each for each in conformance if each.endswith(_LANGUAGES)]
    if languages and not any(each.endswith(one.language) for each in languages):
        return False
    renamed = {new for new, old in collection.stored.items() if new != old}
    names = set(one.names())
    return not names & renamed and names <= collection.queryables


def to_layer(crs: str | None) -> ToLayer:
    """Moves a geometry of a filter, in longitude and latitude (part 3, §8.3), to a CRS."""
    if crs is None or same_crs(crs, CRS84):
        return lambda shape: shape
    from pyproj import Transformer

    transformer = Transformer.from_crs(parsed(CRS84), parsed(crs), always_xy=True)

    def moved(shape: Any) -> Any:
        return shapely.transform(shape, transformer.transform, interleaved=False)

    return moved
