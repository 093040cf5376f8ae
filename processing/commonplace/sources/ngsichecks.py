"""What is odd about entities as they are read: findings, one place for their words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from commonplace.bounds import Bounds
from commonplace.ngsi.swapped import out_of_range, swapped
from commonplace.report import Finding, Severity
from commonplace.sources.ngsicolumns import Parsed
from commonplace.sources.notes import Notebook


@dataclass(frozen=True, slots=True)
class Checks:
    """Findings of one layer. ``expected`` is where its data should lie, in degrees."""

    notebook: Notebook
    layer: str
    expected: Bounds | None

    def positions(self, made: Parsed) -> None:
        """Coordinates that look swapped, or that are no longitude and latitude."""
        if made.shapes is None or not len(made.shapes):
            return
        west, south, east, north = shapely.bounds(made.shapes).T
        x, y = (west + east) / 2, (south + north) / 2
        with np.errstate(invalid="ignore"):
            outside = out_of_range(np.where(np.abs(west) > np.abs(east), west, east), y) | (
                np.maximum(np.abs(south), np.abs(north)) > 90
            )
            suspected = swapped(x, y, self.expected)
        self._located(
            made,
            outside & ~suspected,
            Finding(
                "COORDINATES_OUT_OF_RANGE",
                Severity.ERROR,
                "no longitude and latitude: NGSI-LD knows WGS 84 only",
                self.layer,
                fix="have the publisher transform them; state the source's crs meanwhile",
            ),
        )
        self._located(
            made,
            suspected,
            Finding(
                "COORDINATES_SWAPPED",
                Severity.WARNING,
                "looks like latitude before longitude; it would lie "
                + ("in the job's bbox" if self.expected else "in an inhabited place")
                + " the other way round",
                self.layer,
                fix="tell the publisher; state ngsi.swapped: true if all are, or the source's"
                " bbox if they are right",
            ),
        )

    def _located(self, made: Parsed, mask: np.ndarray, finding: Finding) -> None:
        rows = np.flatnonzero(mask)
        if not len(rows) or made.shapes is None:
            return
        first = int(rows[0])
        shape = made.shapes[first]
        place = shapely.get_coordinates(shape)[0]
        self.notebook.add(
            Finding(
                finding.code,
                finding.severity,
                finding.message,
                finding.layer,
                feature=str(made.batch.column("id")[first]),
                value=shapely.to_wkt(shape)[:100],
                fix=finding.fix,
                place=(float(place[0]), float(place[1])),
                count=len(rows),
            )
        )

    def unreadable(self, made: Parsed) -> None:
        if made.unreadable:
            self.notebook.add(
                Finding(
                    "GEOMETRY_UNREADABLE",
                    Severity.ERROR,
                    "a location is no GeoJSON geometry: the row has none",
                    self.layer,
                    feature=str(made.batch.column("id")[made.unreadable[0]]),
                    count=len(made.unreadable),
                )
            )

    def types_differ(self, name: str) -> None:
        self.notebook.note(
            "TYPES_DIFFER",
            Severity.INFO,
            "entities disagree on the attribute's type: it is read as text",
            layer=self.layer,
            attribute=name,
        )

    def instances(self, made: Parsed) -> None:
        for attribute, count in made.further.items():
            self.notebook.note(
                "INSTANCES_LEFT_OUT",
                Severity.INFO,
                "an attribute has several instances (datasetId): the default one is read here",
                layer=self.layer,
                attribute=attribute,
                fix=f"read layer {self.layer}.{attribute} for all of them",
                count=count,
            )
