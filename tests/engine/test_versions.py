"""Runs compared with the package before: what is new, changed, the same, and gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from commonplace.contents import keys
from commonplace.errors import CommonplaceError, TargetExists
from commonplace.jobreading import read_job
from commonplace.package import verify
from commonplace.pipeline import run
from commonplace.report import Report, Silent
from commonplace.versions import NEVER, STATED, Change, Known, keep_known, read_stated
from commonplace.worker.handlers import HANDLERS
from commonplace.worker.protocol import Message
from support.houses import MAPPING, columns, write_houses, write_job

VERSIONED = MAPPING.replace(
    "inspireId: =code", "inspireId: =code\n  beginLifespanVersion: =as_of()"
)
FORMATS = "gml, gpkg, geojson"
ROWS = 400
TIMES = ("2026-01-01", "2026-02-01")
Data = dict[str, list[object]]


def change(data: Data) -> None:
    """One house changes, three go, one comes, and one has a value that can't be."""
    data["name"][3] = "Another name"
    data["dwellings"][20] = "many"
    for values in data.values():
        del values[10:13]
    for name, value in (("code", "NEW"), ("dwellings", "1"), ("name", "New")):
        data[name].append(value)
    data["geometry"].append(data["geometry"][0])


def digests(package: Path) -> dict[str, str]:
    files = [*(package / "data").iterdir(), *(package / "versions").iterdir()]
    return {one.name: sha256(one.read_bytes()).hexdigest() for one in sorted(files)}


class Town:
    """A job whose houses may be written anew."""

    def __init__(self, folder: Path, formats: str = FORMATS, mapping: str = VERSIONED) -> None:
        self.folder = folder
        self.package = folder / "package"
        self.source = folder / "houses.gpkg"
        self.houses()
        self.job = write_job(folder, self.source, formats=formats, mapping=mapping)

    def houses(self, change: Callable[[Data], None] | None = None) -> None:
        self.source.unlink(missing_ok=True)
        write_houses(self.source, ROWS, change)

    def run(self, as_of: str, *, compare: bool = True, **settings: str) -> Report:
        named = {key.replace("__", "."): value for key, value in settings.items()}
        named |= {"as_of": as_of, **({"since_last": "true"} if compare else {})}
        return run(read_job(self.job, named))


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


@pytest.mark.parametrize("first_compares", [True, False])
def test_only_what_changed_is_a_new_version(town: Town, first_compares: bool) -> None:
    first = town.run("2026-01-01", compare=first_compares)
    assert (first.since is not None) == first_compares
    town.houses(change)
    report = town.run("2026-02-01", limits__part_rows="150")
    assert report.since is not None
    assert report.since.as_of == "2026-01-01T00:00:00Z"
    found = report.since.types["houses:Building"]
    assert (found.same, found.changed, found.new) == (ROWS - 5, 1, 1)
    assert (found.ended, found.ended_before, found.rejected) == (3, 0, 1)
    assert found.listed == {
        "new": ["NEW"],
        "changed": ["H000003"],
        "ended": ["H000010", "H000011", "H000012"],
    }
    ledger = report.types["houses:Building"]
    assert (ledger.mapped, ledger.carried, ledger.written) == (ROWS - 3, 4, ROWS + 1)
    assert ledger.balances()
    features = json.loads((town.package / "data" / "houses_Building.geojson").read_text())
    begun: dict[str, str] = {}
    ended: dict[str, str | None] = {}
    for feature in features["features"]:
        local = feature["properties"]["inspireId_localId"]
        begun[local] = feature["properties"]["beginLifespanVersion"]
        ended[local] = feature["properties"].get("endLifespanVersion")
    assert [one for one, time in begun.items() if time[:7] == "2026-02"] == ["H000003", "NEW"]
    assert [one for one, time in ended.items() if time] == ["H000010", "H000011", "H000012"]
    assert begun["H000020"][:7] == "2026-01"  # its row was rejected: the earlier version stands
    assert not verify(town.package)


