"""Every document of the library: its sample everywhere, its real data where they are.

A document is one file, ``mapping/library/<theme>/<name>.yaml``, with a sample of invented rows
beside this test: ``tests/library/<theme>/<name>.geojson`` (or ``.gml``). A GeoJSON sample states
the layer of each feature, the mapping's parameters, and how many objects come of it; of real
data and other samples ``tests/library/runs.yaml`` says so. Crosswalks between models
(``sdm/*-to-*``) have a test of their own.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from click.testing import CliRunner
from lxml import etree

from commonplace import library
from commonplace.checking import check_mapping_file
from commonplace.cli import cli
from commonplace.errors import DocumentError
from commonplace.jobreading import parse_job, read_job
from commonplace.mapping.document import read_mapping
from commonplace.pipeline import run
from commonplace.report import Report, Severity
from commonplace.validation import validate
from document_library import table
from support.sdm import faults
from support.xsd import gml_errors

SAMPLES: Final = Path(__file__).parents[1] / "library"
RUNS: Final[dict[str, dict[str, Any]]] = yaml.safe_load((SAMPLES / "runs.yaml").read_text("utf-8"))
NAMES: Final = [one.name for one in library.entries() if "-to-" not in one.name]
LARGEST_SAMPLE: Final = 100
GML_ID: Final = "{http://www.opengis.net/gml/3.2}id"
NAMESPACE: Final = "XX.EXAMPLE"


@dataclass(frozen=True)
class Case:
    """One document over one set of sources, and what must come of it."""

    name: str
    sources: list[dict[str, str]]
    parameters: dict[str, str]
    written: dict[str, int]
    errors: dict[str, int]

    @property
    def dataset(self) -> str:
        return self.name.partition("/")[2]


@dataclass(frozen=True)
class Done:
    """A document, run."""

    case: Case
    report: Report
    folder: Path

    @property
    def file(self) -> Path:
        (found,) = self.folder.glob(f"{self.case.dataset}*.gml")
        return found

    def written(self) -> dict[str, int]:
        ledgers = self.report.types.items()
        return {
            name.partition(":")[2]: one.written
            for name, one in ledgers
            if name.partition(":")[0] == self.case.dataset
        }

    def unmapped(self) -> set[str]:
        """Columns that the document neither reads nor ignores."""
        layers = self.report.unused_columns.items()
        mine = f"{self.case.dataset}:"
        return {one for label, names in layers if label.startswith(mine) for one in names}

    def errors(self) -> dict[str, int]:
        """Findings of severity error about the data set or the layers it reads."""
        layers = _document(self.case).layers
        mine = (self.case.dataset, *layers)
        found: dict[str, int] = {}
        for first, count, _ in self.report.findings.grouped():
            if first.severity is Severity.ERROR and (
                first.layer in mine or (first.layer or "").startswith(f"{self.case.dataset}:")
            ):
                found[first.code] = found.get(first.code, 0) + count
        return found


class Runner:
    """Runs the documents of a theme as one job, once."""

    def __init__(self, folder: Path, cases: Mapping[str, Case]) -> None:
        self._folder = folder
        self._cases = cases
        self._reports: dict[str, Report] = {}

    def done(self, name: str) -> Done:
        theme = name.partition("/")[0]
        if theme not in self._reports:
            mine = [one for key, one in self._cases.items() if key.startswith(f"{theme}/")]
            self._reports[theme] = run(parse_job(_job(theme, mine), self._folder))
        return Done(self._cases[name], self._reports[theme], self._folder / theme / "data")


def _name(source: Mapping[str, str]) -> str:
    """One for the same source, so that it is opened once in a job."""
    return "-".join(source.values())


def _job(theme: str, cases: list[Case]) -> str:
    sources = {_name(source): source for case in cases for source in case.sources}
    datasets = [
        {
            "name": case.dataset,
            "mapping": f"library:{case.name}",
            "source": [_name(source) for source in case.sources],
            "parameters": case.parameters,
        }
        for case in cases
    ]
    return yaml.safe_dump(
        {
            "title": "Library",
            "licence": "CC0-1.0",
            "attribution": "a",
            "as_of": "2026-11-24",
            "sources": sources,
            "datasets": datasets,
            "crs": {"target": "EPSG:4258"},
            "privacy": {"decided_by": "tester"},
            "limits": {"workers": "1"},
            "output": {"folder": theme, "formats": ["ngsild" if theme == "sdm" else "gml"]},
        }
    )


def _sample(name: str) -> Path:
    found = [
        path for suffix in (".geojson", ".gml") if (path := SAMPLES / f"{name}{suffix}").is_file()
    ]
    assert len(found) == 1, f"{name} needs one sample in tests/library"
    return found[0]


def _sample_case(name: str, folder: Path) -> Case:
    path = _sample(name)
    if path.suffix == ".gml":
        stated = RUNS[name]["sample"]
        parameters, expected = stated.get("parameters", {}), stated["expected"]
        copy = folder / f"{path.stem}.gml"
        shutil.copy(path, copy)  # GDAL leaves files beside what it reads
        sources = [{"path": str(copy)}]
    else:
        collection = json.loads(path.read_text("utf-8"))
        parameters, expected = collection.get("parameters", {}), collection["expected"]
        sources = [{"path": str(_layers(collection, folder / name))}]
    return Case(name, sources, {"namespace": NAMESPACE, **parameters}, expected, {})


def _layers(collection: dict[str, Any], folder: Path) -> Path:
    """A file for each layer of a sample."""
    folder.mkdir(parents=True)
    crs = {"crs": collection["crs"]} if "crs" in collection else {}
    for layer in dict.fromkeys(one["layer"] for one in collection["features"]):
        features = [one for one in collection["features"] if one["layer"] == layer]
        whole = {"type": "FeatureCollection", "name": layer, **crs, "features": features}
        (folder / f"{layer}.geojson").write_text(json.dumps(whole), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    folder = tmp_path_factory.mktemp("samples")
    (folder / "in").mkdir()
    return Runner(folder, {name: _sample_case(name, folder / "in") for name in NAMES})


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    folder = tmp_path_factory.mktemp("real")
    cases = {}
    for name, stated in RUNS.items():
        for source in stated["sources"]:
            place = source["path"].partition("/")[0]
            if not (folder / "in" / place).exists():
                shutil.copytree(shared / "data" / place, folder / "in" / place)
        sources = [{**one, "path": f"in/{one['path']}"} for one in stated["sources"]]
        parameters = {"namespace": NAMESPACE, **stated.get("parameters", {})}
        cases[name] = Case(name, sources, parameters, stated["written"], stated.get("errors", {}))
    return Runner(folder, cases)


def _document(case: Case) -> Any:
    return read_mapping(library.FOLDER / f"{case.name}.yaml", case.parameters)


def test_the_page_lists_every_document(root: Path) -> None:
    text = (root / "docs" / "library.md").read_text(encoding="utf-8")
    assert table() in text, "run: python tools/document_library.py"


def test_a_name_that_is_none_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        library.entry("hy/nl-bgt-watr")
    assert "hy/nl-bgt-water" in str(caught.value)
    case = Case("hy/nl-bgt-watr", [{"path": "in"}], {}, {}, {})
    with pytest.raises(DocumentError) as caught:
        parse_job(_job("hy", [case]), tmp_path)
    (problem,) = caught.value.problems
    assert problem.path == "$.datasets[0].mapping"
    assert "hy/nl-bgt-water" in problem.message


def test_the_command_line_lists_and_shows() -> None:
    listed = CliRunner().invoke(cli, ["library", "list", "--theme", "hy", "--json"])
    names = [one["name"] for one in json.loads(listed.stdout)]
    assert names == ["hy/fr-bdtopo-water", "hy/nl-bgt-water"]
    shown = CliRunner().invoke(cli, ["library", "show", "library:hy/nl-bgt-water", "--json"])
    one = json.loads(shown.stdout)
    assert (one["target"], one["types"]) == ("hy-p/5.0", ["Watercourse", "StandingWater", "Shore"])
    assert one["parameters"] == ["namespace"]
    text = CliRunner().invoke(cli, ["library", "show", "hy/nl-bgt-water", "--text"]).stdout
    assert text == one["text"]
    assert CliRunner().invoke(cli, ["library", "list", "--theme", "xy"]).exit_code == 2


def test_documents_are_found_by_layer_and_columns() -> None:
    columns = ["LIBELLE", "LIBELONG", "TYPEZONE", "NOMFIC", "URLFIC", "IDURBA", "DATVALID"]
    found = library.entries_of("99999_zone_urba_20200131", columns)
    assert [one.name for one in found] == ["lu/fr-cnig-plu"]
    assert library.entries_of("Building", ["id", "hoogte", "bouwjaar"]) == []


def test_checks_take_parameters() -> None:
    name = "library:hy/nl-bgt-water"
    assert CliRunner().invoke(cli, ["check", name]).exit_code == 2
    given = CliRunner().invoke(cli, ["check", name, "--parameter", f"namespace={NAMESPACE}"])
    assert given.exit_code == 0, given.output


def test_every_document_has_its_real_data() -> None:
    assert sorted(RUNS) == sorted(NAMES)


def test_ready_jobs_give_the_parameters(root: Path) -> None:
    jobs = [read_job(path) for path in (root / "processing" / "jobs").glob("*.yaml")]
    specs = [one for job in jobs for one in job.datasets if library.FOLDER in one.mapping.parents]
    assert len(specs) > 10
    for spec in specs:
        errors, _ = check_mapping_file(spec.mapping, None, spec.parameters)
        assert errors == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_document_says_what_it_is(name: str) -> None:
    one = library.entry(name)
    assert one.title
    assert one.source
    assert one.author
    assert one.licence
    assert "/" in one.target
    assert "namespace" in one.parameters


@pytest.mark.parametrize("name", NAMES)
def test_samples_are_small(name: str) -> None:
    path = _sample(name)
    text = path.read_text("utf-8")
    rows = (
        len(json.loads(text)["features"])
        if path.suffix == ".geojson"
        else text.count("<cityObjectMember>") + text.count("<gml:featureMember>")
    )
    assert 0 < rows <= LARGEST_SAMPLE


@pytest.mark.parametrize("name", NAMES)
def test_samples_become_what_they_should(name: str, samples: Runner) -> None:
    done = samples.done(name)
    _is_accounted_for(done)
    if done.case.name.startswith("sdm/"):
        return
    found = validate([done.file], workers=1).findings.grouped()
    errors = {first.code for first, _, _ in found if first.severity is Severity.ERROR}
    assert errors == set(RUNS[name].get("rules", ()))


@pytest.mark.parametrize("name", NAMES)
def test_real_data_become_what_they_should(name: str, real: Runner, shared: Path) -> None:
    done = real.done(name)
    _is_accounted_for(done)
    assert done.unmapped() == set(RUNS[name].get("unmapped", ()))
    if name.startswith("sdm/"):
        for kind in done.case.written:
            text = (done.folder / f"{done.case.dataset}_{kind}.ngsild.jsonld").read_text("utf-8")
            assert faults(shared, kind, json.loads(text)[:300]) == []
        return
    assert gml_errors(done.file, shared / "inspire" / "schemas") == []
    ids = [one.get(GML_ID) for one in etree.parse(done.file).iter() if one.get(GML_ID)]
    assert len(ids) == len(set(ids))


def _is_accounted_for(done: Done) -> None:
    mine = f"{done.case.dataset}:"
    carried = done.folder.parent / "mappings" / "library" / f"{done.case.name}.yaml"
    assert carried.read_text("utf-8") == library.entry(done.case.name).text
    assert done.written() == done.case.written
    assert done.errors() == done.case.errors
    for ledgers in (done.report.layers, done.report.types):
        balances = [one.balances() for key, one in ledgers.items() if key.startswith(mine)]
        assert balances
        assert all(balances)
