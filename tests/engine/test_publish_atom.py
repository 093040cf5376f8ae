"""Publishing into a folder: a download service by ATOM that our own source reads back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from click.testing import CliRunner
from lxml import etree

from commonplace.batch import Query
from commonplace.cli import cli
from commonplace.errors import OutputError, SourceError
from commonplace.job import SourceSpec
from commonplace.jobreading import read_job
from commonplace.pipeline import run
from commonplace.publish.atom import AtomWish, publish_atom
from commonplace.publish.changes import Changes, Counts
from commonplace.sources.atom import AtomSource
from servers.ranges import FileServer, serve_files
from support.packages import features_in, houses_package, without

JOBS = Path(__file__).parents[2] / "processing" / "jobs"
ROWS = 20
NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "georss": "http://www.georss.org/georss",
    "dls": "http://inspire.ec.europa.eu/schemas/inspire_dls/1.0",
    "os": "http://a9.com/-/spec/opensearch/1.1/",
}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packages")


@pytest.fixture(scope="module")
def package(packages: Path) -> Path:
    return houses_package(packages, ROWS)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[FileServer]:
    (tmp_path / "atom").mkdir()
    with serve_files(tmp_path / "atom") as running:
        yield running


def send(server: FileServer, package: Path, folder: Path, **wishes: Any) -> Changes:
    return publish_atom(package, folder / "atom", AtomWish(server.url, **wishes))


def contents(folder: Path) -> dict[str, str]:
    """Hashes of all files, by path."""
    files = [one for one in folder.rglob("*") if one.is_file()]
    return {str(one.relative_to(folder)): sha256(one.read_bytes()).hexdigest() for one in files}


def test_our_source_reads_back_what_was_published(
    server: FileServer, package: Path, tmp_path: Path
) -> None:
    changes = send(server, package, tmp_path, service_metadata="https://csw.example/x")
    assert changes.layers == {"files": Counts(new=4), "feeds": Counts(new=4)}
    assert changes.findings.count() == 0
    assert read_back(server) == set(features_in(package))


def read_back(server: FileServer) -> set[str]:
    source = AtomSource(SourceSpec(url=f"{server.url}/service.xml"))
    (layer,) = source.layers()
    assert layer.crs == "EPSG:4258"
    assert layer.extent is not None
    batches = source.batches(source.layer(layer.name), Query())
    return {row["gml_id"] for batch in batches for row in batch.to_pylist()}


def test_every_link_leads_to_what_it_says(
    server: FileServer, package: Path, tmp_path: Path
) -> None:
    send(server, package, tmp_path)
    checked = 0
    for path in (tmp_path / "atom").glob("*.xml"):
        for link in etree.parse(path).iterfind(".//{*}link"):
            href = link.get("href")
            if urlsplit(href).netloc != urlsplit(server.url).netloc:
                continue
            answer = httpx.get(href)
            assert answer.status_code == 200, href
            length = link.get("length")
            assert length is None or int(length) == len(answer.content)
            checked += 1
    assert checked >= 9


def test_feeds_are_what_the_guidance_asks_for(
    server: FileServer, package: Path, tmp_path: Path
) -> None:
    """RFC 4287, and TG Download Services 3.1, section 5."""
    send(server, package, tmp_path, service_metadata="https://csw.example/x")
    service = etree.parse(tmp_path / "atom" / "service.xml")

    def found(document: etree._ElementTree, path: str) -> list[str]:
        return [str(one) for one in document.xpath(path, namespaces=NAMES)]

    for path in ("title", "id", "updated", "rights", "author/atom:name", "author/atom:email"):
        assert len(found(service, f"/atom:feed/atom:{path}/text()")) == 1, path
    address = f"{server.url}/service.xml"
    assert found(service, "/atom:feed/atom:id/text()") == [address]
    assert found(service, "/atom:feed/atom:link[@rel='self']/@href") == [address]
    assert found(service, "/atom:feed/atom:link[@rel='describedby']/@href") == [
        "https://csw.example/x"
    ]
    assert found(service, "/atom:feed/atom:link[@rel='search']/@type") == [
        "application/opensearchdescription+xml"
    ]
    entry = "/atom:feed/atom:entry"
    (code,) = found(service, f"{entry}/dls:spatial_dataset_identifier_code/text()")
    (namespace,) = found(service, f"{entry}/dls:spatial_dataset_identifier_namespace/text()")
    record = (package / "metadata" / "houses.xml").read_text("utf-8")
    assert f"{namespace}:{code}" in record
    (polygon,) = found(service, f"{entry}/georss:polygon/text()")
    latitudes = [float(one) for one in polygon.split()[::2]]
    assert all(45 < one < 48 for one in latitudes)
    assert polygon.split()[:2] == polygon.split()[-2:]
    assert "http://www.opengis.net/def/crs/EPSG/0/4258" in found(
        service, f"{entry}/atom:category/@term"
    )
    (feed,) = found(service, f"{entry}/atom:link[@rel='alternate']/@href")
    assert found(service, f"{entry}/atom:id/text()") == [feed]
    dataset = etree.fromstring(httpx.get(feed).content).getroottree()
    assert found(dataset, "/atom:feed/atom:link[@rel='up']/@href") == [address]
    assert found(dataset, "/atom:feed/atom:link[@rel='describedby']/@href") == [
        "http://inspire.ec.europa.eu/featureconcept/Building"
    ]
    ids = found(dataset, f"{entry}/atom:id/text()")
    assert len(ids) == len(set(ids)) == 3
    for path in (tmp_path / "atom").glob("*.xml"):
        assert all(one.get("hreflang") for one in etree.parse(path).iterfind(".//{*}link[@length]"))


def test_the_search_description_answers_from_plain_files(
    server: FileServer, package: Path, tmp_path: Path
) -> None:
    send(server, package, tmp_path)
    root = etree.parse(tmp_path / "atom" / "opensearch.xml").getroot()
    (query, *_) = root.iterfind("os:Query", NAMES)
    values = {
        f"inspire_dls:{name}": query.get(f"{{{NAMES['dls']}}}{name}")
        for name in (
            "spatial_dataset_identifier_code",
            "spatial_dataset_identifier_namespace",
            "crs",
        )
    } | {"language": query.get("language"), "searchTerms": ""}
    answers = {}
    for one in root.iterfind("os:Url", NAMES):
        address = one.get("template")
        for name, value in values.items():
            address = address.replace(f"{{{name}?}}", httpx.QueryParams({"x": value})["x"])
        assert "{" not in address
        answers[one.get("rel"), one.get("type")] = httpx.get(address)
    assert {one.status_code for one in answers.values()} == {200}
    assert b"<feed" in answers["describedby", "application/atom+xml"].content
    data = answers["results", "application/geopackage+sqlite3"].content
    assert data == (package / "data" / "houses.gpkg").read_bytes()


def test_again_changes_nothing_and_a_dry_run_nothing_at_all(
    server: FileServer, package: Path, packages: Path, tmp_path: Path
) -> None:
    dry = send(server, package, tmp_path, dry_run=True)
    assert dry.layers == {"files": Counts(new=4), "feeds": Counts(new=4)}
    assert contents(tmp_path / "atom") == {}
    send(server, package, tmp_path)
    before = contents(tmp_path / "atom")
    times = {one: one.stat().st_mtime_ns for one in (tmp_path / "atom").rglob("*")}
    again = send(server, package, tmp_path)
    assert again.layers == {"files": Counts(same=4), "feeds": Counts(same=4)}
    assert {one: one.stat().st_mtime_ns for one in (tmp_path / "atom").rglob("*")} == times
    later = houses_package(packages, ROWS, name="later", change=without(0))
    changed = send(server, later, tmp_path, dry_run=True).layers["files"]
    assert (changed.changed, contents(tmp_path / "atom")) == (4, before)
    send(server, later, tmp_path)
    assert read_back(server) == set(features_in(later))


def test_an_interrupted_run_goes_on(server: FileServer, package: Path, tmp_path: Path) -> None:
    send(server, package, tmp_path)
    whole = contents(tmp_path / "atom")
    (tmp_path / "atom" / "service.xml").unlink()
    next((tmp_path / "atom" / "data").glob("*.gml")).write_bytes(b"half")
    done = send(server, package, tmp_path)
    assert done.layers["files"] == Counts(changed=1, same=3)
    assert contents(tmp_path / "atom") == whole


def test_files_that_are_gone_stay_until_asked(
    server: FileServer, package: Path, packages: Path, tmp_path: Path
) -> None:
    send(server, package, tmp_path)
    fewer = houses_package(packages, ROWS, name="fewer", formats="gpkg")
    kept = send(server, fewer, tmp_path).layers["files"]
    assert (kept.vanished, kept.deleted) == (2, 0)
    gone = send(server, fewer, tmp_path, delete_vanished=True).layers["files"]
    assert (gone.vanished, gone.deleted) == (2, 2)
    names = {Path(one).suffix for one in contents(tmp_path / "atom") if one.startswith("data/")}
    assert names == {".gpkg"}


def test_two_real_packages_share_a_service(
    server: FileServer, shared: Path, tmp_path: Path
) -> None:
    for job in ("it-agrone-parcels", "fr-arpaillargues-plan"):
        package = tmp_path / job
        run(read_job(JOBS / f"{job}.yaml", {"output.folder": str(package)}))
        changes = send(server, package, tmp_path, title="Plans")
    assert changes.findings.codes() == {"CONTACT_MISSING", "SERVICE_METADATA_MISSING"}
    source = AtomSource(SourceSpec(url=f"{server.url}/service.xml"))
    titles = {one.title for one in source.layers()}
    assert len(titles) == 2
    parcels = next(one for one in source.layers() if "parcels" in (one.title or ""))
    batches = source.batches(source.layer(parcels.name), Query())
    ids = {row["gml_id"] for batch in batches for row in batch.to_pylist()}
    assert ids == set(features_in(tmp_path / "it-agrone-parcels"))
    plans = send(server, tmp_path / "it-agrone-parcels", tmp_path, title="Plans")
    assert plans.layers["feeds"] == Counts(same=5)


def test_what_is_not_ours_is_left_alone(package: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError):
        publish_atom(package, tmp_path, AtomWish("http://x.example"))
    with pytest.raises(SourceError):
        publish_atom(tmp_path, tmp_path / "atom", AtomWish("http://x.example"))
    other = tmp_path / "other"
    publish_atom(package, other, AtomWish("http://x.example"))
    book = json.loads((other / "commonplace-atom.json").read_text("utf-8"))
    for one in book["datasets"].values():
        one["job"] = "somebody"
    (other / "commonplace-atom.json").write_text(json.dumps(book), encoding="utf-8")
    with pytest.raises(SourceError):
        publish_atom(package, other, AtomWish("http://x.example"))


def test_a_zip_is_published_as_its_folder_and_a_damaged_one_is_not(tmp_path: Path) -> None:
    package = houses_package(tmp_path, ROWS, formats="gpkg", packed=True)
    packed = package.with_name("package.zip")
    for source, folder in ((package, "one"), (packed, "other")):
        command = ["publish", str(source), str(tmp_path / folder), "--url", "https://x.example"]
        assert CliRunner().invoke(cli, command).exit_code == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "other")
    (package / "data" / "houses.gpkg").write_bytes(b"other")
    damaged = CliRunner().invoke(
        cli, ["publish", str(package), str(tmp_path / "third"), "--url", "https://x.example"]
    )
    assert isinstance(damaged.exception, SourceError)
    assert "houses.gpkg" in str(damaged.exception)
    assert not (tmp_path / "third").exists()


def test_the_command_wants_an_address(package: Path, tmp_path: Path) -> None:
    command = ["publish", str(package), str(tmp_path / "atom")]
    assert CliRunner().invoke(cli, command).exit_code == 2
    done = CliRunner().invoke(cli, [*command, "--url", "https://x.example/atom", "--json"])
    assert (done.exit_code, json.loads(done.stdout)["layers"]["files"]["new"]) == (0, 4)