def test_package_without_statement_is_as_good(tmp_path: Path) -> None:
    made = []
    for name, compares in (("stated", True), ("read", False)):
        (tmp_path / name).mkdir()
        town = Town(tmp_path / name)
        town.run("2026-01-01", compare=compares)
        town.houses(change)
        town.run("2026-02-01")
        made.append(
            {one: sha for one, sha in digests(town.package).items() if "parquet" not in one}
        )
    assert len(made[0]) == 3
    assert made[0] == made[1]


@pytest.mark.parametrize("formats", ["gpkg", "geojson", "geoparquet"])
def test_objects_are_read_back_from_flat_encodings(tmp_path: Path, formats: str) -> None:
    town = Town(tmp_path, formats)
    town.run("2026-01-01", compare=False)
    town.houses(change)
    report = town.run("2026-02-01")
    assert report.since is not None
    found = report.since.types["houses:Building"]
    assert (found.same, found.changed, found.new, found.ended) == (ROWS - 5, 1, 1, 3)
    assert report.types["houses:Building"].written == ROWS + 1


def test_twice_gives_the_same_bytes(town: Town) -> None:
    town.run("2026-01-01")
    town.houses(change)
    town.run("2026-02-01")
    once = digests(town.package)
    town.run("2026-02-01", limits__part_rows="90", limits__workers="1")
    assert digests(town.package) == once
    assert len(once) == 4
    later = town.run("2026-03-01")
    assert later.since is not None
    found = later.since.types["houses:Building"]
    assert (found.same, found.changed, found.new, found.ended) == (ROWS - 3, 0, 0, 0)
    assert (found.ended_before, found.rejected) == (3, 1)


@pytest.mark.parametrize("first_compares", [True, False])
def test_date_of_the_source_stays_with_the_version(tmp_path: Path, first_compares: bool) -> None:
    mapping = VERSIONED.replace("as_of()", "source_date()")
    town = Town(tmp_path, "gml", mapping)
    town.run("2026-01-10", compare=first_compares, sources__houses__date="2026-01-01")
    town.houses(change)
    town.run("2026-02-10", sources__houses__date="2026-02-01")
    text = (town.package / "data" / "houses.gml").read_text()
    begun = {time: text.count(f"<bu-base:beginLifespanVersion>{time}") for time in TIMES}
    assert begun == {"2026-01-01": ROWS - 1, "2026-02-01": 2}
    assert text.count("<bu-base:endLifespanVersion>2026-02-10") == 3


def test_what_comes_back_is_new(town: Town) -> None:
    town.run("2026-01-01")
    town.houses(change)
    town.run("2026-02-01")
    town.houses()
    report = town.run("2026-03-01")
    assert report.since is not None
    found = report.since.types["houses:Building"]
    assert found.listed["new"] == ["H000010", "H000011", "H000012"]
    assert found.listed["ended"] == ["NEW"]
    assert report.types["houses:Building"].carried == 1


def test_valid_against_the_official_schemas(
    town: Town, validate_gml: Callable[[Path], list[str]]
) -> None:
    town.run("2026-01-01")
    town.houses(change)
    town.run("2026-02-01")
    assert validate_gml(town.package / "data" / "houses.gml") == []


def test_a_stated_package(town: Town, tmp_path: Path) -> None:
    town.run("2026-01-01", output__folder=str(tmp_path / "january"))
    town.houses(change)
    report = town.run("2026-02-01", compare=False, previous=str(tmp_path / "january"))
    assert report.since is not None
    assert report.since.types["houses:Building"].ended == 3
    with pytest.raises(TargetExists):  # only the package that is compared with is replaced
        town.run("2026-02-01", compare=False, previous=str(tmp_path / "january"))
    with pytest.raises(CommonplaceError) as caught:
        town.run("2026-02-01", previous=str(tmp_path / "nowhere"))
    assert caught.value.code == "SOURCE_UNREACHABLE"


def test_many_ended_is_told(town: Town) -> None:
    town.run("2026-01-01")

    def lose(data: Data) -> None:
        for values in data.values():
            del values[100:]

    town.houses(lose)
    report = town.run("2026-02-01")
    assert "MANY_ENDED" in report.findings.codes()
    assert report.types["houses:Building"].carried == ROWS - 100


