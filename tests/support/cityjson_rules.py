"""What CityJSON 2.0 demands of a document, checked from the specification's text.

Used beside an independent reader (cjio), since no validator comes as a wheel. The writer's
output was also checked once against the official JSON schemas 2.0.2.
"""

from __future__ import annotations

from typing import Any

import numpy as np

BUILDING_GEOMETRIES = {"MultiSurface", "CompositeSurface", "Solid", "CompositeSolid"}
TOP = {"type", "version", "transform", "metadata", "CityObjects", "vertices"}


def problems(document: dict[str, Any]) -> list[str]:
    """Everything wrong with a document (or a feature of a sequence), empty when valid."""
    found: list[str] = []
    feature = document["type"] == "CityJSONFeature"
    if not feature:
        found += [f"missing {one}" for one in TOP - set(document)]
        if document["type"] != "CityJSON" or document["version"] != "2.0":
            found.append("type or version")
        if set(document["transform"]) != {"scale", "translate"}:
            found.append("transform")
        system = document["metadata"]["referenceSystem"]
        if not system.startswith("https://www.opengis.net/def/crs/"):
            found.append("referenceSystem")
    elif document["id"] not in document["CityObjects"]:
        found.append("the feature's id is no object of it")
    vertices = document["vertices"]
    if any(len(one) != 3 or any(type(each) is not int for each in one) for one in vertices):
        found.append("vertices are triples of whole numbers")
    used: set[int] = set()
    for name, one in document["CityObjects"].items():
        found += [f"{name}: {each}" for each in _object(name, one, document, used)]
    if used != set(range(len(vertices))):
        found.append("unused vertices, or indices beyond them")
    return found


def _object(name: str, one: dict[str, Any], document: dict[str, Any], used: set[int]) -> list[str]:
    objects = document["CityObjects"]
    found = []
    if set(one) - {"type", "attributes", "parents", "children", "geometry"}:
        found.append("unknown members")
    if (one["type"] == "BuildingPart") != bool(one.get("parents")):
        found.append("a part has a parent, a building none")
    found += [
        f"parent {parent}"
        for parent in one.get("parents", [])
        if name not in objects[parent].get("children", [])
    ]
    found += [
        f"child {child}"
        for child in one.get("children", [])
        if name not in objects[child].get("parents", [])
    ]
    for geometry in one["geometry"]:
        found += _geometry(geometry, document["vertices"], used)
    if len({each["lod"] for each in one["geometry"]}) != len(one["geometry"]):
        found.append("a LoD twice")
    return found


def _geometry(geometry: dict[str, Any], vertices: list[list[int]], used: set[int]) -> list[str]:
    found = []
    if geometry["type"] not in BUILDING_GEOMETRIES:
        found.append(f"type {geometry['type']}")
    if not isinstance(geometry["lod"], str):
        found.append("lod is a text")
    solid = geometry["type"] == "Solid"
    surfaces = geometry["boundaries"][0] if solid else geometry["boundaries"]
    rings = [ring for surface in surfaces for ring in surface]
    used.update(index for ring in rings for index in ring)
    if any(len(set(ring)) < 3 or ring[0] == ring[-1] for ring in rings):
        found.append("rings of at least three distinct vertices, not closed")
    semantics = geometry.get("semantics")
    if semantics:
        values = semantics["values"][0] if solid else semantics["values"]
        if len(values) != len(surfaces) or max(values) >= len(semantics["surfaces"]):
            found.append("semantics")
    if solid and (not closes(surfaces) or volume(surfaces, vertices) <= 0):
        found.append("a solid that is open or inside out")
    return found


def closes(surfaces: list[list[list[int]]]) -> bool:
    """Every edge has its opposite exactly once."""
    edges = [
        (ring[i - 1], ring[i]) for surface in surfaces for ring in surface for i in range(len(ring))
    ]
    return len(edges) == len(set(edges)) and {(b, a) for a, b in edges} == set(edges)


def volume(surfaces: list[list[list[int]]], vertices: list[list[int]]) -> float:
    """Signed: positive when normals point outwards."""
    total = 0.0
    origin = np.array(vertices[surfaces[0][0][0]], dtype=float)
    for surface in surfaces:
        for ring in surface:
            points = np.array([vertices[i] for i in ring], dtype=float) - origin
            for i in range(1, len(points) - 1):
                total += float(np.dot(points[0], np.cross(points[i], points[i + 1]))) / 6
    return total
