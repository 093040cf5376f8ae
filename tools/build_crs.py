"""Derive the list of INSPIRE's CRSs from the reference material in ``../shared``.

Usage: ``python tools/build_crs.py [SHARED]``. The same input gives the same bytes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "processing" / "commonplace" / "crs" / "inspire_crs.json"


def build(shared: Path) -> str:
    """The text of ``inspire_crs.json``: one CRS a line, in the order of the official list."""
    source = json.loads((shared / "inspire" / "inspire_crs.json").read_text(encoding="utf-8"))
    lines = [json.dumps(_entry(one), ensure_ascii=False) for one in source]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _entry(one: dict[str, object]) -> dict[str, object]:
    epsg = one.get("epsg")
    return {
        "code": f"EPSG:{epsg}" if epsg else None,
        "uri": one["uri"],
        "name": one["short"],
        "axes": one.get("axes") or [],
        "deprecated": bool(one.get("deprecated")),
        "validator": bool(one.get("in_ets_v2024_0_1")),
    }


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    TARGET.write_text(build(shared), encoding="utf-8")


if __name__ == "__main__":
    main()
