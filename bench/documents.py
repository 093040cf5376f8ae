"""INSPIRE documents to read: our own buildings as GML, made by a job, once each."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from buildings import buildings

JOB: Final = Path(__file__).parent / "job.yaml"


def gml_buildings(rows: int, work: Path) -> Path:
    """GML of so many buildings: about 2.9 kB each."""
    found = work / f"buildings-{rows}.gml"
    if not found.exists():
        package = work / f"package-{rows}"
        program = str(Path(sys.executable).with_name("commonplace"))
        settings = [
            f"--set=sources.buildings.path={buildings(rows, work)}",
            "--set=output.formats=gml",
        ]
        command = [program, "run", str(JOB), *settings, f"--output={package}"]
        subprocess.run([*command, "--replace", "--quiet"], check=True)
        next((package / "data").glob("*.gml")).replace(found)
        shutil.rmtree(package)
    return found
