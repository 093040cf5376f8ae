"""What all tests share. Sockets are blocked save loopback and warnings are errors (pyproject)."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyogrio
import pyproj
import pytest
import shapely

from support.xsd import gml_errors

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the clone, or where COMMONPLACE_SHARED says."""
    folder = Path(os.environ.get("COMMONPLACE_SHARED", ROOT.parent / "shared"))
    if not (folder / "README.md").is_file():
        pytest.skip("needs the reference material: ../shared or $COMMONPLACE_SHARED")
    return folder.resolve()


@pytest.fixture(scope="session")
def validate_gml(shared: Path) -> Callable[[Path], list[str]]:
    """Errors of a document against the official XSDs, empty when it is valid."""
    return lambda path: gml_errors(path, shared / "inspire" / "schemas")


def pytest_report_header() -> list[str]:
    """Versions of the libraries under test, so that a log explains itself."""
    gdal = ".".join(map(str, pyogrio.__gdal_version__))
    return [
        f"GDAL {gdal} (pyogrio {pyogrio.__version__}), "
        f"PROJ {pyproj.proj_version_str} (pyproj {pyproj.__version__}), "
        f"GEOS {shapely.geos_version_string} (shapely {shapely.__version__})",
        f"Debian: {_version_of('ogr2ogr')}, {_version_of('qgis_process')}",
    ]


def _version_of(program: str) -> str:
    if shutil.which(program) is None:
        return f"no {program}"
    if program == "qgis_process":
        return "qgis_process"
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return answer.stdout.strip() or program
