"""A provider for pygeoapi: features of a :mod:`commonplace.serving.store`.

In a configuration it is called ``commonplace.serving.provider.StoreProvider``; ``data`` is
the SQLite file and ``table`` the layer. Read only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import orjson
import shapely
from flask import has_request_context, request
from pygeoapi.provider.base import (
    BaseProvider,
    ProviderConnectionError,
    ProviderInvalidQueryError,
    ProviderItemNotFoundError,
)

from commonplace.publish.placing import moved
from commonplace.serving.boxes import box_of

CHUNK: Final = 500  # SQLite's limit of parameters is 999 in old versions

FIELDS: Final = "SELECT name, type FROM fields WHERE layer = ?"
EQUALS: Final = "CAST(json_extract(feature, ?) AS TEXT) = ?"
TRUTHS: Final = {"true": "1", "false": "0"}  # as SQLite gives them

Feature = dict[str, Any]


class StoreProvider(BaseProvider):  # type: ignore[misc]
    """Features by id, box, property and page. One instance serves one request."""

    def __init__(self, provider_def: dict[str, Any]) -> None:
        super().__init__(provider_def)
        self._path = Path(self.data)
        self._layer = str(provider_def["table"])
        self._table = self._layer.replace('"', '""')
        with closing(self._open()) as database:
            rows = database.execute(FIELDS, (self._layer,)).fetchall()
        self._known: dict[str, dict[str, str]] = {name: {"type": kind} for name, kind in rows}
        self._fields = self._known  # read by pygeoapi

    def get_fields(self) -> dict[str, dict[str, str]]:
        """Names and JSON types of the properties."""
        return self._known

    def get(self, identifier: str, **kwargs: Any) -> Feature:
        """The feature of an id."""
        with closing(self._open()) as database:
            asked = f'SELECT feature FROM "{self._table}" WHERE id = ?'
            row = database.execute(asked, (identifier,)).fetchone()
        if row is None:
            raise ProviderItemNotFoundError(f"item {identifier} not found")
        return _answered(row[0], kwargs.get("crs_transform_spec"))

    def query(
        self,
        offset: int = 0,
        limit: int = 10,
        resulttype: str = "results",
        bbox: Sequence[float] = (),
        properties: Sequence[tuple[str, str]] = (),
        sortby: Sequence[Mapping[str, str]] = (),
        select_properties: Sequence[str] = (),
        skip_geometry: bool = False,
        filterq: Any = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """A page of features. Parameters are pygeoapi's (``BaseProvider.query``)."""
        if filterq is not None:
            raise ProviderInvalidQueryError(
                user_msg="this service has no CQL filters; ask by properties and bbox"
            )
        where, values = self._conditions(properties)
        order = self._order(sortby)
        with closing(self._open()) as database:
            if bbox:
                inside = self._inside(database, list(bbox), where, values, order)
                matched, texts = len(inside), self._texts(database, inside[offset : offset + limit])
            else:
                counted = f'SELECT count(*) FROM "{self._table}" f{where}'
                (matched,) = database.execute(counted, values).fetchone()
                page = f'SELECT feature FROM "{self._table}" f{where}{order} LIMIT ? OFFSET ?'
                texts = (row[0] for row in database.execute(page, [*values, limit, offset]))
            wanted = [] if resulttype == "hits" else list(texts)
        features = [_answered(one, kwargs.get("crs_transform_spec")) for one in wanted]
        for one in features:
            if select_properties:
                kept = {name: one["properties"].get(name) for name in select_properties}
                one["properties"] = kept
            if skip_geometry:
                one["geometry"] = None
        return {
            "type": "FeatureCollection",
            "features": features,
            "numberMatched": matched,
            "numberReturned": len(features),
        }

    def _open(self) -> sqlite3.Connection:
        address = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            return sqlite3.connect(address, uri=True)
        except sqlite3.Error as error:
            raise ProviderConnectionError(f"{self._path.name} can't be opened") from error

    def _conditions(self, properties: Sequence[tuple[str, str]]) -> tuple[str, list[str]]:
        """Equal to what was asked, as text: a query string knows no types."""
        values: list[str] = []
        for name, value in properties:
            truth = self._known[name]["type"] == "boolean"
            values += [_path(name), TRUTHS.get(value, value) if truth else value]
        terms = [EQUALS] * len(properties)
        return (" WHERE " + " AND ".join(terms) if terms else ""), values

    def _order(self, sortby: Sequence[Mapping[str, str]]) -> str:
        terms = []
        for one in sortby:
            down = " DESC" if one["order"] == "-" else ""
            quoted = _path(one["property"]).replace("'", "''")
            terms.append(f"json_extract(feature, '{quoted}'){down}")
        return " ORDER BY " + ", ".join([*terms, "f.n"])

    def _inside(
        self,
        database: sqlite3.Connection,
        bbox: list[float],
        where: str,
        values: list[str],
        order: str,
    ) -> list[int]:
        """Numbers of the features whose geometry meets a box, in order."""
        area = _asked_area(bbox)
        west, south, east, north = area.bounds
        place = f'"{self._table}_place"'
        asked = (
            f"SELECT f.n, p.west, p.south, p.east, p.north FROM {place} p"
            f' JOIN "{self._table}" f USING (n)'
            f"{where or ' WHERE 1'} AND p.east >= ? AND p.west <= ?"
            f" AND p.north >= ? AND p.south <= ?{order}"
        )
        rows = database.execute(asked, [*values, west, east, south, north]).fetchall()
        if not rows:
            return []
        shapely.prepare(area)
        whole = shapely.contains(area, shapely.box(*zip(*(row[1:] for row in rows), strict=True)))
        numbers = [row[0] for row in rows]
        edge = [n for n, sure in zip(numbers, whole, strict=True) if not sure]
        met: set[int] = set()
        for n, text in zip(edge, self._texts(database, edge), strict=True):
            if shapely.intersects(area, shapely.from_geojson(text)):
                met.add(n)
        return [n for n, sure in zip(numbers, whole, strict=True) if sure or n in met]

    def _texts(self, database: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[str]:
        """Texts of features, in the order of their numbers as given."""
        for start in range(0, len(numbers), CHUNK):
            some = numbers[start : start + CHUNK]
            marks = ",".join("?" * len(some))
            asked = f'SELECT n, feature FROM "{self._table}" WHERE n IN ({marks})'
            found = dict(database.execute(asked, some).fetchall())
            yield from (found[n] for n in some)


def _asked_area(bbox: list[float]) -> Any:
    """The box as it was asked: pygeoapi moves two corners of it and calls that a box."""
    if has_request_context():
        stated = request.args.get("bbox", "")
        crs = request.args.get("bbox-crs")
        return box_of([float(one) for one in stated.split(",")], crs)
    return box_of(bbox, None)


def _answered(text: str, crs: Any) -> Feature:
    feature: Feature = orjson.loads(text)
    return feature if crs is None else moved(feature, crs.target_crs_uri)


def _path(name: str) -> str:
    """The JSON path of a property."""
    quoted = name.replace('"', '\\"')
    return f'$.properties."{quoted}"'
