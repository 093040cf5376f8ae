"""The verdicts of OASC's simple tests (oasc/OASC-MIM7-compliance, September 2024).

Written from what they do: R1 is one request ("WFS_Capabilities" in the text, or
``/conformance`` answers 200); R2 that a .gpkg opens and has a spatial layer; R3 and R5 that
the index of its data frame is unique, and rises. That index is the running number of the
rows, so both hold for any file that opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from commonplace.http import Client, Response, shown_url
from commonplace.mim7.evidence import OldTest
from commonplace.mim7.gpkg import is_spatial

OPENS: Final = "the .gpkg opens and has a spatial layer"
UNIQUE: Final = "unique: the data frame's index is unique"
MONOTONIC: Final = "persistent: the data frame's index rises"
ANSWERS: Final = "'WFS_Capabilities' in one answer, or /conformance answers 200"


def tests_of_files(paths: Sequence[Path]) -> tuple[OldTest, ...]:
    """The tests of GeoPackages; they have no say on other files."""
    packages = [one for one in paths if one.suffix == ".gpkg"]
    if not packages:
        seen = "no GeoPackage: not tested"
        return (
            OldTest("R1", ANSWERS, None, "no service"),
            OldTest("R2", OPENS, None, seen),
            OldTest("R3", UNIQUE, None, seen),
            OldTest("R5", MONOTONIC, None, seen),
        )
    spatial = all(is_spatial(one) for one in packages)
    index = "the index numbers the rows 0, 1, 2, …" if spatial else "it doesn't open"
    return (
        OldTest("R1", ANSWERS, None, "no service"),
        OldTest("R2", OPENS, spatial, ", ".join(one.name for one in packages)),
        OldTest("R3", UNIQUE, spatial, index),
        OldTest("R5", MONOTONIC, spatial, index),
    )


def tests_of_service(
    capabilities: Response | None, conformance: Response | None
) -> tuple[OldTest, ...]:
    """The test of a service, from the two answers."""
    named = capabilities is not None and b"WFS_Capabilities" in capabilities.body
    answered = conformance is not None and conformance.status == 200
    seen = [
        f"{shown_url(one.url)}: {one.status}"
        for one in (capabilities, conformance)
        if one is not None
    ]
    return (OldTest("R1", ANSWERS, named or answered, "; ".join(seen)),)


def conformance_of(client: Client, url: str) -> Response:
    """What ``/conformance`` of a service's address answers, whatever that is."""
    base = url.partition("?")[0].partition("/collections")[0].rstrip("/")
    return client.get(
        f"{base}/conformance", headers={"Accept": "application/json"}, allowed=range(400, 600)
    )
