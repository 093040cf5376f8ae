"""The engine's set-up: Pythons found and judged, environments made from wheels, failures told.

The folder of wheels is the test's: the dependencies are empty ones, and one of them brings a
``.pth`` file that leads to the packages of the environment in which the tests run.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from qgis.desktop import perform

ENGINE = version("commonplace")


@pytest.fixture(scope="module")
def plugin(staged: Any) -> Iterator[Callable[[str], Any]]:
    """Modules of the staged plugin that need no QGIS."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(staged.plugin.parent)
        yield lambda name: import_module(f"commonplace_qgis.{name}")
    for name in [one for one in sys.modules if one.partition(".")[0] == "commonplace_qgis"]:
        del sys.modules[name]


def write_wheel(folder: Path, name: str, release: str, members: dict[str, str]) -> None:
    """A wheel of text files."""
    plain = re.sub(r"[-.]", "_", name)
    about = f"{plain}-{release}.dist-info"
    files = {
        **members,
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {release}\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = "".join(f"{one},,\n" for one in [*files, f"{about}/RECORD"])
    with zipfile.ZipFile(folder / f"{plain}-{release}-py3-none-any.whl", "w") as archive:
        for path, text in {**files, f"{about}/RECORD": lines}.items():
            archive.writestr(path, text)


def engine_wheel(staged: Any) -> Path:
    return next((staged.plugin / "wheels").glob("commonplace-*.whl"))


@pytest.fixture(scope="module")
def wheels(staged: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that the engine's wheel requires."""
    folder = tmp_path_factory.mktemp("wheels")
    (folder / "empty").mkdir()
    packages = sysconfig.get_path("purelib")
    with zipfile.ZipFile(engine_wheel(staged)) as archive:
        about = next(one for one in archive.namelist() if one.endswith("/METADATA"))
        lines = archive.read(about).decode().splitlines()
    for line in lines:
        name = re.split(r"[^\w.-]", line.removeprefix("Requires-Dist: "))[0]
        if line.startswith("Requires-Dist: ") and "extra ==" not in line:
            link = {"tests.pth": f"{packages}\n"} if name == "certifi" else {}
            write_wheel(folder, name, version(name), link)
    return folder


@pytest.fixture(scope="module")
def base(plugin: Callable[[str], Any]) -> Any:
    """The Python that the tests' environment was made with."""
    path = Path(sys.base_prefix, "bin", f"python3.{sys.version_info.minor}")
    found = plugin("interpreters").probe(path)
    assert found is not None
    return found


class Teller:
    """Remembers what it is told; cancels at a step."""

    def __init__(self, cancel_at: str = "") -> None:
        self.steps: list[str] = []
        self.lines: list[str] = []
        self._cancel_at = cancel_at

    def reached(self, share: float, step: str) -> None:
        assert 0 <= share <= 1
        self.steps.append(step)

    def line(self, text: str) -> None:
        self.lines.append(text)

    def cancelled(self) -> bool:
        return self._cancel_at in self.steps


@pytest.fixture
def plan(plugin: Callable[[str], Any], staged: Any, base: Any, wheels: Path, tmp_path: Path) -> Any:
    """As on Debian without python3-venv, which is quicker: the dialog's test has it."""
    return plugin("environment").Plan(
        profile=tmp_path / "profile with blanks",
        interpreter=replace(base, ensurepip=False),
        engine_wheel=engine_wheel(staged),
        version=ENGINE,
        log=tmp_path / "setup.log",
        wheels=wheels,
    )


def test_environment_is_made_tried_and_found(plugin: Callable[[str], Any], plan: Any) -> None:
    environment, state = plugin("environment"), plugin("enginestate")
    assert state.engine_state(plan.profile, "", ENGINE).kind == "missing"
    teller = Teller()
    assert environment.set_up(plan, teller) == ENGINE
    assert list(dict.fromkeys(teller.steps)) == ["environment", "collect", "install", "try"]
    ready = state.engine_state(plan.profile, "", ENGINE)
    assert (ready.kind, ready.version, ready.own) == ("ready", ENGINE, True)
    assert state.engine_state(plan.profile, "", "99.0").kind == "version"
    assert "Successfully installed" in plan.log.read_text()

    # a second attempt fails: the first environment is still there and works
    hopeless = replace(plan, wheels=plan.wheels / "empty")
    with pytest.raises(environment.SetUpFailed) as failed:
        environment.set_up(hopeless, Teller())
    assert failed.value.reason == "packages"
    with pytest.raises(environment.SetUpCancelled):
        environment.set_up(plan, Teller(cancel_at="collect"))
    assert environment.try_engine(plan.python, plan.log) == ENGINE
    assert [one.name for one in plan.folder.parent.iterdir()] == ["env"]
    with pytest.raises(environment.SetUpFailed) as failed:
        environment.try_engine(plan.python, plan.log, "99.0")
    assert (failed.value.reason, failed.value.detail) == ("version", ENGINE)


def test_what_was_left_unfinished_is_no_engine(plugin: Callable[[str], Any], plan: Any) -> None:
    plan.python.parent.mkdir(parents=True)
    plan.python.write_text("")
    mark = plugin("engine").unfinished_mark(plan.profile)
    assert plugin("engine").find_python(plan.profile) == plan.python
    mark.touch()
    with pytest.raises(plugin("engine").EngineMissing):
        plugin("engine").find_python(plan.profile)


def test_debian_without_venv_takes_the_pip_there_is(
    plugin: Callable[[str], Any], plan: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without ensurepip: another Python's pip, a wheel in the folder, or from a stated index."""
    environment = plugin("environment")
    bare = replace(plan.interpreter, ensurepip=False, pip="23.0.1")
    command = environment._pip(replace(plan, interpreter=bare), tmp_path)
    assert command[-2:] == ["--python", str(plan.python)]
    older = replace(plan, interpreter=replace(bare, pip="20.3"))
    with pytest.raises(environment.SetUpFailed) as failed:
        environment._pip(older, tmp_path)
    assert failed.value.reason == "pip"
    folder = tmp_path / "with pip"
    folder.mkdir()
    for release in ("9.0", "24.0"):
        write_wheel(folder, "pip", release, {})
    command = environment._pip(replace(older, wheels=folder), tmp_path)
    assert command[-1] == str(folder / "pip-24.0-py3-none-any.whl" / "pip")

    digest = "d1d94a1e7ad8eac6bb05bc2ddff4ba8e7d4a44a4b2dd3ad1b2f6a4d2f5b4a3c1"
    pages = {
        "https://p.example/simple/pip/": f'<a href="/w/pip-25.1-py3-none-any.whl#sha256={digest}">',
        "https://p.example/w/pip-25.1-py3-none-any.whl": "a wheel",
    }
    monkeypatch.setenv("PIP_INDEX_URL", "https://p.example/simple")
    forged = replace(older, wheels=None, fetch=lambda url: pages[url].encode())
    with pytest.raises(environment.SetUpFailed):
        environment._pip(forged, tmp_path)
    true = hashlib.sha256(b"a wheel").hexdigest()
    right = {name: text.replace(digest, true) for name, text in pages.items()}
    command = environment._pip(replace(forged, fetch=lambda url: right[url].encode()), tmp_path)
    assert command[-1] == str(tmp_path / "pip-25.1-py3-none-any.whl" / "pip")
    assert (tmp_path / "pip-25.1-py3-none-any.whl").read_bytes() == b"a wheel"


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left", "disk"),
        ("WARNING: Retrying … NewConnectionError … \nERROR: No matching distribution", "network"),
        ("ERROR: No matching distribution found for pyarrow>=18", "packages"),
        ("ERROR: Package 'x' requires a different Python: 3.11.2 not in '>=3.12'", "python"),
        ("Error: [Errno 13] Permission denied: '/x/env'", "access"),
        ("something else", "venv"),
    ],
)
def test_a_python_that_fails_is_explained(
    plugin: Callable[[str], Any],
    plan: Any,
    interpreter: Callable[[str], str],
    printed: str,
    reason: str,
) -> None:
    broken = interpreter(f"cat <<'END'\n{printed}\nEND\nexit 1")
    fake = replace(plan, interpreter=replace(plan.interpreter, path=Path(broken)))
    with pytest.raises(plugin("environment").SetUpFailed) as failed:
        plugin("environment").set_up(fake, Teller())
    assert failed.value.reason == reason
    assert printed.splitlines()[-1] in failed.value.detail
    assert list(plan.folder.parent.iterdir()) == []


def test_cancel_ends_the_program(
    plugin: Callable[[str], Any], plan: Any, interpreter: Callable[[str], str], tmp_path: Path
) -> None:
    slow = interpreter(f"echo $$ > {tmp_path}/id; sleep 300")
    fake = replace(plan, interpreter=replace(plan.interpreter, path=Path(slow)))

    class Impatient(Teller):
        def cancelled(self) -> bool:
            return (tmp_path / "id").exists() and bool((tmp_path / "id").read_text())

    with pytest.raises(plugin("environment").SetUpCancelled):
        plugin("environment").set_up(fake, Impatient())
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "id").read_text()), 0)


