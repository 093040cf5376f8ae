"""Whole documents: valid against the official XSDs, re-read by GDAL, cut in any parts."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from lxml import etree

from commonplace.formats.base import Piece
from commonplace.formats.gml import GmlFormat
from commonplace.gml.document import around
from commonplace.gml.names import GML, Prefixes
from commonplace.model import load_model
from commonplace.target import Dataset, TargetBatch, TargetCrs
from support.gml_reference import Reference
from support.gml_shapes import Maker, batch_of

ETRS89 = TargetCrs("EPSG:4258", "http://www.opengis.net/def/crs/EPSG/0/4258", True, 7, True)
UTM32 = TargetCrs("EPSG:25832", "http://www.opengis.net/def/crs/EPSG/0/25832", False, 3, False)
NIL = {"nil": "Unpopulated"}
IDENTIFIER = {"below": [("localId", {}), ("namespace", {"constant": "https://example.org/id"})]}
NOON = dt.datetime(2020, 5, 17, 12, tzinfo=dt.UTC)


def buildings(count: int = 40) -> TargetBatch:
    """Holes, multiparts, several geometries, lists of structs, nulls in every column."""
    accuracy = {"void": True, "nil": "Unpopulated", "attributes": (("uom", "m"),)}
    shape = Maker("bu-core2d/4.0").feature(
        "Building",
        ("beginLifespanVersion", NIL),
        ("conditionOfConstruction", NIL),
        ("dateOfConstruction", {"below": [("anyPoint", NIL)], **NIL}),
        ("dateOfDemolition", {"void": True, **NIL}),
        (
            "heightAboveGround",
            {
                "below": [
                    ("heightReference", {"constant": "generalGround"}),
                    ("lowReference", {"constant": "generalGround"}),
                    ("status", {"constant": "measured"}),
                    ("value", {"siblings": ("uom",), **NIL}),
                ],
                "repeated": True,
                "nil": "Unknown",
            },
        ),
        ("inspireId", IDENTIFIER),
        ("buildingNature", {"repeated": True, **NIL}),
        (
            "currentUse",
            {
                "below": [("currentUse", {}), ("percentage", {"siblings": ("nil",)})],
                "repeated": True,
                "nil": "Unknown",
            },
        ),
        ("numberOfFloorsAboveGround", {"siblings": ("nil",), **NIL}),
        (
            "geometry2D",
            {
                "below": [
                    ("geometry", {}),
                    ("referenceGeometry", {"constant": "true"}),
                    ("horizontalGeometryReference", {"constant": "footPrint"}),
                    ("horizontalGeometryEstimatedAccuracy", accuracy),
                ]
            },
        ),
    )
    pool: list[Any] = []
    rows: list[dict[str, Any]] = []
    for number in range(count):
        outer = shapely.box(10 + number * 0.001, 50, 10.0004 + number * 0.001, 50.0005)
        hole = outer.centroid.buffer(0.00005, quad_segs=2)
        pool.append(shapely.set_precision(outer.difference(hole) if number % 3 else outer, 1e-7))
        if number % 5 == 0:
            pool[-1] = shapely.MultiPolygon([pool[-1], shapely.box(11, 51, 11.1, 51.1)])
        if number % 11 == 0:
            pool[-1] = shapely.Point(10 + number * 0.001, 50.25)
        pool[-1] = shapely.orient_polygons(pool[-1])
        uses = ["office", "agriculture", "trade"][: number % 4]
        rows.append(
            {
                "@id": f"NL.BAG:{number}/ä",
                "beginLifespanVersion": None if number % 4 else NOON,
                "conditionOfConstruction": ["functional", None, "ruin"][number % 3],
                "dateOfConstruction": [None, {"anyPoint": NOON}, {"anyPoint": None}][number % 3],
                "heightAboveGround": [
                    {"value": 2.5 * number, "value@uom": "m"},
                    {"value": -0.0, "value@uom": "m"},
                    None,
                ][: number % 4],
                "inspireId": {"localId": f"<{number}> & co"},
                "buildingNature": [None, [], ["arch"], ["arch", "http://example.org/n?a=1&b"]][
                    number % 4
                ],
                "currentUse": [
                    {"currentUse": use, "percentage": None, "percentage@nil": "Withheld"}
                    for use in uses
                ],
                "numberOfFloorsAboveGround": number % 7 or None,
                "numberOfFloorsAboveGround@nil": "Withheld" if number % 2 else None,
                "geometry2D": {"geometry": number},
            }
        )
    return batch_of(shape, rows, pool)


def addresses() -> list[TargetBatch]:
    """Addresses with their positions, locators and references to components."""
    maker = Maker("ad/4.0")
    name = {
        "below": [
            ("language", {"constant": "nld"}),
            ("nativeness", {"constant": "endonym"}),
            ("nameStatus", {"constant": "official"}),
            ("sourceOfName", NIL),
            ("spelling", {"below": [("text", {}), ("script", {"constant": "Latn"})]}),
        ]
    }
    street = maker.feature(
        "ThoroughfareName", ("inspireId", IDENTIFIER), ("name", {"below": [("name", name)]})
    )
    designator = {"below": [("designator", {}), ("type", {})], "repeated": True}
    address = maker.feature(
        "Address",
        ("inspireId", IDENTIFIER),
        (
            "position",
            {
                "below": [
                    ("geometry", {}),
                    ("specification", {"constant": "entrance"}),
                    ("method", {"constant": "byOtherParty"}),
                    ("default", {"constant": "true"}),
                ]
            },
        ),
        (
            "locator",
            {
                "below": [("designator", designator), ("level", {"constant": "siteLevel"})],
                "repeated": True,
            },
        ),
        ("component", {"repeated": True}),
    )
    streets = [
        {
            "@id": f"straat {number}",
            "inspireId": {"localId": f"straat {number}"},
            "name": {"name": {"spelling": {"text": f"D'n Ouwe Straat <{number}>"}}},
        }
        for number in range(3)
    ]
    rows = [
        {
            "@id": str(number),
            "inspireId": {"localId": str(number)},
            "position": {"geometry": number},
            "locator": [
                {
                    "designator": [
                        {"designator": str(number), "type": "buildingIdentifier"},
                        {"designator": "bis", "type": "buildingIdentifierExtension"},
                    ][: 1 + number % 2]
                }
            ],
            "component": [f"#ThoroughfareName.straat {number % 3}", "http://example.org/adm/1"],
        }
        for number in range(9)
    ]
    points = [shapely.Point(4.9 + number / 1e4, 52.37) for number in range(9)]
    return [batch_of(address, rows, points), batch_of(street, streets, [])]


def parcels() -> TargetBatch:
    shape = Maker("cp/4.0").feature(
        "CadastralParcel",
        ("areaValue", {"attributes": (("uom", "m2"),), **NIL}),
        ("geometry", {}),
        ("inspireId", IDENTIFIER),
        ("label", {}),
        ("nationalCadastralReference", {}),
        ("referencePoint", NIL),
    )
    pool = [shapely.box(680_000, 5_000_000, 680_010.25, 5_000_020), shapely.Point(680_001, 5e6 + 1)]
    rows = [
        {
            "@id": f"A{number}",
            "areaValue": [205.0, None][number],
            "geometry": 0,
            "inspireId": {"localId": f"A{number}"},
            "label": "12",
            "nationalCadastralReference": f"A{number}",
            "referencePoint": [1, None][number],
        }
        for number in range(2)
    ]
    return batch_of(shape, rows, pool)


def plans() -> TargetBatch:
    shape = Maker("plu/4.0").feature(
        "SpatialPlan",
        ("inspireId", IDENTIFIER),
        ("extent", {}),
        ("officialTitle", {}),
        ("levelOfSpatialPlan", {"constant": "local"}),
        ("planTypeName", {}),
        ("processStepGeneral", NIL),
        (
            "backgroundMap",
            {
                "below": [
                    ("backgroundMapDate", {}),
                    ("backgroundMapReference", {}),
                    ("backgroundMapURI", NIL),
                ],
                **NIL,
            },
        ),
        (
            "ordinance",
            {
                "below": [("ordinanceDate", {}), ("ordinanceReference", {})],
                "repeated": True,
                **NIL,
            },
        ),
    )
    there = {"backgroundMapDate": NOON, "backgroundMapReference": "BD"}
    order = {"ordinanceDate": NOON, "ordinanceReference": "1 & 2"}
    rows = [
        {
            "@id": f"plu{number}",
            "inspireId": {"localId": f"plu{number}"},
            "extent": number,
            "officialTitle": "Plan local d'urbanisme",
            "planTypeName": "http://example.org/plans/plu",
            "processStepGeneral": ["legalForce", None][number],
            "backgroundMap": [there, None][number],
            "ordinance": [[order, order], []][number],
        }
        for number in range(2)
    ]
    box = shapely.box(4, 44, 4.1, 44.1)
    return batch_of(shape, rows, [box, shapely.MultiPolygon([box, shapely.box(5, 44, 5.1, 44.1)])])


DATE_TYPE = {
    "constant": "publication",
    "attributes": (("codeList", "http://example.org/#types"), ("codeListValue", "publication")),
}


def documentation() -> TargetBatch:
    """A citation: base2 and, in it, ISO/TS 19139 elements."""
    shape = Maker("plu/4.0").feature(
        "OfficialDocumentation",
        ("inspireId", IDENTIFIER),
        (
            "planDocument",
            {
                "below": [
                    ("name", {}),
                    (
                        "date",
                        {"below": [("date", {}), ("dateType", DATE_TYPE)]},
                    ),
                    ("link", {"repeated": True}),
                ]
            },
        ),
    )
    cited = {"name": "Règlement", "date": {"date": NOON.date()}, "link": ["http://example.org/r"]}
    rows = [{"@id": "d1", "inspireId": {"localId": "d1"}, "planDocument": cited}]
    return batch_of(shape, rows, [])


def write(
    folder: Path, schema: str, batches: list[TargetBatch], crs: TargetCrs, **options: str
) -> Path:
    [path] = write_all(folder, schema, batches, crs, **options)
    return path


def write_all(
    folder: Path, schema: str, batches: list[TargetBatch], crs: TargetCrs, **options: str
) -> list[Path]:
    dataset = dataset_of(schema, crs, **options)
    shapes = {one.shape.name: one.shape for one in batches}
    pieces = []
    for number, batch in enumerate(batches):
        path = folder / f"{number}.piece"
        encoder = GmlFormat().encoder(dataset, batch.shape, path)
        encoder.write(batch)
        encoder.close()
        box = tuple(shapely.total_bounds(batch.geometries)) if len(batch.geometries) else None
        pieces.append(Piece(path, batch.shape.name, batch.rows, box))
    files = GmlFormat().finish(dataset, shapes, pieces, folder)
    written = sum(sum(one.counts.values()) for one in files)
    assert written == sum(one.rows for one in batches)
    for one in files:
        assert hashlib.sha256((folder / one.path).read_bytes()).hexdigest() == one.sha256
    return [folder / one.path for one in files]


def dataset_of(schema: str, crs: TargetCrs, **options: str) -> Dataset:
    as_of = "2026-01-31T00:00:00Z"
    return Dataset("town", schema, "https://example.org/id", crs, as_of=as_of, options=options)


MADE: list[tuple[str, Callable[[], list[TargetBatch]], TargetCrs]] = [
    ("bu-core2d/4.0", lambda: [buildings()], ETRS89),
    ("ad/4.0", addresses, ETRS89),
    ("cp/4.0", lambda: [parcels()], UTM32),
    ("plu/4.0", lambda: [plans(), documentation()], ETRS89),
]


@pytest.mark.parametrize("collection", ["wfs", "gml", "spatialdataset"])
@pytest.mark.parametrize(("schema", "make", "crs"), MADE, ids=[one[0] for one in MADE])
def test_documents_are_valid(
    tmp_path: Path,
    validate_gml: Callable[[Path], list[str]],
    schema: str,
    make: Callable[[], list[TargetBatch]],
    crs: TargetCrs,
    collection: str,
) -> None:
    path = write(tmp_path, schema, make(), crs, **{"gml.collection": collection})
    assert validate_gml(path) == []
    tree = etree.parse(path)
    ids = tree.xpath("//@gml:id", namespaces={"gml": GML})
    assert len(ids) == len(set(ids))
    links = [one[1:] for one in tree.xpath("//@*[local-name() = 'href']") if one[0] == "#"]
    assert set(links) <= set(ids)
    assert bool(links) == (schema == "ad/4.0")


SPLITS = [
    {"gml.split.features": "5"},
    {"gml.split.size_mb": "0.004"},
    {"gml.split.size_mb": "0.000001", "gml.collection": "gml"},
    {"gml.split.features": "4", "gml.collection": "spatialdataset"},
]


@pytest.mark.parametrize("options", SPLITS)
@pytest.mark.parametrize("block", [8 << 20, 100])
def test_split_documents_are_valid_and_whole(
    tmp_path: Path,
    validate_gml: Callable[[Path], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    options: dict[str, str],
    block: int,
) -> None:
    monkeypatch.setattr("commonplace.formats.gmlsplit.BLOCK", block)
    (tmp_path / "one").mkdir()
    one = write(tmp_path / "one", "ad/4.0", addresses(), ETRS89)
    paths = write_all(tmp_path, "ad/4.0", addresses(), ETRS89, **options)
    assert len(paths) > 1
    ids: dict[str, str] = {}
    for path in paths:
        assert validate_gml(path) == []
        tree = etree.parse(path)
        ids |= dict.fromkeys(tree.xpath("//@gml:id", namespaces={"gml": GML}), path.name)
        members = tree.getroot().findall("{*}member") + tree.getroot().findall("{*}featureMember")
        if "gml.split.features" in options:
            assert len(members) <= int(options["gml.split.features"])
        elif len(members) > 1:
            most = float(options["gml.split.size_mb"]) * 1e6
            assert sum(len(etree.tostring(member)) for member in members) < most * 1.5
    links = []
    for path in paths:
        for link in etree.parse(path).xpath("//@*[local-name() = 'href']"):
            name, hash_, target = link.partition("#")
            if hash_ and not name.startswith("http"):
                links.append(target)
                assert (name or path.name) == ids[target]
                assert name != path.name  # inside a document the name is left out
    assert len(links) == 9
    members = re.compile(rb"<ad:(?:Address|ThoroughfareName) .*", re.S)
    ours = b"".join(path.read_bytes() for path in paths)
    for feature in one.read_bytes().split(b"\n"):
        found = members.search(feature)
        if found and b"xlink" not in found[0]:
            assert re.sub(rb"</[a-z]+:[a-zA-Z]+ember>$", b"", found[0]) in ours


@pytest.mark.parametrize("schema", ["ad/4.0", "bu-core2d/4.0"])
def test_heads_of_split_documents_tell_their_own_bounds(tmp_path: Path, schema: str) -> None:
    batches = addresses() if schema == "ad/4.0" else [buildings()]
    options = {"gml.split.features": "3"}
    told, seen = [], []
    for path in write_all(tmp_path, schema, batches, ETRS89, **options):
        tree = etree.parse(path)
        corners = tree.xpath(
            "/*/*[local-name() = 'boundedBy']//*[contains(local-name(), 'Corner')]/text()"
        )
        told.append([[float(one) for one in text.split()] for text in corners])
        ordinates = [
            float(one)
            for text in tree.xpath("//*[local-name() = 'pos' or local-name() = 'posList']/text()")
            for one in text.split()
        ]
        points = np.array(ordinates).reshape(-1, 2)
        seen.append(
            [points.min(axis=0).tolist(), points.max(axis=0).tolist()] if len(points) else []
        )
    assert told == seen
    assert len({str(one) for one in told}) > 3


def test_what_fits_in_one_document_is_one(tmp_path: Path) -> None:
    path = write(tmp_path, "ad/4.0", addresses(), ETRS89, **{"gml.split.features": "12"})
    assert path.name == "town.gml"


@pytest.mark.parametrize(("schema", "make", "crs"), MADE, ids=[one[0] for one in MADE])
def test_documents_equal_the_row_wise_ones(
    tmp_path: Path, schema: str, make: Callable[[], list[TargetBatch]], crs: TargetCrs
) -> None:
    model = load_model()
    lists = {one.uri: one for one in model.code_lists()}
    reference = Reference(Prefixes.of(model.schema(schema)).by_namespace, crs, lists)
    batches = make()
    before_and_after = around(dataset_of(schema, crs), model.schema(schema))
    members = b"".join(reference.features(one, *before_and_after) for one in batches)
    assert members in write(tmp_path, schema, batches, crs).read_bytes()


def test_many_rows_equal_the_row_wise_ones(tmp_path: Path) -> None:
    """Enough rows that values which repeat are looked up."""
    test_documents_equal_the_row_wise_ones(
        tmp_path, "bu-core2d/4.0", lambda: [buildings(400)], ETRS89
    )


def test_gdal_reads_the_same(tmp_path: Path) -> None:
    batch = buildings()
    path = write(tmp_path, "bu-core2d/4.0", [batch], ETRS89)
    info = pyogrio.read_info(path)
    assert info["features"] == batch.rows
    frame = pyogrio.read_dataframe(path)
    read = frame.geometry.force_2d()
    assert np.allclose(read.total_bounds, shapely.total_bounds(batch.geometries), atol=1e-9)
    assert np.isclose(
        shapely.area(read.to_numpy()).sum(), shapely.area(batch.geometries).sum(), rtol=1e-9
    )


@pytest.mark.parametrize("parts", [2, 7])
def test_bytes_do_not_depend_on_parts(
    tmp_path: Path, parts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = buildings()
    whole = write(tmp_path, "bu-core2d/4.0", [batch], ETRS89).read_bytes()
    bounds = np.linspace(0, batch.rows, parts + 1).astype(int)
    cut = [
        TargetBatch(batch.shape, batch.columns.slice(one, two - one), batch.geometries)
        for one, two in itertools.pairwise(bounds)
    ]
    assert write(tmp_path, "bu-core2d/4.0", cut, ETRS89).read_bytes() == whole
    monkeypatch.setattr("commonplace.formats.gml.ROWS", 3)
    assert write(tmp_path, "bu-core2d/4.0", [batch], ETRS89).read_bytes() == whole


def test_head_tells_what_there_is(tmp_path: Path) -> None:
    path = write(tmp_path, "ad/4.0", addresses(), ETRS89)
    root = etree.parse(path).getroot()
    assert root.get("numberReturned") == root.get("numberMatched") == "12"
    assert root.get("timeStamp") == "2026-01-31T00:00:00Z"
    lower = root.find(f".//{{{GML}}}lowerCorner")
    assert lower is not None
    assert lower.text == "52.37 4.9"
    used = {etree.QName(one).namespace for one in root.iter(etree.Element)}
    assert used <= set(root.nsmap.values())
    assert set(root.nsmap) - {"xsi", "xlink"} == {"ad", "base", "gml", "gn", "wfs"}


def test_an_empty_dataset_is_a_valid_document(
    tmp_path: Path, validate_gml: Callable[[Path], list[str]]
) -> None:
    [file] = GmlFormat().finish(dataset_of("ad/4.0", ETRS89), {}, [], tmp_path)
    assert validate_gml(tmp_path / Path(file.path).name) == []


@pytest.mark.parametrize("code", [errno.EXDEV, errno.ENOSYS, None])
def test_pieces_are_joined_where_the_kernel_does_not_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int | None
) -> None:
    whole = write(tmp_path, "cp/4.0", [parcels(), parcels()], UTM32).read_bytes()

    def refuse(source: int, target: int, count: int) -> int:
        if code is None:
            return 0
        raise OSError(code, "no")

    monkeypatch.setattr("os.copy_file_range", refuse)
    assert write(tmp_path, "cp/4.0", [parcels(), parcels()], UTM32).read_bytes() == whole


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: int, target: int, count: int) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("os.copy_file_range", full)
    with pytest.raises(OSError, match="full"):
        write(tmp_path, "cp/4.0", [parcels()], UTM32)
    assert [one.name for one in tmp_path.iterdir()] == ["0.piece"]
