"""Rules of the house that no linter knows, over the tracked files."""

from __future__ import annotations

import ast
import configparser
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, version
from itertools import chain
from pathlib import Path

import pytest

from commonplace.errors import EXIT_CODES

BINARY = {".xz", ".gpkg", ".png", ".zip", ".tif", ".qm", ".parquet", ".arrow", ".db"}
# Where macOS's package managers put Python is a fact of that system.
ABSOLUTE = re.compile(r"(?<![\w.$}/:-])/(?:work|root|mnt|opt)/(?!homebrew/|local/)\w")
HOSTS = re.compile(r"pypi\.|files\.pythonhosted|deb\.debian|registry\.npmjs|\.internal\b")


def tracked(root: Path) -> list[Path]:
    """Files git would carry: tracked or new, not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [root / name for name in listed.split("\0") if name and (root / name).is_file()]


def sources(root: Path, *folders: str) -> list[tuple[Path, ast.Module]]:
    """Python files of the folders, parsed."""
    chosen = [
        path
        for path in tracked(root)
        if path.suffix == ".py" and path.relative_to(root).parts[0] in folders
    ]
    assert chosen, folders
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in chosen]


def imported(tree: ast.Module) -> set[str]:
    """Top-level names that a module imports, wherever in it."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.partition(".")[0])
    return names


def broad(handler: ast.ExceptHandler) -> bool:
    """Catches all and keeps it; tidying up before raising again is no fault."""
    last = handler.body[-1]
    if isinstance(last, ast.Raise) and last.exc is None:
        return False
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in ("Exception", "BaseException"))
        for kind in kinds
    )


def test_processing_is_no_package(root: Path) -> None:
    """QGIS owns the name: with an ``__init__.py`` its own ``processing`` would be shadowed."""
    assert not (root / "processing" / "__init__.py").exists()


def test_nobody_edits_the_path(root: Path) -> None:
    folders = ("processing", "qgis_plugin", "tools", "bench", "tests")
    guilty = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path, tree in sources(root, *folders)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "path"
        and isinstance(node.value, ast.Name)
        and node.value.id == "sys"
    ]
    assert guilty == []


def test_no_broad_except(root: Path) -> None:
    guilty = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path, tree in sources(root, "processing", "qgis_plugin", "tools", "bench")
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and broad(node)
    ]
    assert guilty == []


def test_engine_imports_no_qgis(root: Path) -> None:
    banned = {"qgis", "PyQt5", "PyQt6", "osgeo", "processing"}
    guilty = {
        str(path.relative_to(root)): names
        for path, tree in sources(root, "processing")
        if (names := imported(tree) & banned)
    }
    assert guilty == {}


def test_plugin_imports_no_engine(root: Path) -> None:
    """The plugin lives on QGIS and the standard library; the engine is a process."""
    banned = {"commonplace", "pyarrow", "shapely", "pyogrio", "geopandas", "duckdb", "httpx"}
    guilty = {
        str(path.relative_to(root)): names
        for path, tree in sources(root, "qgis_plugin")
        if (names := imported(tree) & banned)
    }
    assert guilty == {}


def test_no_machine_in_tracked_files(root: Path) -> None:
    """No path of one machine (an example may say where a user's home is), no registry's host."""
    guilty = []
    for path in tracked(root):
        if path.suffix in BINARY or path == Path(__file__) or path.name == "LICENSE":
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        guilty += [
            f"{path.relative_to(root)}: {match.group()}"
            for pattern in (ABSOLUTE, HOSTS)
            for match in pattern.finditer(text)
        ]
    assert guilty == []


def test_recipes_swallow_nothing(root: Path) -> None:
    for name in ("Makefile", ".ci/run", "tools/need.sh"):
        text = (root / name).read_text(encoding="utf-8")
        assert "|| true" not in text
        assert not re.search(r"^\t-", text, re.MULTILINE), name


def test_one_version(root: Path) -> None:
    manifest = configparser.ConfigParser(interpolation=None)
    manifest.read(root / "metadata.txt", encoding="utf-8")
    assert version("commonplace") == manifest["general"]["version"]


def test_every_dependency_is_pinned(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    pins = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins)
    pinned = {_normal(pin.partition("==")[0]) for pin in pins}
    names = {_normal(re.split(r"[\[<>=]", one, maxsplit=1)[0]) for one in wanted}
    assert names - pinned == {"commonplace"}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_ci_runs_what_the_readme_says(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    script = (root / ".ci" / "run").read_text(encoding="utf-8")
    for command in ("make test", "make demo"):
        assert command in readme
    assert "make test" in script
    assert "make lint" in script


@pytest.mark.parametrize("target", ["setup", "demo", "test", "bench", "plugin", "models", "lint"])
def test_make_prints_its_targets(root: Path, target: str) -> None:
    printed = subprocess.run(
        ["make", "--no-print-directory"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    assert f"make {target} " in printed


def test_readme_has_the_exit_codes(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    table = "".join(f"| {code} | {meaning} |\n" for code, meaning in EXIT_CODES)
    assert table in readme


def test_links_of_the_documentation_lead_somewhere(root: Path) -> None:
    dead = [
        f"{page.relative_to(root)}: {target}"
        for page in tracked(root)
        if page.suffix == ".md"
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert dead == []


def test_engine_imports_only_what_it_declares(root: Path) -> None:
    """A library that only the tests' extra brings would be missing where it counts."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    # These are asked only where they are installed.
    extras = [project["optional-dependencies"][one] for one in ("dask", "keyring", "serve")]
    listed = [*project["dependencies"], *(one for extra in extras for one in extra)]
    declared = {_normal(re.split(r"[\[<>=]", one, maxsplit=1)[0]) for one in listed}
    providers = packages_distributions()
    guilty = {
        f"{path.relative_to(root)}: {name}"
        for path, tree in sources(root, "processing")
        for name in imported(tree) - set(sys.stdlib_module_names) - {"commonplace"}
        if not declared & {_normal(one) for one in providers.get(name, [])}
    }
    assert guilty == set()
