"""Questions to a SensorThings service in its query language (OGC 18-088, §9.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from commonplace.bounds import Bounds
from commonplace.errors import SourceError
from commonplace.job import SensorThingsSpec
from commonplace.sources.rows import as_number
from commonplace.sources.sensorthings_service import Options, quoted

_THING: Final = "Thing($expand=Locations)"
#: What is fetched along with the entities of a set.
EXPANDED: Final[Mapping[str, str]] = {
    "Things": "Locations",
    "HistoricalLocations": "Thing($select=id,name),Locations",
    "Datastreams": f"{_THING},ObservedProperty,Sensor($select=id,name)",
    "MultiDatastreams": f"{_THING},ObservedProperties,Sensor($select=id,name)",
}
LOCATED: Final = frozenset(
    (*EXPANDED, "Locations", "FeaturesOfInterest"),
)
#: How a set's geometry is called in filters.
_PLACES: Final[Mapping[str, str]] = {
    "Things": "Locations/location",
    "Datastreams": "Thing/Locations/location",
    "MultiDatastreams": "Thing/Locations/location",
    "HistoricalLocations": "Locations/location",
    "Locations": "location",
    "FeaturesOfInterest": "feature",
}
_NEEDED: Final = {"Locations": ("location",), "FeaturesOfInterest": ("feature",)}


def asked_options(
    stated: SensorThingsSpec,
    name: str,
    *,
    paths: Mapping[str, str],
    types: Mapping[str, str],
    columns: Sequence[str] | None,
    where: Sequence[tuple[str, str]],
    bounds: Bounds | None,
    size: int,
) -> Iterator[Options]:
    """Questions, the one that leaves most to the server first.

    The job's own filter is in all of them: it is not applied here.

    Parameters
    ----------
    paths, types
        The server's name and the type of each column.
    """
    own = [stated.filter[name]] if name in stated.filter else []
    order: Options = (("$orderby", stated.orderby[name]),) if name in stated.orderby else ()
    expand: Options = (("$expand", EXPANDED[name]),) if name in EXPANDED else ()
    top: Options = (("$top", str(size)),)
    count: Options = (("$count", "true"),)
    pushed = list(_equalities(paths, types, where))
    placed = [_inside(_PLACES[name], bounds)] if bounds is not None and name in _PLACES else []
    select: Options = ()
    if columns is not None:
        select = (("$select", _selected(name, paths, columns, where)),)
    tried = []
    for filters, chosen in ((pushed + placed, select), (pushed, select), ([], select), ([], ())):
        parts = [*own, *filters]
        both = " and ".join(f"({one})" for one in parts) if len(parts) > 1 else "".join(parts)
        filter_: Options = (("$filter", both),) if both else ()
        options = (*top, *count, *filter_, *chosen, *order, *expand)
        if options not in tried:
            tried.append(options)
            yield options
    yield (*((("$filter", own[0]),) if own else ()), *order, *expand)


def window_filter(stated: SensorThingsSpec) -> str:
    """The filter of observations: the job's own, and its window in time."""
    parts = []
    if "Observations" in stated.filter:
        parts.append(f"({stated.filter['Observations']})")
    if stated.since is not None:
        parts.append(f"phenomenonTime ge {_literal(stated.since)}")
    if stated.until is not None:
        parts.append(f"phenomenonTime lt {_literal(stated.until)}")
    return " and ".join(parts)


def since_of(stated: SensorThingsSpec) -> datetime | None:
    """From when on observations are asked for.

    Raises
    ------
    SourceError
        ``since`` or ``until`` is no time.
    """
    for text in (stated.since, stated.until):
        if text is not None:
            _moment(text)
    return None if stated.since is None else _moment(stated.since)


def _moment(text: str) -> datetime:
    try:
        made = datetime.fromisoformat(text)
    except ValueError as error:
        raise SourceError(
            f"{text!r} is no time", hint="as ISO 8601 writes it: 2026-01-31T12:00:00Z"
        ) from error
    return made.replace(tzinfo=UTC) if made.tzinfo is None else made


def _literal(text: str) -> str:
    return _moment(text).astimezone(UTC).isoformat().replace("+00:00", "Z")


def _equalities(
    paths: Mapping[str, str], types: Mapping[str, str], where: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """Filters of columns that the server knows; times and lists are compared here."""
    for name, text in where:
        kind = types.get(name, "")
        path = paths.get(name)
        if path is None or kind.startswith(("timestamp", "list", "struct")):
            continue
        if kind in ("int64", "double"):
            if as_number(text) is not None:
                yield f"{path} eq {text}"
        elif kind == "bool":
            yield f"{path} eq {text.lower()}"
        else:
            yield f"{path} eq {quoted(text)}"


def _inside(path: str, bounds: Bounds) -> str:
    west, south, east, north = (f"{one:.9g}" for one in bounds)
    ring = f"{west} {south},{east} {south},{east} {north},{west} {north},{west} {south}"
    return f"st_intersects({path},geography'POLYGON(({ring}))')"


def _selected(
    name: str,
    paths: Mapping[str, str],
    columns: Sequence[str],
    where: Sequence[tuple[str, str]],
) -> str:
    needed = [*columns, *(one for one, _ in where)]
    members = [paths.get(one, one).partition("/")[0] for one in needed]
    plain = [one for one in members if one[:1].islower()]  # the others are expanded entities
    return ",".join(dict.fromkeys(("id", *plain, *_NEEDED.get(name, ()))))
