"""The guide's pictures, photographed in QGIS's desktop while the tests play in it.

``python tools/pictures.py`` (``make pictures``) runs the plays and puts the pictures that ``docs``
shows into ``docs/images``; what else they photograph is for looking at a failure. With names of
test modules only these are run.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
TESTS: Final = ROOT / "tests" / "qgis"
LAST: Final = "test_first_hour.py"  # its town is shown, where others photograph the same
MOST_BYTES: Final = 150_000
SHOWN: Final = re.compile(r"images/([\w-]+\.png)")


def shown(docs: Path) -> set[str]:
    """Names of the pictures that the pages show."""
    return {
        name
        for page in docs.glob("*.md")
        for name in SHOWN.findall(page.read_text(encoding="utf-8"))
    }


def take(modules: Sequence[str]) -> int:
    """Photograph; returns 1 when a test failed or a picture is too large."""
    images, failed = ROOT / "docs" / "images", 0
    for name in shown(ROOT / "docs"):
        (images / name).touch()  # the zip that is photographed carries the guide
    with tempfile.TemporaryDirectory() as folder:
        for module in sorted(modules, key=lambda one: one == LAST):
            command = [sys.executable, "-m", "pytest", "-m", "slow", str(TESTS / module)]
            environment = {**os.environ, "PICTURES": folder}
            failed |= subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode
        for name in sorted(shown(ROOT / "docs")):
            made = Path(folder) / name
            if made.is_file() and made.stat().st_size > MOST_BYTES:
                print(f"{name}: {made.stat().st_size} bytes")
                failed = 1
            elif made.is_file():
                shutil.copyfile(made, images / name)
                print(f"{name} is new")
            elif len(modules) > 1:
                print(f"{name} was not made")
                failed = 1
    return 1 if failed else 0


def playing() -> list[str]:
    """The test modules that play in the desktop."""
    calls = (one for one in TESTS.glob("test_*.py") if "perform(" in one.read_text("utf-8"))
    return [one.name for one in calls]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="such as test_first_hour.py")
    sys.exit(take(parser.parse_args().modules or playing()))