def test_an_engine_that_does_not_start_is_told(
    plugin: Callable[[str], Any], interpreter: Callable[[str], str], tmp_path: Path
) -> None:
    broken = interpreter("echo libfoo.so.6: cannot open shared object >&2; exit 1")
    with pytest.raises(plugin("environment").SetUpFailed) as failed:
        plugin("environment").try_engine(Path(broken), tmp_path / "log")
    assert failed.value.reason == "engine"
    assert "libfoo" in failed.value.detail


def test_pythons_are_found_judged_and_ranked(plugin: Callable[[str], Any], tmp_path: Path) -> None:
    interpreters = plugin("interpreters")
    told = (
        '{"version": [3, %d, 1], "bits": %d, "pip": "", "venv": %s, '
        '"ensurepip": true, "base": "%s"}'
    )
    for name, minor, bits, venv in (
        ("python3.9", 9, 64, "true"),
        ("python3.12", 12, 64, "true"),
        ("python3.11", 11, 32, "true"),
        ("python3.13", 13, 64, "false"),
        ("python3.19", 19, 64, "true"),
    ):
        script = tmp_path / name
        script.write_text(f"#!/bin/sh\necho '{told % (minor, bits, venv, name)}'\n")
        script.chmod(0o755)
    (tmp_path / "python3").write_text("")  # an alias of Windows' store is an empty file
    (tmp_path / "python3").chmod(0o755)
    (tmp_path / "python3.14").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3.14").chmod(0o755)
    (tmp_path / "python3-config").write_text("#!/bin/sh\nexit 1\n")
    listed = interpreters.candidates({"PATH": str(tmp_path)}, "linux")
    names = {one.name for one in listed if one.parent == tmp_path}
    assert names == {
        "python3.9",
        "python3.11",
        "python3.12",
        "python3.13",
        "python3.14",
        "python3.19",
    }
    found = interpreters.find_interpreters({"PATH": str(tmp_path)}, "linux")
    fits = [one.path.name for one in found if one.fits and one.path.parent == tmp_path]
    assert fits == ["python3.12", "python3.19"]
    assert {one.path.name for one in found if not one.fits} >= {
        "python3.9",
        "python3.11",
        "python3.13",
    }


