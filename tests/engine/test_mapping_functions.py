"""The functions of our own: dates, addresses, names and ids as cities write them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from commonplace.mapping.functions import MACROS
from support.mapping import BUILDING, evaluate


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(MACROS)
        yield connection


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2021-12-03", date(2021, 12, 3)),
        ("2021-12-03T10:00:00", date(2021, 12, 3)),
        ("2021/12/3 10:00", date(2021, 12, 3)),
        ("3.12.2021", date(2021, 12, 3)),
        ("3. 12. 2021", date(2021, 12, 3)),
        (" 03/12/2021 ", date(2021, 12, 3)),
        ("20211203", date(2021, 12, 3)),
        ("2021-12", date(2021, 12, 1)),
        ("12/2021", date(2021, 12, 1)),
        ("2021", date(2021, 1, 1)),
        (1987, date(1987, 1, 1)),
        (1987.0, date(1987, 1, 1)),
        (date(2001, 2, 3), date(2001, 2, 3)),
        ("31.02.2020", None),
        ("1.2.98", None),  # which century?
        ("around 1900", None),
        (None, None),
    ],
)
def test_dates(engine: duckdb.DuckDBPyConnection, written: object, meant: date | None) -> None:
    assert engine.execute("SELECT parse_date($1)", [written]).fetchone() == (meant,)


ADDRESSES = {
    "12 bis rue de la Paix": ("rue de la Paix", "12", "bis", None),
    "12, rue X": ("rue X", "12", None, None),
    "12 A-2": (None, "12", "A", "2"),
    "12a": (None, "12", "a", None),
    "12-14": (None, "12", None, "14"),
    "Hauptstraße 12a-c": ("Hauptstraße", "12", "a", "c"),
    "Hauptstr. 12 - 14": ("Hauptstr.", "12", None, "14"),
    "Straße des 17. Juni 135": ("Straße des 17. Juni", "135", None, None),
    "Via Roma, 12/A": ("Via Roma", "12", "A", None),
    "Via Roma 12 A scala B": ("Via Roma", "12", "A", "scala B"),
    "Calle Mayor 12, 3º B": ("Calle Mayor", "12", None, "3º B"),
    "C/ Mayor nº 5": ("C/ Mayor", "5", None, None),
    "Plaça 1 de Maig 12": ("Plaça 1 de Maig", "12", None, None),
    "Kerkstraat 5 bis": ("Kerkstraat", "5", "bis", None),
    "Marktplatz": ("Marktplatz", None, None, None),
    "": (None, None, None, None),
}


@pytest.mark.parametrize("line", ADDRESSES)
def test_addresses_of_five_countries(engine: duckdb.DuckDBPyConnection, line: str) -> None:
    parts = ", ".join(f"address_{one}($1)" for one in ("street", "number", "extension", "addition"))
    assert engine.execute(f"SELECT {parts}", [line]).fetchone() == ADDRESSES[line]


@pytest.mark.parametrize("text", ["https://example.eu/id/é", "", "a" * 200])
def test_uuids_are_those_of_the_standard(engine: duckdb.DuckDBPyConnection, text: str) -> None:
    found = engine.execute("SELECT uuid5($1)", [text]).fetchone()
    assert found == (str(uuid.uuid5(uuid.NAMESPACE_URL, text)),)


def test_in_a_mapping() -> None:
    mapping = BUILDING.replace("inspireId: =id", "inspireId: =uuid5('https://x.eu/' || id)")
    mapping += "  dateOfConstruction.anyPoint: =parse_date(built)\n  name: =initcap(name)\n"
    columns = {"id": ["a", "b"], "built": ["3.5.1999", None], "name": ["VILLA ROSA", None]}
    found = evaluate(mapping, columns)
    assert found.findings == []
    (first, second) = found.batch.columns.to_pylist()
    assert first["inspireId"]["localId"] == str(uuid.uuid5(uuid.NAMESPACE_URL, "https://x.eu/a"))
    assert first["dateOfConstruction"]["anyPoint"].date() == date(1999, 5, 3)
    assert first["name"]["spelling"]["text"] == "Villa Rosa"
    assert second["dateOfConstruction"] is None
