"""Check and run every job of a folder; say which rows were lost.

Usage: python processing/scripts/run_all_jobs.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import commonplace


def main(folder: Path) -> int:
    failed = 0
    for job in sorted(folder.glob("*.yaml")):
        checked = commonplace.check(job)
        if checked.errors:
            failed += 1
            sys.stderr.write("".join(f"{job.name}: {error}\n" for error in checked.errors))
            continue
        report = commonplace.run(job, overrides={"output.replace": "true"})
        for layer, ledger in report.layers.items():
            sys.stdout.write(f"{job.name}: {layer}: {ledger.rejected} of {ledger.read} rejected\n")
    return failed


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
