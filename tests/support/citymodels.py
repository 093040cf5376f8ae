"""City models for tests: a small town of our own in three formats, and CityJSON as CityGML."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = {
    "": "http://www.opengis.net/citygml/2.0",
    "bldg": "http://www.opengis.net/citygml/building/2.0",
    "gen": "http://www.opengis.net/citygml/generics/2.0",
    "luse": "http://www.opengis.net/citygml/landuse/2.0",
    "gml": "http://www.opengis.net/gml",
    "xlink": "http://www.w3.org/1999/xlink",
    "xAL": "urn:oasis:names:tc:ciq:xsdschema:xAL:2.0",
}
BOX = [
    (0, 0, 0), (10, 0, 0), (10, 8, 0), (0, 8, 0), (0, 0, 6), (10, 0, 6), (10, 8, 6), (0, 8, 6),
]  # fmt: skip
FACES = {
    "GroundSurface": [[0, 3, 2, 1]],
    "RoofSurface": [[4, 5, 6, 7]],
    "WallSurface": [[0, 1, 5, 4]],
    "WallSurface2": [[1, 2, 6, 5]],
    "WallSurface3": [[2, 3, 7, 6]],
    "WallSurface4": [[3, 0, 4, 7]],
}


def town(origin: tuple[float, float, float] = (1000.0, 2000.0, 50.0)) -> dict[str, Any]:
    """CityJSON 2.0: a house of LoD 0 and 2 with semantics, one of parts, a tree, a path."""
    vertices = [[x * 1000, y * 1000, z * 1000] for x, y, z in BOX]
    vertices += [[(x + 20) * 1000, y * 1000, z * 1000] for x, y, z in BOX]
    names = ["GroundSurface", "RoofSurface", "WallSurface"]
    shell = copy.deepcopy(list(FACES.values()))
    values = [0, 1, 2, 2, 2, 2]
    return {
        "type": "CityJSON",
        "version": "2.0",
        "transform": {"scale": [0.001] * 3, "translate": list(origin)},
        "metadata": {"referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/7415"},
        "CityObjects": {
            "house": {
                "type": "Building",
                "attributes": {"measuredHeight": 6.5, "roof": "flat", "storeysAboveGround": 2},
                "address": [{"street": "Hill"}],
                "geometry": [
                    {"type": "MultiSurface", "lod": "0", "boundaries": [[[0, 3, 2, 1]]]},
                    {
                        "type": "Solid",
                        "lod": "2.2",
                        "boundaries": [shell],
                        "semantics": {
                            "surfaces": [{"type": one} for one in names],
                            "values": [values],
                        },
                    },
                ],
            },
            "court": {"type": "Building", "attributes": {"roof": 7}, "children": ["wing"]},
            "wing": {
                "type": "BuildingPart",
                "parents": ["court"],
                "geometry": [
                    {
                        "type": "Solid",
                        "lod": "2.2",
                        "boundaries": [[[[i + 8 for i in ring] for ring in one] for one in shell]],
                        "semantics": {
                            "surfaces": [{"type": one} for one in names],
                            "values": [values],
                        },
                    }
                ],
            },
            "oak": {
                "type": "SolitaryVegetationObject",
                "geometry": [
                    {
                        "type": "GeometryInstance",
                        "template": 0,
                        "boundaries": [1],
                        "transformationMatrix": [2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1],
                    }
                ],
            },
            "path": {
                "type": "Road",
                "geometry": [{"type": "MultiLineString", "lod": "0", "boundaries": [[0, 1, 9]]}],
            },
        },
        "vertices": vertices,
        "geometry-templates": {
            "templates": [{"type": "MultiSurface", "lod": "1", "boundaries": [[[0, 1, 2]]]}],
            "vertices-templates": [[0, 0, 0], [1, 0, 0], [0, 1, 3]],
        },
        "appearance": {"textures": []},
    }


def as_sequence(model: dict[str, Any], path: Path) -> Path:
    """A CityJSON document as CityJSONSeq: each object that has no parent, with its parts."""
    objects = model["CityObjects"]
    head = {**model, "CityObjects": {}, "vertices": []}
    lines = [head]
    for name, one in objects.items():
        if not one.get("parents"):
            family = {name: one, **{child: objects[child] for child in one.get("children", [])}}
            lines.append(
                {
                    "type": "CityJSONFeature",
                    "id": name,
                    "CityObjects": family,
                    "vertices": model["vertices"],
                }
            )
    path.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    return path


def as_citygml(model: dict[str, Any], path: Path, *, srs: str = "") -> Path:
    """The buildings of a CityJSON document as CityGML 2.0, solids by ``xlink:href``."""
    transform = model["transform"]
    points = [
        [s * c + t for s, c, t in zip(transform["scale"], one, transform["translate"], strict=True)]
        for one in model["vertices"]
    ]
    srs = srs or model["metadata"]["referenceSystem"]
    names = " ".join(f'xmlns{":" + k if k else ""}="{v}"' for k, v in NAMESPACES.items())
    with path.open("w", encoding="utf-8") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<CityModel {names}>\n')
        file.write(f'<gml:boundedBy><gml:Envelope srsName="{srs}" srsDimension="3">')
        file.write("<gml:lowerCorner>0 0 0</gml:lowerCorner><gml:upperCorner>1 1 1")
        file.write("</gml:upperCorner></gml:Envelope></gml:boundedBy>\n")
        for name, one in model["CityObjects"].items():
            if one["type"] == "Building":
                file.write("<cityObjectMember>")
                file.write(_building(name, one, model["CityObjects"], points))
                file.write("</cityObjectMember>\n")
        file.write("</CityModel>\n")
    return path


def _building(name: str, one: dict[str, Any], objects: dict[str, Any], points: list) -> str:
    attributes = dict(one.get("attributes", {}))
    height = attributes.pop("measuredHeight", None)
    storeys = attributes.pop("storeysAboveGround", None)
    text = "".join(
        f"<gen:stringAttribute name={quoteattr(key)}><gen:value>{escape(str(value))}</gen:value>"
        "</gen:stringAttribute>"
        for key, value in attributes.items()
    )
    if height is not None:
        text += f'<bldg:measuredHeight uom="m">{height}</bldg:measuredHeight>'
    if storeys is not None:
        text += f"<bldg:storeysAboveGround>{storeys}</bldg:storeysAboveGround>"
    before, after = "", ""
    for number, geometry in enumerate(one.get("geometry", [])):
        lod = geometry["lod"][0]
        key = f"{name}_{number}"
        if lod == "0":
            before += f"<bldg:lod0FootPrint>{_multi(geometry['boundaries'], key, points)}"
            before += "</bldg:lod0FootPrint>"
        elif geometry["type"] == "Solid" and "semantics" in geometry:
            solid, bounded = _bounded(geometry, key, points, lod)
            before += solid
            after += bounded
        elif geometry["type"] == "Solid":
            faces = [face for shell in geometry["boundaries"] for face in shell]
            members = "".join(_member(face, f"{key}_{i}", points) for i, face in enumerate(faces))
            before += (
                f"<bldg:lod{lod}Solid><gml:Solid><gml:exterior><gml:CompositeSurface>{members}"
                f"</gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod{lod}Solid>"
            )
    parts = "".join(
        f"<bldg:consistsOfBuildingPart>{_building(child, objects[child], objects, points)}"
        "</bldg:consistsOfBuildingPart>"
        for child in one.get("children", [])
    )
    kind = one["type"]
    return f"<bldg:{kind} gml:id={quoteattr(name)}>{text}{before}{after}{parts}</bldg:{kind}>"


def _bounded(geometry: dict[str, Any], key: str, points: list, lod: str) -> tuple[str, str]:
    faces = geometry["boundaries"][0]
    kinds = [one["type"] for one in geometry["semantics"]["surfaces"]]
    references, surfaces = "", ""
    for number, (face, value) in enumerate(
        zip(faces, geometry["semantics"]["values"][0], strict=True)
    ):
        name = f"{key}_{number}"
        references += f'<gml:surfaceMember xlink:href="#{name}"/>'
        surfaces += (
            f"<bldg:boundedBy><bldg:{kinds[value]}><bldg:lod{lod}MultiSurface><gml:MultiSurface>"
            f"{_member(face, name, points)}</gml:MultiSurface></bldg:lod{lod}MultiSurface>"
            f"</bldg:{kinds[value]}></bldg:boundedBy>"
        )
    solid = (
        f"<bldg:lod{lod}Solid><gml:Solid><gml:exterior><gml:CompositeSurface>{references}"
        f"</gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod{lod}Solid>"
    )
    return solid, surfaces


def _multi(faces: list, key: str, points: list) -> str:
    members = "".join(_member(face, f"{key}_{i}", points) for i, face in enumerate(faces))
    return f"<gml:MultiSurface>{members}</gml:MultiSurface>"


def _member(face: list, name: str, points: list) -> str:
    rings = ""
    for number, ring in enumerate(face):
        side = "interior" if number else "exterior"
        positions = " ".join(f"{c:.3f}" for i in [*ring, ring[0]] for c in points[i])
        rings += f"<gml:{side}><gml:LinearRing><gml:posList>{positions}</gml:posList>"
        rings += f"</gml:LinearRing></gml:{side}>"
    return (
        f'<gml:surfaceMember><gml:Polygon gml:id="{name}">{rings}</gml:Polygon></gml:surfaceMember>'
    )
