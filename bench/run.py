"""Ours against its peers, side by side in one run; ``make bench``.

A family of cases is a module ``cases_<name>.py`` here with one function::

    def cases(setting: Setting) -> Iterator[Result]

It makes its data in ``setting.work``, measures ours and its peers in turn (see
:mod:`measure`), and yields a :class:`results.Result` a comparison. A case that can't be
measured on this machine raises :class:`results.Unmeasured` with the reason.
Lines of the families that were not asked for stay in ``results.json`` as they are.
"""

from __future__ import annotations

import argparse
import compileall
import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from results import Result, Setting, Unmeasured

HERE: Final = Path(__file__).parent
ENGINE: Final = HERE.parent / "processing"
FAMILIES: Final = sorted(one.stem.removeprefix("cases_") for one in HERE.glob("cases_*.py"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--many", type=int, default=1_000_000, help="rows of the memory run")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", nargs="+", default=FAMILIES, choices=FAMILIES)
    parser.add_argument("--output", type=Path, default=HERE / "results.json")
    chosen = parser.parse_args()
    compileall.compile_dir(ENGINE, quiet=1)  # as pip does where it installs
    work = HERE / "work"
    work.mkdir(exist_ok=True)
    setting = Setting(chosen.rows, chosen.many, chosen.repeat, work)
    console = Console(width=170)
    lines = _known(chosen.output)
    for family in chosen.only:
        try:
            found = list(import_module(f"cases_{family}").cases(setting))
        except Unmeasured as reason:
            console.print(f"{family}: not measured: {reason}")
            continue
        console.print(_table(family, found))
        lines[family] = [{"family": family, **asdict(one)} for one in found]
        listed = [line for name in sorted(lines) for line in lines[name]]
        chosen.output.write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")


def _known(output: Path) -> dict[str, list[dict[str, Any]]]:
    """The lines of earlier runs, by family."""
    lines: dict[str, list[dict[str, Any]]] = {}
    for line in json.loads(output.read_text("utf-8")) if output.exists() else ():
        lines.setdefault(line.get("family", "job"), []).append(line)
    return lines


def _table(family: str, results: Sequence[Result]) -> Table:
    table = Table(title=f"Ours and its peers: {family}")
    for name in Result.__dataclass_fields__:
        table.add_column(name, justify="left" if name in ("case", "peer_name") else "right")
    for one in results:
        table.add_row(*("" if value is None else str(value) for value in asdict(one).values()))
    return table


if __name__ == "__main__":
    main()
