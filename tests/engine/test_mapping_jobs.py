"""The mapping documents that come along read well enough to be checked against the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.batch import Field, Layer
from commonplace.mapping.compile import WARNINGS, check_mapping, compile_mapping
from commonplace.mapping.document import read_mapping
from commonplace.model import load_model

FOLDER = Path(__file__).parents[2] / "processing" / "jobs" / "mappings"
REAL = {
    "nl-bag-addresses": (
        "nl_amsterdam_bag/bag.gpkg",
        ["verblijfsobjecten", "ligplaatsen", "standplaatsen"],
    ),
    "it-pistoia-buildings": ("it_pistoia_edifici/Pistoia.zip", ["Pistoia"]),
    "fr-bdtopo-buildings": ("fr_olemps_bdtopo", ["BATIMENT"]),
    "it-agrone-parcels": ("it_agrone_catasto", ["001_vl_parcel_poly"]),
    "fr-arpaillargues-plu": (
        "fr_arpaillargues_plu",
        [
            "30014_ZONE_URBA_20171013",
            "30014_PRESCRIPTION_SURF_20171013",
            "30014_PRESCRIPTION_LIN_20171013",
            "30014_PRESCRIPTION_PCT_20171013",
        ],
    ),
}


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.yaml")))
def test_every_mapping_compiles_without_doubt_but_those_it_must_have(name: str) -> None:
    found = check_mapping(read_mapping(FOLDER / f"{name}.yaml"), load_model())
    assert {one.code for one in found} <= WARNINGS - {"UNUSED_COLUMN", "ID_UNSTABLE"}


@pytest.mark.parametrize("name", REAL)
def test_every_column_of_the_real_layers_is_read_or_ignored(shared: Path, name: str) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    place, names = REAL[name]
    path = shared / "data" / place
    layers = []
    for layer in names:
        source = path / f"{layer}.shp" if path.is_dir() else path
        vsi = f"/vsizip/{source}" if source.suffix == ".zip" else str(source)
        info = pyogrio.read_info(vsi, layer=layer)
        fields = tuple(Field(str(field), "string") for field in info["fields"])
        layers.append(Layer(layer, fields=fields))
    document = read_mapping(FOLDER / f"{name}.yaml")
    compiled = compile_mapping(document, load_model(), {"s": layers})
    unused = {column for layer in layers for column in compiled.unused_columns(layer)}
    assert unused == set()
