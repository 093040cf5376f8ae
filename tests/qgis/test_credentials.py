"""Credentials of QGIS's authentication manager, asked for by the engine, through a real QGIS."""

from __future__ import annotations

import base64
import dataclasses
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commonplace.ngsi import context
from servers import broker as standin

TOKEN = "hush-token-4711"
HEADER = "x-esri-authorization"  # what 3.22 has of methods with a header of their own
LOGIN = "town:hush-word-4711"
SECRET = "hush-"
MASTER = "master-of-the-test"


@dataclasses.dataclass(frozen=True)
class Guarded:
    """A broker that wants credentials, and a QGIS whose auth database has them."""

    broker: standin.Broker
    url: str
    qgis: Any
    ids: dict[str, str]

    def run(self, algorithm: str, **parameters: object) -> subprocess.CompletedProcess[str]:
        given = [f"{name}={value}" for name, value in parameters.items()]
        done: subprocess.CompletedProcess[str] = self.qgis.process(
            "run", f"commonplace:{algorithm}", "--", *given
        )
        return done

    def told(self) -> str:
        """The logs of the engine."""
        folder = self.qgis.profile / "commonplace"
        return "".join(path.read_text(errors="replace") for path in folder.glob("worker.log*"))


@pytest.fixture
def guarded(staged: Any, tmp_path: Path) -> Iterator[Guarded]:
    database, password = tmp_path / "auth", tmp_path / "master"
    database.mkdir()
    password.write_text(MASTER)
    paths = {"QGIS_AUTH_DB_DIR_PATH": str(database), "QGIS_AUTH_PASSWORD_FILE": str(password)}
    qgis = dataclasses.replace(staged, environment={**staged.environment, **paths})
    user, _, word = LOGIN.partition(":")
    ids = qgis.script(
        "authorise",
        master=MASTER,
        configurations={
            "header": ["EsriToken", {"token": TOKEN}],
            "basic": ["Basic", {"username": user, "password": word}],
            "wrong": ["Basic", {"username": user, "password": "hush-wrong"}],
        },
    )
    broker = standin.Broker()
    basic = f"Basic {base64.b64encode(LOGIN.encode()).decode()}"
    broker.faults.keys = {"authorization": basic, HEADER: f"Bearer {TOKEN}"}
    with standin.serve(broker) as url:
        yield Guarded(broker, url, qgis, ids)


@pytest.fixture
def benches(tmp_path: Path) -> Path:
    name = {"type": "Property", "value": "Bench"}
    place = {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [9, 53]}}
    entity = {"id": "urn:ngsi-ld:Bench:X:1", "type": "Bench", "name": name, "location": place}
    path = tmp_path / "benches.ngsild.jsonld"
    path.write_text(json.dumps([{**entity, "@context": [context.CORE]}]), encoding="utf-8")
    return path


def test_entities_are_published_and_judged_where_credentials_are_wanted(
    guarded: Guarded, benches: Path, tmp_path: Path
) -> None:
    published = guarded.run(
        "publishtongsild", INPUT=benches, BROKER=guarded.url, AUTHCFG=guarded.ids["header"]
    )
    assert published.returncode == 0, published.stdout + published.stderr
    assert "CREATED:\t1" in published.stdout
    page = tmp_path / "mim7.html"
    judged = guarded.run(
        "mim7report", ADDRESS=guarded.url, REPORT=page, AUTHCFG=guarded.ids["basic"]
    )
    assert judged.returncode == 0, judged.stdout + judged.stderr
    shown = {name for one in guarded.broker.requests for name in one.headers}
    assert {HEADER, "authorization"} <= shown
    told = [published.stdout, published.stderr, judged.stdout, judged.stderr]
    told += [page.read_text(encoding="utf-8"), guarded.told()]
    assert SECRET not in "".join(told)


def test_a_job_names_a_configuration(guarded: Guarded, tmp_path: Path) -> None:
    guarded.broker.load(
        [
            {
                "id": "urn:ngsi-ld:House:1",
                "type": "House",
                "floors": {"type": "Property", "value": 3},
                "location": {"type": "GeoProperty", "value": square()},
            }
        ],
        "",
    )
    (tmp_path / "houses.yaml").write_text(
        "target: {schema: bu-core2d/4.0, namespace: DE.EXAMPLE.BU, language: deu}\n"
        "from: {layers: [House]}\n"
        "Building:\n"
        "  inspireId: =id\n"
        "  geometry2D: {geometry: =geometry, referenceGeometry: true,"
        " horizontalGeometryReference: footPrint}\n"
        "  conditionOfConstruction: functional\n"
    )
    job = tmp_path / "job.yaml"
    job.write_text(
        "title: Houses\nlicence: CC0-1.0\nattribution: The town\n"
        f"sources: {{town: {{url: '{guarded.url}', kind: ngsild,"
        f" auth: {guarded.ids['header']}}}}}\n"
        "datasets: [{mapping: houses.yaml, source: town}]\n"
        "output: {folder: package, formats: [geojson, gml]}\n"
    )
    done = guarded.run("exportpackage", JOB=job)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WRITTEN:\t1" in done.stdout
    package = [path for path in (tmp_path / "package").rglob("*") if path.is_file()]
    assert [one for one in package if SECRET.encode() in one.read_bytes()] == []
    assert SECRET not in done.stdout + done.stderr + guarded.told()


def square() -> dict[str, Any]:
    ring = [[9, 53], [9.001, 53], [9.001, 53.001], [9, 53.001], [9, 53]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_in_the_background_the_main_thread_gives_them(guarded: Guarded, benches: Path) -> None:
    stated = {"INPUT": str(benches), "BROKER": guarded.url}
    told = guarded.qgis.script(
        "in_background",
        master=MASTER,
        algorithm="commonplace:publishtongsild",
        forms=[{**stated, "AUTHCFG": guarded.ids[name]} for name in ("basic", "wrong")],
    )
    (right, results), (wrong, _) = told["ended"]
    assert (right, results["CREATED"]) == (True, 1)
    assert not wrong
    assert "a key is needed" in told["said"]
    assert SECRET not in json.dumps(told) + guarded.told()