def test_types_without_end_lose_what_is_gone(tmp_path: Path) -> None:
    mapping = """
    target: {schema: sdm/Building, namespace: XX.EXAMPLE}
    Building:
      id: =code
      location: =geometry
      category: [house]
      address: {addressCountry: XX}
    """
    town = Town(tmp_path, "ngsild, geojson", mapping)
    town.run("2026-01-01")
    town.houses(change)
    report = town.run("2026-02-01")
    assert report.since is not None
    found = report.since.types["houses:Building"]
    assert (found.ended, found.new) == (3, 1)
    assert report.types["houses:Building"].carried == 0


def test_linked_objects_end_too(shared: Path, tmp_path: Path) -> None:
    job = Path(__file__).parents[2] / "processing" / "jobs" / "nl-amsterdam-addresses.yaml"
    base = {"output.folder": str(tmp_path / "package"), "since_last": "true"}
    run(read_job(job, {**base, "as_of": "2026-01-01"}))
    report = run(read_job(job, {**base, "as_of": "2026-02-01", "sources.bag.limit": "50"}))
    assert report.since is not None
    streets = report.since.types["addresses:ThoroughfareName"]
    assert streets.ended > 0
    assert streets.new == streets.changed == streets.rejected == 0
    assert all(one.balances() for one in report.types.values())
    assert "REFERENCE_DANGLING" not in report.findings.codes()


def test_statement_names_every_object(town: Town) -> None:
    town.run("2026-01-01")
    table = pq.read_table(town.package / "versions" / "houses.parquet")
    assert table.schema.names == STATED.names
    assert table.column("id").to_pylist() == columns(ROWS)["code"]
    assert table.column("until").null_count == ROWS
    stated = read_stated(town.package, "houses")
    assert stated is not None
    assert pa.Table.from_batches(stated).num_rows == ROWS
    assert read_stated(town.package, "others") is None
    manifest = json.loads((town.package / "package.json").read_text())
    assert "versions/houses.parquet" in [one["path"] for one in manifest["documents"]]


def test_lookup_of_keys_that_share_a_half(tmp_path: Path) -> None:
    ids = pa.array([f"a{number}" for number in range(1000)])
    rows = pa.RecordBatch.from_arrays(
        [
            pa.array(["T"] * 1000),
            ids,
            pa.array([bytes([number % 251]) * 16 for number in range(1000)], pa.binary(16)),
            pa.array([5] * 1000, pa.int64()).cast(STATED.field("since").type),
            pa.nulls(1000, STATED.field("dated").type),
            pa.nulls(1000, STATED.field("until").type),
        ],
        schema=STATED,
    )
    keep_known([rows.slice(0, 600), rows.slice(600)], tmp_path, tmp_path)
    known = Known.at(tmp_path)
    assert len(known.keys) == 1000
    new = np.full(1000, 9)
    changes, since, dated = known.compare(keys("T", ids), rows.column("content"), new, new)
    assert set(changes) == {Change.SAME}
    assert set(since) == {5}
    assert set(dated) == {NEVER}
    other, since, dated = known.compare(keys("U", ids), rows.column("content"), new, new)
    assert set(other) == {Change.NEW}
    assert set(since) == set(dated) == {9}
    halves = np.repeat(known.keys[:1], 4, axis=0).copy()
    halves[:, 1] = [1, 2, 3, 4]
    alike = Known(halves, np.repeat(known.contents[:1], 4, axis=0), np.arange(4), np.arange(4))
    wanted = pa.array([one.astype(">u8").tobytes() for one in halves[2:3]], pa.binary(16))
    held = pa.array([alike.contents[0].astype(">u8").tobytes()], pa.binary(16))
    changes, since, _ = alike.compare(wanted, held, new[:1], new[:1])
    assert (changes[0], since[0]) == (Change.SAME, 2)


def test_the_worker_compares_when_asked(town: Town) -> None:
    request: Message = {"job": town.job.read_text(), "folder": str(town.folder)}
    *_, first = HANDLERS["run"](request, Silent())
    assert first["counts"]["changes"] is None
    town.houses(change)
    *_, second = HANDLERS["run"]({**request, "since_last": True}, Silent())
    assert second["counts"]["changes"] == {
        "houses:Building": {"new": 1, "changed": 1, "same": ROWS - 5, "ended": 3, "rejected": 1}
    }
