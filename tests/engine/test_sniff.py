"""Which kind of source a path or URL is, from its name and first bytes."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from commonplace.errors import DocumentError
from commonplace.job import SourceSpec
from commonplace.jobreading import parse_job
from commonplace.sources import SOURCES, open_source, recognise
from commonplace.sources.sniff import is_url
from support.citymodels import as_citygml, as_sequence, town


def of_path(path: Path) -> str:
    return recognise(SourceSpec(path=path))


def test_city_models(tmp_path):
    document = tmp_path / "town.json"
    document.write_text(json.dumps(town()))
    late = tmp_path / "late.json"  # members may stand in any order
    late.write_text(json.dumps({one: town()[one] for one in sorted(town())}))
    assert of_path(document) == of_path(late) == "cityjson"
    assert of_path(as_sequence(town(), tmp_path / "town.city.jsonl")) == "cityjson"
    assert of_path(as_citygml(town(), tmp_path / "town.gml")) == "citygml"
    other = tmp_path / "other.json"
    other.write_text('{"type": "FeatureCollection", "features": []}')
    assert of_path(other) == "file"


def test_the_dutch_base_map_is_no_city_model(root):
    assert of_path(root / "tests" / "library" / "tn" / "nl-bgt-roads.gml") == "file"


def test_feeds(tmp_path):
    feed = tmp_path / "bus.zip"
    with zipfile.ZipFile(feed, "w") as archive:
        archive.writestr("stops.txt", "")
        archive.writestr("routes.txt", "")
    assert of_path(feed) == "gtfs"
    (tmp_path / "feed").mkdir()
    assert of_path(tmp_path / "feed") == "file"
    for name in ("stops.txt", "routes.txt"):
        (tmp_path / "feed" / name).touch()
    assert of_path(tmp_path / "feed") == "gtfs"
    (tmp_path / "broken.zip").write_bytes(b"PK")
    assert of_path(tmp_path / "broken.zip") == "file"
    assert of_path(tmp_path / "nothing.zip") == "file"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("postgresql://gis@db/city", "postgis"),
        ("postgres:///?service=city", "postgis"),
        ("https://example.com/data/houses.fgb", "remote"),
        ("https://example.com/data/houses.FGB?v=2", "remote"),
        ("https://example.com/town.city.json", "remote"),
        ("https://example.com/collections/houses/items", "ogcapi"),
    ],
)
def test_addresses(url, kind):
    assert recognise(SourceSpec(url=url)) == kind
    assert is_url(url)
    open_source(SourceSpec(url=url))  # nothing is asked yet


def test_paths_are_no_urls():
    assert not any(is_url(one) for one in ("C:\\data\\x.gpkg", "x.gpkg", "/vsizip/x", "http"))


def test_every_kind_has_its_class():
    for module, name in SOURCES.values():
        assert hasattr(__import__(module, fromlist=[name]), name)


@pytest.mark.parametrize(
    ("url", "refused"),
    [
        ("postgresql://gis@db:5432/city", False),
        ("postgresql:///?service=city", False),
        ("postgresql://gis:hush-hush@db/city", True),
        ("postgresql://db/city?password=hush-hush", True),
        ("ftp://db/city", True),
    ],
)
def test_a_job_names_a_database_without_its_password(url, refused, tmp_path):
    text = (
        "title: T\nlicence: L\nattribution: A\n"
        f"sources: {{town: {{url: '{url}'}}}}\n"
        "datasets: [{mapping: m.yaml, source: town}]\noutput: {folder: out}\n"
    )
    if refused:
        with pytest.raises(DocumentError) as error:
            parse_job(text, tmp_path)
        assert "hush-hush" not in str(error.value)
    else:
        assert parse_job(text, tmp_path).sources["town"].url == url