def test_windows_and_mac_places_are_looked_at(
    plugin: Callable[[str], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interpreters = plugin("interpreters")
    for place in (
        "local/Programs/Python/Python312/python.exe",
        "files/Python313/python.exe",
        "osgeo/apps/Python39/python.exe",
        "mac/3.12/bin/python3",
    ):
        path = tmp_path / place
        path.parent.mkdir(parents=True)
        path.write_text("x")
        path.chmod(0o755)
    places = {
        "LOCALAPPDATA": str(tmp_path / "local"),
        "PROGRAMFILES": str(tmp_path / "files"),
        "OSGEO4W_ROOT": str(tmp_path / "osgeo"),
        "PATH": "",
    }
    found = [one.parent.name for one in interpreters.candidates(places, "win32")]
    assert found[:3] == ["Python312", "Python313", "Python39"]
    monkeypatch.setattr(interpreters, "MAC_FRAMEWORKS", (str(tmp_path / "mac"),))
    monkeypatch.setattr(interpreters, "MAC_TOOLS", str(tmp_path / "no tools"))
    apple = list(interpreters.candidates({"PATH": "/usr/bin"}, "darwin"))
    assert apple[0] == tmp_path / "mac/3.12/bin/python3"
    own = Path(sys.base_prefix, "bin", "python3")
    assert [one for one in apple if one.parent == Path("/usr/bin") and one != own] == []


@pytest.mark.slow
def test_dialog_sets_the_engine_up(
    staged: Any, wheels: Path, base: Any, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """In the desktop: a folder of wheels that lacks all is told, the right one makes it."""
    (tmp_path / base.path.name).symlink_to(base.path)
    path = f"{tmp_path}:/usr/bin:/bin"
    environment = staged.profile / "commonplace" / "env"
    request.addfinalizer(lambda: shutil.rmtree(environment, ignore_errors=True))
    stated = {"WHEELS": str(wheels), "BASE": str(tmp_path / base.path.name), "PATH": path}
    told = perform(staged, "desktop_setup", tmp_path, python=None, **stated)
    assert any(one.startswith(f"Python {base.text}") for one in told["pythons"])
    assert "adbc" in told["refused"], "what is missing is named"
    assert "INFO" not in told["refused"]
    assert ENGINE in told["said"]
    assert told["closed"]
    python = environment / "bin" / "python"
    done = subprocess.run(
        [str(python), "-I", "-c", "import commonplace.worker"], check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr
