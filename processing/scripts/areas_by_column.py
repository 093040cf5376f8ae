"""The area in square metres of a layer's polygons, summed by a column.

Usage: python processing/scripts/areas_by_column.py SOURCE LAYER COLUMN
"""

from __future__ import annotations

import sys

import commonplace

EQUAL_AREA = "EPSG:3035"


def main(address: str, layer: str, column: str) -> None:
    frame = commonplace.open(address).layer(layer).to_geodataframe().to_crs(EQUAL_AREA)
    areas = frame.geometry.area.groupby(frame[column]).sum().round(1)
    sys.stdout.write(areas.to_string() + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:4])
