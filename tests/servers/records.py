"""A real pygeoapi on loopback that serves OGC API Records from TinyDB."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from servers.geoapi import Catalogue, serve_pygeoapi


@contextmanager
def serve_records(folder: Path, records: Sequence[dict[str, Any]], *, most: int) -> Iterator[str]:
    """Run pygeoapi over records (GeoJSON features); gives its landing page's address."""
    data = folder / "records.tinydb"
    rows = {str(number): one for number, one in enumerate(records, start=1)}
    data.write_text(json.dumps({"_default": rows}), encoding="utf-8")
    city = Catalogue(data, "City catalogue", (10, 50, 11, 51))
    with serve_pygeoapi(folder, {"city": city}, most=most) as url:
        yield url
