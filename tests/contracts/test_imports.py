"""The import contracts of pyproject.toml hold, and would not if they were broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_contracts_hold(root: Path) -> None:
    answer = lint(root)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("sources/__init__.py", "import commonplace.formats"),
        ("report.py", "import commonplace.pipeline"),
        ("formats/__init__.py", "import httpx"),
        ("errors.py", "import osgeo"),
    ],
)
def test_contracts_bite(root: Path, tmp_path: Path, module: str, line: str) -> None:
    """A copy of the engine with one forbidden import is refused."""
    shutil.copy(root / "pyproject.toml", tmp_path)
    shutil.copytree(root / "processing" / "commonplace", tmp_path / "commonplace")
    guilty = tmp_path / "commonplace" / module
    guilty.write_text(guilty.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    answer = subprocess.run(
        [LINT_IMPORTS, "--no-cache"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1, answer.stdout
    assert "BROKEN" in answer.stdout
