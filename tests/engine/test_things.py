"""One identity: SensorThings Thing, feature and entity in the id-map of a run."""

from __future__ import annotations

from pathlib import Path

from commonplace.jobreading import read_job
from commonplace.ngsi.entities import read_id_map
from commonplace.pipeline import run
from servers.loopback import serving
from servers.sensorthings import Service, made

THINGS = """
target: {schema: sdm/Device, namespace: XX}
from: {layers: [Things]}
Device:
  id: =id
  name: =name
"""
STREAMS = THINGS.replace("Things", "Datastreams").replace("=id", "=thing_id")
MADE_UP = THINGS.replace("id: =id", "id: =name")
JOB = """
title: Things
licence: CC0-1.0
attribution: Nobody
as_of: 2026-01-01
sources: {{things: {{url: {url}, kind: sensorthings}}}}
datasets: [{{name: things, mapping: mapping.yaml, source: things}}]
crs: {{target: EPSG:4326}}
output: {{folder: package, formats: [ngsild]}}
"""


def id_map(folder: Path, service: Service, mapping: str) -> tuple[str, list[dict[str, str]]]:
    folder.mkdir(exist_ok=True)
    (folder / "mapping.yaml").write_text(mapping, encoding="utf-8")
    with serving(service) as url:
        root = f"{url}/sta/v1.1"
        (folder / "job.yaml").write_text(JOB.format(url=root), encoding="utf-8")
        output = {"output.folder": str(folder / "package"), "output.replace": "true"}
        run(read_job(folder / "job.yaml", output))
    rows: list[dict[str, str]] = read_id_map(
        folder / "package" / "data" / "things_id-map.csv"
    ).to_pylist()
    return root, rows


def test_numbers_are_bare_in_addresses(tmp_path: Path) -> None:
    root, rows = id_map(tmp_path, made(3, 1, 1), THINGS)
    assert [(one["feature"], one["entity"], one["thing"]) for one in rows] == [
        (f"Device.{n}", f"urn:ngsi-ld:Device:XX:{n}", f"{root}/Things({n})") for n in (0, 1, 2)
    ]


def test_texts_are_quoted_and_datastreams_lead_to_their_thing(tmp_path: Path) -> None:
    service = made(2, 1, 1)
    for one in service.store["Things"]:
        one["@iot.id"] = f"it's {one['@iot.id']}"
    service.related = {
        (name, f"it's {key}" if name == "Things" else key, link): (
            [f"it's {one}" for one in ids] if link == "Thing" else ids
        )
        for (name, key, link), ids in service.related.items()
    }
    root, rows = id_map(tmp_path, service, THINGS)
    assert [one["thing"] for one in rows] == [f"{root}/Things('it''s {n}')" for n in (0, 1)]
    root, rows = id_map(tmp_path / "streams", service, STREAMS)
    assert [one["thing"] for one in rows] == [f"{root}/Things('it''s {n}')" for n in (0, 1)]


def test_what_has_another_id_has_no_thing_unless_somebody_wrote_one(tmp_path: Path) -> None:
    service = made(2, 1, 1)
    _, rows = id_map(tmp_path, service, MADE_UP)
    assert {one["thing"] for one in rows} == {""}
    path = tmp_path / "package" / "data" / "things_id-map.csv"
    text = path.read_text("utf-8")
    entity = rows[0]["entity"]
    path.write_text(text.replace(f"{entity},,", f"{entity},mine,"), encoding="utf-8")
    _, rows = id_map(tmp_path, service, MADE_UP)
    assert [one["thing"] for one in rows] == ["mine", ""]


def test_the_services_own_address_replaces_an_earlier_one(tmp_path: Path) -> None:
    service = made(2, 1, 1)
    before, _ = id_map(tmp_path, service, THINGS)
    after, rows = id_map(tmp_path, service, THINGS)
    assert before != after  # another port
    assert [one["thing"] for one in rows] == [f"{after}/Things({n})" for n in (0, 1)]
