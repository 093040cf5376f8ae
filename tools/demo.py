"""The main job, end to end: a town's servers in, one interoperable package out.

``make demo`` runs it. Everything it makes lies in ``out/demo``; nothing but loopback is
asked.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from make_town import DEFECTS, TOWN, write_town
from town_servers import broker, pygeoapi

ROOT: Final = Path(__file__).parents[1]
JOB: Final = ROOT / "processing" / "jobs" / "demo-town.yaml"


def demo(folder: Path, options: Sequence[str] = ()) -> int:
    """Make the town in ``folder``, serve it, run the job over it; returns the exit code.

    ``options`` are passed on to ``commonplace run``.
    """
    town, package = folder / "town", folder / "package"
    layers = write_town(town)
    counts = ", ".join(f"{len(layer.rows)} {layer.name}" for layer in layers.values())
    print(f"{' / '.join(TOWN)}: {counts}; {len(DEFECTS)} defects on purpose", flush=True)
    with (
        pygeoapi(town, layers) as features,
        broker(town / "sensors.json", town / "broker.log") as sensors,
    ):
        print(f"pygeoapi at {features}, NGSI-LD broker at {sensors}", flush=True)
        command = [
            str(Path(sys.executable).with_name("commonplace")),
            "run",
            str(JOB),
            f"--set=sources.town.url={features}",
            f"--set=sources.sensors.url={sensors}",
            f"--output={package}",
            "--replace",
            *options,
        ]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "out" / "demo")
    arguments, passed_on = parser.parse_known_args()
    sys.exit(demo(arguments.folder.resolve(), passed_on))
