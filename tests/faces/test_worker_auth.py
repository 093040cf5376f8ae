"""The worker asks its client for credentials: those of QGIS never stand in a job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from faces.worker_client import REAL, Client
from servers.loopback import serving
from servers.sensorthings import made

GOOD = "Bearer qgis-secret-2"


@contextmanager
def guarded() -> Iterator[tuple[str, list[str | None]]]:
    """A service that wants a token; what it was shown."""
    service = made(things=2, streams=1, observations=1)
    shown: list[str | None] = []

    def answer(request: httpx.Request) -> httpx.Response:
        shown.append(request.headers.get("authorization"))
        return service(request) if shown[-1] == GOOD else httpx.Response(401)

    with serving(answer) as url:
        service.inner = f"{url}/sta/v1.1"
        yield service.inner, shown


@pytest.fixture
def client(start: Callable[..., Client]) -> Client:
    begun = start(REAL)
    assert begun.hear()["type"] == "hello"
    return begun


def question(client: Client) -> dict[str, Any]:
    while (message := client.hear())["type"] != "auth_request":
        assert message["type"] in ("progress", "message"), message
    return message


def test_asked_once_and_again_when_refused(client: Client, tmp_path: Path) -> None:
    with guarded() as (url, shown):
        client.say({"type": "inspect", "id": 1, "source": url, "auth": "city", "asks": True})
        first = question(client)
        assert (first["name"], first["renew"], first["id"]) == ("city", False, 1)
        assert first["server"] == url.removesuffix("/sta/v1.1")
        old = {"Authorization": "Bearer qgis-secret-1"}
        client.say({"type": "auth", "id": 1, "question": first["question"], "headers": old})
        again = question(client)
        assert again["renew"]
        new = {"Authorization": GOOD}
        client.say({"type": "auth", "id": 1, "question": again["question"], "headers": new})
        answer = client.answer()
    assert answer["type"] == "result"
    assert "Things" in [one["name"] for one in answer["layers"]]
    assert shown[0] == old["Authorization"]
    assert set(shown[1:]) == {GOOD}
    assert client.end() == 0
    assert b"qgis-secret" not in client.errors.read_bytes()


def test_a_name_that_the_client_does_not_know(client: Client) -> None:
    with guarded() as (url, shown):
        client.say({"type": "inspect", "id": 1, "source": url, "auth": "city", "asks": True})
        client.say({"type": "auth", "id": 1, "question": question(client)["question"]})
        answer = client.answer()
    assert (answer["type"], answer["code"]) == ("error", "SOURCE")
    assert shown == []


def test_who_does_not_answer_is_not_asked(client: Client) -> None:
    with guarded() as (url, _):
        client.say({"type": "inspect", "id": 1, "source": url, "auth": "city"})
        assert client.hear()["type"] == "error"


def test_cancelled_while_waiting(client: Client) -> None:
    with guarded() as (url, _):
        client.say({"type": "inspect", "id": 1, "source": url, "auth": "city", "asks": True})
        question(client)
        client.say({"type": "cancel", "id": 1})
        assert client.answer()["code"] == "CANCELLED"
