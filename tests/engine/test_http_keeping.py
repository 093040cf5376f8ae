"""What is kept of answers: the record of a run, and the cache over runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from commonplace.http import Cache, Client, Credentials, Limits, Network, Record, origin_of
from commonplace.http.store import key_of

HOME = "https://city.example/api"
QUICK = Limits(retries=0, pause=0.01)


@dataclass
class Server:
    """Answers with a version and its tag; 304 where the tag is known."""

    version: int = 1
    tagged: bool = True
    dated: bool = False
    control: str = ""
    seen: list[httpx.Request] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        headers = {"Set-Cookie": "session=c00kie-secret", "Content-Type": "application/json"}
        date = f"Tue, 0{self.version} Sep 2026 10:00:00 GMT"
        if self.tagged:
            headers["ETag"] = f'"v{self.version}"'
        if self.dated:
            headers["Last-Modified"] = date
        if self.control:
            headers["Cache-Control"] = self.control
        same = (
            request.headers.get("if-none-match") == f'"v{self.version}"'
            or request.headers.get("if-modified-since") == date
        )
        self.statuses.append(304 if same else 200)
        if same:
            return httpx.Response(304, headers=headers)
        body = {"version": self.version, "asked": request.content.decode()}
        return httpx.Response(200, headers=headers, json=body)


def client(server: Callable[[httpx.Request], httpx.Response], **network: object) -> Client:
    return Client(transport=httpx.MockTransport(server), limits=QUICK, network=Network(**network))


# --- cache ---


@pytest.mark.parametrize(("tagged", "dated"), [(True, False), (False, True), (True, True)])
def test_the_cache_asks_whether_its_answer_holds(tmp_path: Path, tagged: bool, dated: bool) -> None:
    server = Server(tagged=tagged, dated=dated)
    for _ in range(2):
        one = client(server, cache=Cache(tmp_path / "cache"))
        assert one.get(HOME).json()["version"] == 1
    assert server.statuses == [200, 304]
    assert (one.tally.unchanged, one.tally.bytes) == (1, 0)
    server.version = 2
    assert client(server, cache=Cache(tmp_path / "cache")).get(HOME).json()["version"] == 2
    assert client(server, cache=Cache(tmp_path / "cache")).get(HOME).json()["version"] == 2
    assert server.statuses == [200, 304, 200, 304]


def test_what_the_cache_leaves_out(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    client(Server(control="no-store"), cache=cache).get(HOME)
    client(Server(tagged=False), cache=cache).get(HOME)
    client(Server(), cache=cache).send("POST", HOME, b"{}", query=True)
    secret = client(Server(), cache=cache)
    secret.credentials = Credentials(origin_of(HOME), (("Authorization", "Bearer t0ken"),))
    secret.get(HOME)
    assert not list(tmp_path.rglob("*.answer"))


def test_headers_tell_answers_apart(tmp_path: Path) -> None:
    server, cache = Server(), Cache(tmp_path / "cache")
    client(server, cache=cache).get(HOME, headers={"Accept": "application/json"})
    client(server, cache=cache).get(HOME, headers={"Accept": "application/xml"})
    client(server, cache=cache).get(f"{HOME}?page=2", headers={"Accept": "application/xml"})
    assert server.statuses == [200, 200, 200]


def test_conditions_of_the_caller_are_its_own(tmp_path: Path) -> None:
    server, cache = Server(), Cache(tmp_path / "cache")
    client(server, cache=cache).get(HOME)
    asked = client(server, cache=cache)
    assert asked.get(HOME, headers={"If-None-Match": '"v1"'}).status == 304


def test_the_cache_is_bounded_and_survives_nonsense(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", most=2_000)
    for number in range(20):
        client(Server(), cache=cache).get(f"{HOME}/{number}")
    files = list((tmp_path / "cache").glob("*.answer"))
    assert 0 < sum(one.stat().st_size for one in files) <= 2_000
    for one in files:
        one.write_bytes(b"nonsense")
    assert client(Server(), cache=cache).get(f"{HOME}/19").json()["version"] == 1


# --- record ---


def test_a_record_is_used_only_when_resumed(tmp_path: Path) -> None:
    server, folder = Server(tagged=False), tmp_path / "record"
    first = client(server, record=Record(folder))
    assert [first.get(HOME).json()["version"] for _ in range(2)] == [1, 1]
    server.version = 2
    record = Record(folder, resumed=True)
    resumed = client(server, record=record)
    # Each request once: what is asked a third time was never answered.
    assert [resumed.get(HOME).json()["version"] for _ in range(3)] == [1, 1, 2]
    assert (record.used, resumed.tally.reused, resumed.tally.requests) == (2, 2, 1)
    assert client(server, record=Record(folder)).get(HOME).json()["version"] == 2


def test_recorded_answers_are_checked_where_the_server_can(tmp_path: Path) -> None:
    server, folder = Server(), tmp_path / "record"
    client(server, record=Record(folder)).get(HOME)
    record = Record(folder, resumed=True)
    client(server, record=record).get(HOME)
    assert (server.statuses, record.used) == ([200, 304], 1)
    server.version = 2
    record = Record(folder, resumed=True)
    assert client(server, record=record).get(HOME).json()["version"] == 2
    assert record.used == 0


def test_only_questions_are_recorded(tmp_path: Path) -> None:
    server, folder = Server(tagged=False), tmp_path / "record"
    one = client(server, record=Record(folder))
    one.send("POST", HOME, b"a", query=True)
    one.send("POST", HOME, b"b", query=True)
    one.send("POST", HOME, b"c")
    again = client(server, record=Record(folder, resumed=True))
    bodies = [again.send("POST", HOME, one, query=True).json()["asked"] for one in (b"b", b"a")]
    assert bodies == ["b", "a"]
    again.send("POST", HOME, b"c")
    assert again.tally.requests == 1


def test_errors_and_what_must_not_be_kept_are_not_recorded(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    client(Server(tagged=False, control="private, no-store"), record=Record(folder)).get(HOME)
    client(lambda _: httpx.Response(404), record=Record(folder)).get(HOME, allowed=(404,))
    assert not list(tmp_path.rglob("*.answer"))


@pytest.mark.parametrize(
    ("body", "media"),
    [
        ("<html>come back later</html>", "text/html"),
        ('<?xml version="1.0"?><ows:ExceptionReport><ows:Exception/>', "text/xml"),
        ("<ServiceExceptionReport >", "application/xml"),
        ('{"features": [1, ', "application/json"),
    ],
)
def test_what_is_no_answer_is_not_recorded(tmp_path: Path, body: str, media: str) -> None:
    answer = httpx.Response(200, text=body, headers={"Content-Type": media})
    client(lambda _: answer, record=Record(tmp_path / "record")).get(HOME)
    assert not list(tmp_path.rglob("*.answer"))


def test_the_newest_answers_can_be_doubted(tmp_path: Path) -> None:
    record = Record(tmp_path / "record")
    one = client(Server(tagged=False), record=record)
    for number in range(20):
        one.get(f"{HOME}/{number}")
    record.doubt()
    assert len(list(tmp_path.rglob("*.answer"))) == 12


def test_nothing_secret_is_written(tmp_path: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        text = f"{request.url} {request.headers['authorization']}"
        return httpx.Response(200, text=text, headers={"Set-Cookie": "c00kie-secret"})

    secrets = ("t0ken-secret", "k3y-secret", "c00kie-secret", "passw0rd")
    credentials = Credentials(
        origin_of(HOME), (("Authorization", f"Bearer {secrets[0]}"),), (("api_key", secrets[1]),)
    )
    one = client(answer, record=Record(tmp_path / "record"), cache=Cache(tmp_path / "cache"))
    one.credentials = credentials
    one.get(f"https://anna:{secrets[3]}@city.example/api?api_key={secrets[1]}")
    (kept,) = tmp_path.rglob("*.answer")
    for secret in secrets:
        assert secret.encode() not in kept.read_bytes()
    assert (kept.parent.stat().st_mode & 0o077) == 0


def test_keys_ignore_secrets_and_nothing_else() -> None:
    secret = {"api_key"}
    key = key_of("GET", f"{HOME}?a=1&api_key=x", {"Accept": "a"}, None, secret)
    assert key == key_of("GET", f"{HOME}?a=1&api_key=y", {"accept": "a"}, None, secret)
    assert key == key_of("GET", f"{HOME}?a=1", {"accept": "a", "Authorization": "b"}, None)
    others = [
        key_of("POST", f"{HOME}?a=1", {"accept": "a"}, None),
        key_of("GET", f"{HOME}?a=2", {"accept": "a"}, None),
        key_of("GET", f"{HOME}?a=1", {"accept": "b"}, None),
        key_of("GET", f"{HOME}?a=1", {"accept": "a"}, b"b"),
        # These look secret, and are not.
        key_of("GET", f"{HOME}?a=1&keywords=x", {"accept": "a"}, None, secret),
        key_of("GET", f"{HOME}?a=1&keywords=y", {"accept": "a"}, None, secret),
    ]
    assert len({key, *others}) == 7


def test_threads(tmp_path: Path) -> None:
    server, folder = Server(tagged=False), tmp_path / "record"
    first = client(server, record=Record(folder))
    threads = [threading.Thread(target=first.get, args=(f"{HOME}/{n % 5}",)) for n in range(20)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(list(folder.glob("*.answer"))) == 20
