"""The plugin's source and zip, judged without running them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import build_plugin

#: ``processing`` is QGIS's own, a plugin that it brings along.
ALLOWED = {"qgis", "processing", *sys.stdlib_module_names}
WITHOUT_QGIS = ("engine.py", "jobs.py", "interpreters.py", "environment.py", "enginestate.py")


def modules(root: Path) -> list[Path]:
    return sorted((root / "qgis_plugin").rglob("*.py"))


def trees(root: Path) -> list[tuple[Path, ast.Module]]:
    """The modules, parsed as the oldest Python that QGIS 3.22 comes with."""
    return [
        (path, ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9)))
        for path in modules(root)
    ]


def imported(tree: ast.Module) -> set[str]:
    """The top-level names of what a module imports, itself left out."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(one.name.split(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").split(".")[0])
    return names


def test_imports_are_qgis_and_the_standard_library(root: Path) -> None:
    for path, tree in trees(root):
        assert imported(tree) <= ALLOWED, path.name


def test_qt_comes_through_qgis_and_there_is_no_global_iface(root: Path) -> None:
    for path in modules(root):
        text = path.read_text(encoding="utf-8")
        assert "PyQt5" not in text, path
        assert "PyQt6" not in text, path
        assert "qgis.utils" not in text, path
        assert "sys.path" not in text, path


def test_tr_gets_a_literal(root: Path) -> None:
    found = 0
    for path, tree in trees(root):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "tr":
                found += 1
                (text,) = node.args
                assert isinstance(text, ast.Constant), f"{path.name}:{node.lineno}"
                assert isinstance(text.value, str), f"{path.name}:{node.lineno}"
    assert found > 20


def test_engine_and_jobs_know_no_qgis(root: Path) -> None:
    held = {path.name: tree for path, tree in trees(root) if path.name in WITHOUT_QGIS}
    assert set(held) == set(WITHOUT_QGIS)
    assert [name for name, tree in held.items() if "qgis" in imported(tree)] == []


def test_zip_is_the_same_each_time(root: Path, tmp_path: Path) -> None:
    once, again = (build_plugin.build(root, tmp_path / name) for name in ("once", "again"))
    assert once.read_bytes() == again.read_bytes()


def test_zip_holds_one_folder_with_licence_and_wheel(plugin_zip: Path, root: Path) -> None:
    metadata = build_plugin.read_metadata(root / "metadata.txt")
    with zipfile.ZipFile(plugin_zip) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {build_plugin.FOLDER}
    assert f"{build_plugin.FOLDER}/LICENSE" in names
    wheel = f"{build_plugin.FOLDER}/wheels/commonplace-{metadata['version']}-py3-none-any.whl"
    assert wheel in names
    assert not [name for name in names if "__pycache__" in name or "/." in name]
    assert plugin_zip.stat().st_size < build_plugin.LARGEST


def test_wheel_can_be_read_and_holds_the_worker(plugin_zip: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(plugin_zip) as archive:
        wheel = next(name for name in archive.namelist() if name.endswith(".whl"))
        archive.extract(wheel, tmp_path)
    with zipfile.ZipFile(tmp_path / wheel) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        record = next(name for name in names if name.endswith("RECORD"))
        lines = archive.read(record).decode().splitlines()
    assert "commonplace/worker/__main__.py" in names
    assert sorted(line.split(",")[0] for line in lines) == sorted(names)


def test_wheel_requires_what_the_engine_imports(plugin_zip: Path, root: Path) -> None:
    """An environment made from the wheel alone must do."""
    with zipfile.ZipFile(plugin_zip) as archive:
        wheel = next(name for name in archive.namelist() if name.endswith(".whl"))
        with archive.open(wheel) as inner, zipfile.ZipFile(inner) as engine:
            manifest = next(one for one in engine.namelist() if one.endswith("/METADATA"))
            lines = engine.read(manifest).decode().splitlines()
    optional = re.compile(r"extra == .(dask|keyring|serve).")  # imported where it is there
    required = {
        re.split(r"[^\w.-]", line.removeprefix("Requires-Dist: "))[0].lower()
        for line in lines
        if line.startswith("Requires-Dist: ") and ("extra ==" not in line or optional.search(line))
    }
    distributions = packages_distributions()
    for path in (root / "processing" / "commonplace").rglob("*.py"):
        for name in imported(ast.parse(path.read_text(encoding="utf-8"))):
            if name not in sys.stdlib_module_names and name != "commonplace":
                known = {one.lower() for one in distributions[name]}
                assert known & required, f"{path.relative_to(root)} imports {name}"


@pytest.mark.parametrize("key", ["about", "email", "license", "repository", "version"])
def test_metadata_without_a_required_key_is_refused(root: Path, tmp_path: Path, key: str) -> None:
    lines = (root / "metadata.txt").read_text().splitlines(keepends=True)
    path = tmp_path / "metadata.txt"
    path.write_text("".join(line for line in lines if not line.startswith(f"{key}=")))
    with pytest.raises(build_plugin.NotPublishable, match=key):
        build_plugin.read_metadata(path)


@pytest.mark.parametrize(
    ("line", "told"),
    [("tracker=none", "tracker"), ("qgisMinimumVersion=new", "qgisMinimumVersion")],
)
def test_metadata_in_a_wrong_form_is_refused(
    root: Path, tmp_path: Path, line: str, told: str
) -> None:
    text = (root / "metadata.txt").read_text()
    path = tmp_path / "metadata.txt"
    path.write_text(re.sub(rf"(?m)^{told}=.*$", line, text))
    with pytest.raises(build_plugin.NotPublishable, match=told):
        build_plugin.read_metadata(path)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("commonplace_qgis/.git/config", r"\.git"),
        ("commonplace_qgis/__pycache__/a.pyc", "pycache"),
        ("other/__init__.py", "other"),
        ("commonplace_qgis/__init__.py", "LICENSE"),
    ],
)
def test_strays_and_gaps_are_refused(tmp_path: Path, name: str, told: str) -> None:
    path = tmp_path / "plugin.zip"
    build_plugin.write_zip(path, {name: b""})
    with pytest.raises(build_plugin.NotPublishable, match=told):
        build_plugin.refuse_unpublishable(path)


def test_plugin_is_clean_for_bandit(root: Path) -> None:
    """As QGIS's plugin repository runs it: without our settings."""
    pytest.importorskip("bandit", reason="needs the dev extra")
    command = [sys.executable, "-m", "bandit", "--quiet", "--recursive", str(root / "qgis_plugin")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_binaries_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "plugin.zip"
    build_plugin.write_zip(path, {"commonplace_qgis/libproj.so": b""})
    with pytest.raises(build_plugin.NotPublishable, match=r"libproj\.so"):
        build_plugin.refuse_unpublishable(path)
