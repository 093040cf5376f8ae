"""Every attribute of every layer of a source, without geometry, as CSV files.

Usage: python processing/scripts/layers_to_csv.py SOURCE FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import commonplace


def main(address: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    source = commonplace.open(address)
    for layer in source.layers():
        frame = source.layer(layer.name).to_geodataframe()
        frame.drop(columns="geometry", errors="ignore").to_csv(
            folder / f"{layer.name}.csv", index=False
        )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
