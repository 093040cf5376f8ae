"""Personal data stop an export until the job says what becomes of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio
import pytest

from commonplace.errors import PersonalDataUndecided
from commonplace.jobreading import read_job
from commonplace.pipeline import run
from commonplace.privacy import signs_of_names, signs_of_values
from commonplace.privacy.gate import KEY
from support.houses import MAPPING, write_houses, write_job

Columns = dict[str, list[Any]]

PERSONAL = {
    "OwnerName": "person",
    "eigenaar": "person",
    "Eigentümer": "person",
    "NOM_PROPRIETAIRE": "person",
    "cognome": "person",
    "apellidos": "person",
    "omistaja": "person",
    "właściciel": "person",
    "dateOfBirth": "birth",
    "geboortedatum": "birth",
    "tel_nr": "phone",
    "E-Mail": "email",
    "codiceFiscale": "identity",
    "bsn": "identity",
    "IBAN": "account",
    "household_income": "income",
    "aantal_bewoners": "household",
    "sexe": "special",
}
PLAIN = (
    "name straatnaam naam nombre rentals hotel telescope address ownership_form grammaticalGender "
    "NATURE HAUTEUR nummer_id woonplaats landuse birthplace_of_river targets"
).split()


@pytest.mark.parametrize("column", PERSONAL)
def test_names_that_tell(column: str) -> None:
    assert [one.category for one in signs_of_names([column])] == [PERSONAL[column]]


def test_names_that_tell_nothing() -> None:
    assert [one.column for one in signs_of_names(PLAIN)] == []


def test_no_column_of_the_real_data_but_these_looks_personal(shared: Path) -> None:
    catalog = json.loads((shared / "data" / "catalog.json").read_text(encoding="utf-8"))
    names: set[str] = set()

    def walk(tree: Any) -> None:
        if isinstance(tree, dict):
            for key, value in tree.items():
                if key in ("fields", "attributes", "columns") and isinstance(value, list | dict):
                    names.update(one if isinstance(one, str) else one["name"] for one in value)
                walk(value)
        elif isinstance(tree, list):
            for one in tree:
                walk(one)

    walk(catalog)
    assert len(names) > 400
    assert [one.column for one in signs_of_names(sorted(names))] == []


VALUES = {
    "email": ["a@b.eu", "c.d@example.org", "x@y.it", None],
    "phone": ["+39 0573 3711", "0031 20 624 1111", "06 12 34 56 78"],
    "account": ["DE89 3704 0044 0532 0130 00", "NL91ABNA0417164300", "FR1420041010050500013M02606"],
    "identity": ["RSSMRA85T10A562S", "BNCLRA80A41H501X", "VRDGPP90B15F205Z"],
}


@pytest.mark.parametrize("category", VALUES)
def test_values_that_tell(category: str) -> None:
    rows = pa.RecordBatch.from_pydict(
        {"x": VALUES[category], "y": [str(n) for n in range(len(VALUES[category]))]}
    )
    assert [(one.column, one.category) for one in signs_of_values(rows)] == [("x", category)]


@pytest.mark.parametrize(
    "values",
    [
        ["12345678Z", "87654321X", "00000000T"],  # Spain
        ["131052-308T", "010170-960F", "150785-994A"],  # Finland
        ["85010112345", "44051401359", "02070803628"],  # Poland
        ["285037511600174", "185057800608491", "167119935012337"],  # France
    ],
)
def test_identity_numbers_are_checked(values: list[str]) -> None:
    rows = pa.RecordBatch.from_pydict({"x": [*values, *values]})
    found = [one.category for one in signs_of_values(rows)]
    wrong = pa.RecordBatch.from_pydict(
        {"x": [value[:-1] + ("0" if value[-1] != "0" else "1") for value in values]}
    )
    assert found == ["identity"]
    assert [one.category for one in signs_of_values(wrong)] == []


def package(
    folder: Path, change: Callable[[Columns], None], mapping: str, privacy: str = ""
) -> Path:
    source = write_houses(folder / "houses.gpkg", 20, change)
    more = f"privacy: {privacy}" if privacy else ""
    run(read_job(write_job(folder, source, mapping=mapping, formats="gpkg", more=more)))
    return folder / "package"


def owners(columns: Columns) -> None:
    columns["owner"] = [f"Person {n % 3}" for n in range(len(columns["code"]))]


OWNERS = MAPPING.replace("name: =name", "name: =owner")


def names(package: Path) -> list[str | None]:
    _, table = pyogrio.read_arrow(package / "data" / "houses.gpkg", layer="Building")
    found: list[str | None] = (
        table.column("name").to_pylist() if "name" in table.column_names else []
    )
    return found


def test_nothing_is_exported_before_the_job_decides(tmp_path: Path) -> None:
    with pytest.raises(PersonalDataUndecided) as caught:
        package(tmp_path, owners, OWNERS)
    assert "owner" in caught.value.message
    assert "owner: drop" in (caught.value.hint or "")
    assert caught.value.exit_code == 10
    assert not (tmp_path / "package").exists()


def test_a_column_that_is_not_mapped_stops_nothing(tmp_path: Path) -> None:
    assert names(package(tmp_path, owners, MAPPING))[0] == "House 0"


def test_what_only_the_values_tell(tmp_path: Path) -> None:
    def contacts(columns: Columns) -> None:
        columns["name"] = [f"person{n}@example.org" for n in range(len(columns["code"]))]

    with pytest.raises(PersonalDataUndecided):
        package(tmp_path, contacts, MAPPING)
    assert not (tmp_path / "package").exists()


def test_kept_and_recorded(tmp_path: Path) -> None:
    made = package(tmp_path, owners, OWNERS, "{decided_by: registrar, columns: {owner: keep}}")
    assert names(made)[:2] == ["Person 0", "Person 1"]
    (entry,) = json.loads((made / "report.json").read_text())["personal"]
    assert (entry["column"], entry["category"]) == ("owner", "person")
    assert (entry["decision"], entry["decided_by"]) == ("keep", "registrar")
    assert "registrar" in (made / "report.html").read_text()


def test_dropped(tmp_path: Path) -> None:
    made = package(tmp_path, owners, OWNERS, "{columns: {owner: drop}}")
    assert set(names(made)) <= {None}


def test_pseudonyms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decision = "{columns: {owner: pseudonymise}}"
    with pytest.raises(PersonalDataUndecided) as caught:
        package(tmp_path, owners, OWNERS, decision)
    assert KEY in (caught.value.hint or "")
    monkeypatch.setenv(KEY, "a secret that nobody knows")
    (tmp_path / "again").mkdir()
    made = package(tmp_path / "again", owners, OWNERS, decision)
    found = names(made)
    assert len(set(found)) == 3
    assert found[0] == found[3]
    assert not any("Person" in str(one) for one in found)
    texts = [one.read_bytes() for one in made.rglob("*") if one.is_file()]
    assert not any(b"a secret that" in one for one in texts)


def test_counts_are_grouped(tmp_path: Path) -> None:
    def residents(columns: Columns) -> None:
        columns["residents"] = [str(n % 6) for n in range(len(columns["code"]))]

    mapping = MAPPING.replace("numberOfDwellings: =dwellings", "numberOfDwellings: =residents")
    with pytest.raises(PersonalDataUndecided):
        package(tmp_path, residents, mapping)


def test_aggregation_of_dates_and_numbers() -> None:
    from datetime import date

    from commonplace.privacy.gate import _aggregated

    days = pa.array([date(1980, 5, 17), None])
    assert _aggregated(days, "x", "y").to_pylist() == [date(1980, 1, 1), None]
    assert _aggregated(pa.array(["1980-05-17", None]), "x", "y").to_pylist() == ["1980-01-01", None]
    assert _aggregated(pa.array([1, 4, 7, None]), "x", "y").to_pylist() == [0, 5, 5, None]
    with pytest.raises(PersonalDataUndecided):
        _aggregated(pa.array(["Ann"]), "x", "y")
