"""``commonplace watch`` as its user runs it: a process that ends on Ctrl-C."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from commonplace.cli import cli
from servers.broker import PREFIX, Broker, Faults, serve

PATIENCE = 90.0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_watch_until_the_user_ends_it(tmp_path: Path, number: signal.Signals) -> None:
    broker = Broker()
    broker.load([{"id": f"urn:x:{n}", "type": "Lamp", "state": "on"} for n in range(20)])
    target = tmp_path / "lamps.gpkg"
    program = str(Path(sys.executable).with_name("commonplace"))
    with serve(broker) as url:
        command = [program, "watch", url, "--type", "Lamp", "--to", str(target), "--json"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            try:
                wait_until(target, process, 20)
                assert len(broker.subscriptions) == 1
                httpx.post(
                    f"{url}{PREFIX}/entities", json={"id": "urn:x:new", "type": "Lamp", "state": 1}
                )
                httpx.delete(f"{url}{PREFIX}/entities/urn:x:3")
                httpx.delete(f"{url}{PREFIX}/entities/urn:x:4")
                wait_until(target, process, 19)
                process.send_signal(number)
                out, err = process.communicate(timeout=PATIENCE)
            finally:
                process.kill()
    assert (process.returncode, err) == (0, b"")
    told = json.loads(out)
    assert told["subscribed"]
    assert told["layers"]["Lamp"]["removed"] == 2
    assert broker.subscriptions == {}
    assert sorted(one.name for one in tmp_path.iterdir()) == ["lamps.gpkg"]


def wait_until(target: Path, process: subprocess.Popen[bytes], count: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        assert time.monotonic() < end
        assert process.poll() is None, process.communicate()
        if target.exists():
            with closing(sqlite3.connect(target)) as database:
                if database.execute("SELECT count(*) FROM Lamp").fetchone() == (count,):
                    return
        time.sleep(0.05)


def test_inspect_of_a_tenant_behind_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = Broker(faults=Faults(token="t0p"))
    broker.load([{"id": "urn:x:1", "type": "Tree", "height": 12}], tenant="riga")
    monkeypatch.setenv("BROKER_TOKEN", "t0p")
    asked = ["--tenant", "riga", "--token-env", "BROKER_TOKEN", "--json"]
    with serve(broker) as url:
        answer = CliRunner().invoke(cli, ["inspect", url, *asked])
    assert answer.exit_code == 0, answer.output
    described = json.loads(answer.output)
    assert [one["name"] for one in described["layers"]] == ["Tree"]
    assert described["layers"][0]["sample"][0]["height"] == 12
    assert "t0p" not in answer.output
