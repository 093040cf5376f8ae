"""What was served and published, read by a real QGIS."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from commonplace.database.session import address_of
from commonplace.publish.postgis import PostgisWish, publish_postgis
from commonplace.publish.tables import tables_of
from servers.postgis import serve_postgis
from servers.serving import serve_package
from support.packages import features_in, houses_package
from support.qgis import run_in_qgis

HERE = Path(__file__).parent
ROWS = 120


def read_by_qgis(home: Path, *stated: str) -> list[dict[str, Any]]:
    answer = home / "answer.json"
    printed = run_in_qgis(HERE / "read_services.py", home, answer, *stated)
    assert answer.is_file(), printed
    found: list[dict[str, Any]] = json.loads(answer.read_text())
    return found


def test_qgis_reads_the_served_api_and_the_published_tables(tmp_path: Path) -> None:
    package = houses_package(tmp_path, ROWS)
    with serve_package(package) as url, serve_postgis() as server:
        publish_postgis(tables_of(package), address_of(server.url()), PostgisWish(schema="town"))
        features = f"url='{url}' typename='building'"
        place = f"host={server.host} port={server.port} dbname='city' user='owner'"
        table = (
            f'{place} key=\'gml_id\' srid=4258 type=Polygon table="town"."building" (geometry2d)'
        )
        served, published = read_by_qgis(tmp_path, "OAPIF", features, "postgres", table)
    ids = set(features_in(package))
    assert (served["valid"], len(served["rows"])) == (True, ROWS)
    assert {ids & set(one["values"]) != set() for one in served["rows"]} == {True}
    assert all(one["area"] > 0 for one in served["rows"])
    assert {"inspireId_localId", "numberOfDwellings"} <= set(served["fields"])
    assert (published["valid"], published["crs"]) == (True, "EPSG:4258")
    at = published["fields"].index("gml_id")
    assert {one["values"][at] for one in published["rows"]} == ids
    assert published["key"] == [at]
    assert published["comment"] == "Houses"
