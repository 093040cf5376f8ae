"""What tests of the faces share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from faces.worker_client import FAKE, Client


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Client]]:
    clients: list[Client] = []

    def begin(command: tuple[str, ...] = FAKE) -> Client:
        client = Client(command, tmp_path / f"stderr{len(clients)}")
        clients.append(client)
        return client

    yield begin
    for client in clients:
        if client.process.poll() is None:
            client.end()
        for pipe in (client.process.stdin, client.process.stdout):
            assert pipe is not None
            pipe.close()
