"""A city adapts a national mapping: what it says stands, all else is inherited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from commonplace.errors import DocumentError, Problem
from commonplace.mapping.compile import check_mapping, compile_mapping
from commonplace.mapping.document import read_mapping
from commonplace.model import load_model

NATIONAL = """
target: {schema: ad/4.0, namespace: $(namespace), language: nld}
parameters: {namespace: , town: Amsterdam}
from: {layers: [addresses]}
author: The national agency
lineage: Read from the register of $(town).
Address:
  inspireId: =id
  position: {geometry: =geometry, specification: building, method: fromFeature, default: true}
  status: {value: =status, codes: {issued: current, withdrawn: retired}}
  locator.designator: {addressNumber: =number}
  locator.level: unitLevel
  component: [=>ThoroughfareName]
ThoroughfareName: {key: ["$(town)", =street], name: =street}
"""
CITY = """
extends: national.yaml
parameters: {namespace: NL.DELFT.AD, town: Delft}
Address:
  status: {codes: {doubtful: alternative}}
  locator.designator: {addressNumberExtension: =letter}
"""


def write(folder: Path, **documents: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder / f"{next(reversed(documents))}.yaml"


def refused(path: Path, **parameters: str) -> list[Problem]:
    with pytest.raises(DocumentError) as caught:
        read_mapping(path, parameters)
    return list(caught.value.problems)


def test_a_city_says_only_what_differs(tmp_path: Path) -> None:
    document = read_mapping(write(tmp_path, national=NATIONAL, city=CITY))
    tree: Any = document.document.tree
    assert document.namespace == "NL.DELFT.AD"
    assert document.lineage == "Read from the register of Delft."
    assert tree["Address"]["status"] == {
        "value": "=status",
        "codes": {"issued": "current", "withdrawn": "retired", "doubtful": "alternative"},
    }
    assert tree["ThoroughfareName"]["key"] == ["Delft", "=street"]
    assert check_mapping(document, load_model()) == []
    compiled = compile_mapping(document, load_model())
    assert "letter" in compiled.type("Address").columns
    assert document.bases == (("national.yaml", NATIONAL),)


def test_a_key_without_value_takes_away_and_void_replaces(tmp_path: Path) -> None:
    city = CITY + "  component:\nThoroughfareName:\n"
    city = city.replace("{codes: {doubtful: alternative}}", "{void: Unpopulated}")
    document = read_mapping(write(tmp_path, national=NATIONAL, city=city))
    tree: Any = document.document.tree
    assert "ThoroughfareName" not in tree
    assert "component" not in tree["Address"]
    assert tree["Address"]["status"] == {"void": "Unpopulated"}


def test_the_job_gives_parameters(tmp_path: Path) -> None:
    path = write(tmp_path, national=NATIONAL)
    assert read_mapping(path, {"namespace": "NL.X"}).namespace == "NL.X"
    (problem,) = refused(path)
    assert (problem.code, problem.path) == ("PARAMETER", "$.parameters.namespace")
    (problem,) = refused(path, namespace="NL.X", twon="Delft")
    assert (problem.code, problem.hint) == ("PARAMETER", "did you mean 'town'?")


def test_a_parameter_that_nobody_declares(tmp_path: Path) -> None:
    path = write(tmp_path, national=NATIONAL.replace("register of $(town)", "register of $(city)"))
    (problem,) = refused(path, namespace="NL.X")
    assert (problem.code, problem.path, problem.line) == ("PARAMETER", "$.lineage", 6)


def test_a_problem_inherited_names_its_document_and_line(tmp_path: Path) -> None:
    national = NATIONAL.replace("method: fromFeature", "method: fromTheAir")
    document = read_mapping(write(tmp_path, national=national, city=CITY))
    (problem,) = check_mapping(document, load_model())
    assert problem.code == "UNKNOWN_CODE"
    assert "in national.yaml, line 9" in problem.message


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("../secret.yaml", "OUTSIDE"),
        ("/etc/passwd", "OUTSIDE"),
        ("notes.txt", "OUTSIDE"),
        ("library:../../../x", "OUTSIDE"),
        ("natoinal.yaml", "MISSING"),
        ("library:nowhere", "MISSING"),
        ("link.yaml", "MISSING"),
        ("city.yaml", "CIRCULAR"),
    ],
)
def test_what_may_not_be_extended(tmp_path: Path, named: str, code: str) -> None:
    folder = tmp_path / "mappings"
    (tmp_path / "secret.yaml").write_text(NATIONAL)
    path = write(folder, national=NATIONAL, city=CITY.replace("national.yaml", named))
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (problem,) = refused(path)
    assert (problem.code, problem.path) == (code, "$.extends")
    if named == "natoinal.yaml":
        assert problem.hint == "did you mean 'national.yaml'?"


def test_a_chain_of_documents(tmp_path: Path) -> None:
    region = "extends: national.yaml\nparameters: {namespace: NL.REGION}\n"
    city = CITY.replace("national.yaml", "below/region.yaml").replace("NL.DELFT.AD", "NL.CITY")
    write(tmp_path / "below", national=NATIONAL, region=region)
    document = read_mapping(write(tmp_path, city=city))
    assert document.namespace == "NL.CITY"
    assert [name for name, _ in document.bases] == ["below/region.yaml", "below/national.yaml"]


STATUS_TABLE = "value;code\nissued;current\nwithdrawn;\n"


def test_codes_in_a_table_beside_the_document(tmp_path: Path) -> None:
    codes = "{issued: current, withdrawn: retired}"
    path = write(tmp_path / "below", national=NATIONAL.replace(codes, "status.csv"))
    (tmp_path / "below" / "status.csv").write_text(STATUS_TABLE, encoding="utf-8-sig")
    document = read_mapping(
        write(tmp_path, city=CITY.replace("national.yaml", f"below/{path.name}"))
    )
    tree: Any = document.document.tree
    assert tree["Address"]["status"]["codes"] == {
        "issued": "current",
        "withdrawn": "void",
        "doubtful": "alternative",
    }
    assert dict(document.bases)["below/status.csv"] == STATUS_TABLE


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("value;code\nissued;current;2\n", "TABLE"),
        ("value;code\nissued;current\nissued;retired\n", "TABLE"),
        ("issued\n", "TABLE"),
        (None, "MISSING"),
    ],
)
def test_tables_that_are_none(tmp_path: Path, table: str | None, code: str) -> None:
    codes = "{issued: current, withdrawn: retired}"
    path = write(tmp_path, national=NATIONAL.replace(codes, "status.csv"))
    if table is not None:
        (tmp_path / "status.csv").write_text(table)
    (problem,) = refused(path, namespace="NL.X")
    assert (problem.code, problem.path, problem.line) == (code, "$.Address.status.codes", 10)
