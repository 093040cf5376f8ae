"""Short ways to compile and evaluate mappings in tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from commonplace.errors import DocumentError, Problem
from commonplace.job import OnError
from commonplace.mapping.compile import Compiled, check_mapping, compile_mapping
from commonplace.mapping.document import parse_mapping
from commonplace.mapping.evaluate import Evaluated, Session
from commonplace.model import load_model

HEAD = "target: {schema: bu-core2d/4.0, namespace: XX.EXAMPLE.BU, language: eng}\n"
BUILDING = (
    HEAD
    + """
Building:
  inspireId: =id
  geometry2D:
    geometry: =geometry
    referenceGeometry: true
    horizontalGeometryReference: footPrint
"""
)
ADDRESSES = """
target: {schema: ad/4.0, namespace: XX.EXAMPLE.AD, language: eng}
from: {layers: [town]}
Address:
  inspireId: =id
  status: current
  locator: {designator: {addressNumber: =id}, level: siteLevel}
  position: {geometry: =geometry, specification: entrance, method: fromFeature, default: true}
  component: [=>ThoroughfareName]
ThoroughfareName: {key: =street, name: =street}
"""


def compiled(text: str) -> Compiled:
    return compile_mapping(parse_mapping(text), load_model())


def problems(text: str, **keywords: Any) -> list[Problem]:
    """What is wrong with a mapping, at whatever stage it is found."""
    try:
        return check_mapping(parse_mapping(text), load_model(), **keywords)
    except DocumentError as error:
        return list(error.problems)


def batch(columns: dict[str, Any], points: bool = True) -> tuple[pa.RecordBatch, Any]:
    """Rows with ordinals and, with ``points``, a point each."""
    size = len(next(iter(columns.values())))
    filled: dict[str, Any] = {"@ordinal": pa.array(range(size), pa.int64())}
    filled.update({k: v if isinstance(v, pa.Array) else pa.array(v) for k, v in columns.items()})
    if points:
        filled["geometry"] = pa.array(np.arange(size, dtype=np.int32))
    pool = shapely.points(np.arange(2 * size, dtype=float).reshape(size, 2))
    return pa.RecordBatch.from_pydict(filled), pool


def evaluate(text: str, columns: dict[str, Any], on_error: OnError = "reject") -> Evaluated:
    """The first feature type of a mapping over rows of these columns."""
    rows, pool = batch(columns)
    with Session(on_error) as session:
        return session.evaluate(compiled(text).types[0], rows, pool)


def column(evaluated: Evaluated, path: str) -> list[Any]:
    """Values by path, as Python."""
    first, *rest = path.split(".")
    values = evaluated.batch.columns.column(first).to_pylist()
    for name in rest:
        values = [None if one is None else one[name] for one in values]
    return values


def codes(evaluated: Evaluated) -> list[str]:
    return [one.code for one in evaluated.findings]


@dataclass(frozen=True)
class Attack:
    """An expression to evaluate over one row, in a process of its own."""

    expression: str
    value: str

    def __str__(self) -> str:
        return f"={self.expression}"


def run_attack(attack: Attack) -> Sequence[Any]:
    text = f"{BUILDING}  externalReference: {{informationSystem: https://example.org, "
    text += f'informationSystemName: x, reference: "={attack.expression}"}}\n'
    found = evaluate(text, {"id": ["a"], "x": [attack.value]})
    return [one.code for one in found.findings]
