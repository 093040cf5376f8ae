"""A real PostgreSQL with PostGIS on loopback, for tests: Debian's, run by nobody special.

``serve_postgis`` initialises a cluster in a folder of its own and runs it until the block
ends. As root (CI) the server runs as Debian's ``postgres`` user, since it refuses root.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
OWNER = "owner"
DATABASE = "city"
PATIENCE = 120.0
DIES_WITH_US = ("setpriv", "--pdeathsig", "INT")  # should the tests be killed
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "40",
}


@dataclass(frozen=True)
class PostgisServer:
    """A running server. Logs in everyone from loopback unless a role needs a password."""

    host: str
    port: int
    folder: Path

    def url(self, *, user: str = OWNER, database: str = DATABASE) -> str:
        """A libpq URI without a password."""
        return f"postgresql://{user}@{self.host}:{self.port}/{database}"

    def run(self, sql: str, *, database: str = DATABASE, user: str = OWNER) -> str:
        """Run SQL by psql; gives what it prints, tab-separated and without headings."""
        command = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]
        command += ["--field-separator=\t", "--set=ON_ERROR_STOP=1", "--file=-"]
        done = subprocess.run(
            [*command, self.url(user=user, database=database)],
            input=sql,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def create_database(self, name: str, *, postgis: bool = True) -> str:
        """Make a database; gives its URI."""
        self.run(f'CREATE DATABASE "{name}"', database="postgres")
        if postgis:
            self.run("CREATE EXTENSION postgis", database=name)
        return self.url(database=name)


@contextmanager
def serve_postgis(*, password_for: Sequence[str] = ()) -> Iterator[PostgisServer]:
    """Run PostgreSQL with PostGIS in database ``city``. Skips where it isn't installed.

    Parameters
    ----------
    password_for
        Roles (to be made by the test) that must show a password.
    """
    if not (PROGRAMS / "postgres").exists():
        pytest.skip("needs PostGIS (apt-get install postgresql-15-postgis-3)")
    folder = Path(tempfile.mkdtemp(prefix="commonplace-postgis-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(folder, user)
    data, log = folder / "data", folder / "log.txt"
    try:
        _program("initdb", f"--pgdata={data}", f"--username={OWNER}", "--auth=trust",
                 "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", user=user)  # fmt: skip
        rules = [f"host all {one} 127.0.0.1/32 scram-sha-256" for one in password_for]
        access = data / "pg_hba.conf"
        access.write_text("\n".join([*rules, access.read_text()]))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        settings = SETTINGS | {"port": str(port), "unix_socket_directories": str(folder)}
        with log.open("wb") as sink:
            process = subprocess.Popen(
                [*DIES_WITH_US, str(PROGRAMS / "postgres"), "-D", str(data)]
                + [word for name, value in settings.items() for word in ("-c", f"{name}={value}")],
                stdout=sink,
                stderr=sink,
                user=user,
                group=user,
                cwd=folder,
            )
        try:
            server = PostgisServer("127.0.0.1", port, folder)
            _wait(server, process, log)
            server.create_database(DATABASE)
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _program(name: str, *arguments: str, user: str | None) -> None:
    done = subprocess.run(
        [str(PROGRAMS / name), *arguments],
        capture_output=True,
        text=True,
        check=False,
        user=user,
        group=user,
        cwd="/",
    )
    assert done.returncode == 0, done.stderr


def _wait(server: PostgisServer, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    ready = [str(PROGRAMS / "pg_isready"), "-q", "-h", server.host, "-p", str(server.port)]
    while subprocess.run(ready, check=False).returncode != 0:
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"PostgreSQL did not start: {log.read_text(encoding='utf-8')[-2000:]}")
        time.sleep(0.1)
