"""The one seam to the network: credentials stay home, retries end, bodies are bounded."""

from __future__ import annotations

import gzip
import http.server
import pickle
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from commonplace.errors import (
    Cancelled,
    MalformedAnswer,
    ServerFault,
    SourceError,
    Unreachable,
)
from commonplace.http import (
    Client,
    Credentials,
    Limits,
    credentials_for,
    origin_of,
    retry_after,
    shown_url,
    with_parameters,
)
from support.sources import Watcher

QUICK = Limits(retries=2, pause=0.01, longest_pause=5)
HOME = "https://city.example/api"


def client(
    answer: Callable[[httpx.Request], httpx.Response],
    credentials: Credentials | None = None,
    **options: object,
) -> tuple[Client, list[httpx.Request], list[float]]:
    """A client on a stand-in transport; what it asked; how long it slept."""
    asked: list[httpx.Request] = []
    slept: list[float] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answer(request)

    made = Client(
        credentials=credentials,
        limits=options.pop("limits", QUICK),
        transport=httpx.MockTransport(handle),
        sleep=slept.append,
        **options,
    )
    return made, asked, slept


def in_turn(*answers: httpx.Response | Exception) -> Callable[[httpx.Request], httpx.Response]:
    waiting: Iterator[httpx.Response | Exception] = iter(answers)

    def answer(_: httpx.Request) -> httpx.Response:
        one = next(waiting)
        if isinstance(one, Exception):
            raise one
        return one

    return answer


def test_nothing_is_opened_by_constructing() -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise AssertionError("asked")

    made, asked, _ = client(refuse)
    assert not asked
    assert made.tally.requests == 0


# --- retries ---


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_busy_servers_are_asked_again(status: int) -> None:
    made, asked, slept = client(in_turn(httpx.Response(status), httpx.Response(200, json={"a": 1})))
    assert made.get(HOME).json() == {"a": 1}
    assert len(asked) == 2
    assert made.tally.retries == 1
    assert sum(slept) == pytest.approx(QUICK.pause)


def test_lost_connections_are_tried_again() -> None:
    made, asked, _ = client(
        in_turn(httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), httpx.Response(200))
    )
    assert made.get(HOME).status == 200
    assert len(asked) == 3


def test_retries_end() -> None:
    made, asked, slept = client(lambda _: httpx.Response(503))
    with pytest.raises(ServerFault):
        made.get(HOME)
    assert len(asked) == 3
    assert sum(slept) == pytest.approx(QUICK.pause * 3)  # doubled each time
    made, asked, _ = client(in_turn(*[httpx.ConnectError("refused")] * 3))
    with pytest.raises(Unreachable):
        made.get(HOME)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 414, 501])
def test_other_errors_are_final(status: int) -> None:
    made, asked, _ = client(lambda _: httpx.Response(status))
    with pytest.raises(ServerFault):
        made.get(HOME)
    assert len(asked) == 1
    assert made.get(HOME, allowed=(status,)).status == status


def test_retry_after_is_obeyed() -> None:
    made, _, slept = client(
        in_turn(httpx.Response(429, headers={"Retry-After": "3"}), httpx.Response(200))
    )
    made.get(HOME)
    assert sum(slept) == pytest.approx(3, abs=0.3)


def test_retry_after_beyond_patience_ends() -> None:
    made, asked, slept = client(lambda _: httpx.Response(503, headers={"Retry-After": "3600"}))
    with pytest.raises(ServerFault):
        made.get(HOME)
    assert (len(asked), slept) == (1, [])


def test_retry_after_as_a_date() -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    assert retry_after(format_datetime(now + timedelta(seconds=9)), now) == 9
    assert retry_after(format_datetime(now - timedelta(seconds=9)), now) == 0
    assert retry_after("soon", now) is None
    assert retry_after(None, now) is None


def test_untrusted_certificate_is_not_retried() -> None:
    error = httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate")
    made, asked, _ = client(in_turn(error))
    with pytest.raises(Unreachable):
        made.get(HOME)
    assert len(asked) == 1


# --- credentials ---


def test_credentials_go_to_their_server_only() -> None:
    credentials = credentials_for(HOME, token="t0p", headers={"X-Api-Key": "k3y"})
    elsewhere = ("https://evil.example/", "http://city.example/api", "https://city.example:8443/")
    made, asked, _ = client(lambda _: httpx.Response(200), credentials)
    made.get(HOME)
    for url in elsewhere:
        made.get(url)
    assert asked[0].headers["authorization"] == "Bearer t0p"
    assert asked[0].headers["x-api-key"] == "k3y"
    for request in asked[1:]:
        assert "authorization" not in request.headers
        assert "x-api-key" not in request.headers


def test_credentials_are_dropped_on_a_redirect_elsewhere() -> None:
    credentials = credentials_for(HOME, token="t0p")
    made, asked, _ = client(
        in_turn(
            httpx.Response(302, headers={"Location": "/moved"}),
            httpx.Response(307, headers={"Location": "https://evil.example/take"}),
            httpx.Response(200),
        ),
        credentials,
    )
    assert made.get(HOME).url == "https://evil.example/take"
    assert [one.headers.get("authorization") for one in asked] == ["Bearer t0p", "Bearer t0p", None]


def test_headers_belong_to_a_request() -> None:
    made, asked, _ = client(lambda _: httpx.Response(200))
    made.get(HOME, headers={"Accept": "application/geo+json"})
    made.get(HOME)
    assert asked[0].headers["accept"] == "application/geo+json"
    assert asked[1].headers["accept"] != "application/geo+json"


def test_secrets_of_the_url() -> None:
    url = "https://anna:pass%21@city.example/api?api_key=k3y&f=json"
    credentials = credentials_for(url)
    made, asked, _ = client(lambda _: httpx.Response(200), credentials)
    made.get(url)
    made.get("https://city.example/api?page=2")
    made.get("https://evil.example/api?page=3")
    assert [one.headers.get("authorization") for one in asked[:2]] == ["Basic YW5uYTpwYXNzIQ=="] * 2
    assert "api_key=k3y" in str(asked[1].url)
    assert "anna" not in str(asked[0].url)
    assert "authorization" not in asked[2].headers
    assert "k3y" not in str(asked[2].url)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(401, json={"title": "no", "detail": "who are you"}),
        httpx.Response(200, text="<html>log in</html>"),
        httpx.ConnectError("refused"),
    ],
)
def test_secrets_are_never_said(answer: httpx.Response | Exception) -> None:
    url = "https://anna:s3cr3t@city.example/api?token=s3cr3t&f=json"
    made, _, _ = client(in_turn(*[answer] * 3), credentials_for(url, token="s3cr3t"))
    with pytest.raises(SourceError) as caught:
        made.get(url).json()
    assert "s3cr3t" not in str(caught.value)
    assert "s3cr3t" not in repr(made.credentials)
    assert b"s3cr3t" not in pickle.dumps(str(caught.value))


def test_shown_url() -> None:
    assert shown_url("https://a:b@h/p?Api-Key=1&x=2") == "https://h/p?Api-Key=***&x=2"
    assert shown_url("https://h/p?x=%C3%A9") == "https://h/p?x=%C3%A9"
    assert origin_of("HTTPS://City.Example/x") == ("https", "city.example", 443)


def test_parameters_replace_their_namesakes() -> None:
    assert with_parameters("https://h/p?limit=1&f=json", [("limit", "9")]) == (
        "https://h/p?f=json&limit=9"
    )
    assert with_parameters("https://h/p", [("bbox", "1,2"), ("q", "a&b")]) == (
        "https://h/p?bbox=1,2&q=a%26b"
    )


# --- answers ---


def test_body_limit() -> None:
    limits = Limits(largest_body=1_000)
    made, _, _ = client(lambda _: httpx.Response(200, content=b"x" * 1_001), limits=limits)
    with pytest.raises(MalformedAnswer):
        made.get(HOME)


def test_body_limit_counts_what_was_unpacked() -> None:
    packed = gzip.compress(b"0" * 10_000_000)
    made, _, _ = client(
        lambda _: httpx.Response(200, content=packed, headers={"Content-Encoding": "gzip"}),
        limits=Limits(largest_body=1_000_000),
    )
    with pytest.raises(MalformedAnswer):
        made.get(HOME)


@pytest.mark.parametrize(
    "body", [b'{"features": [1, 2', b"<html><body>no</body></html>", b"", b"\xff\xfe\xfa"]
)
def test_what_is_no_json(body: bytes) -> None:
    made, _, _ = client(lambda _: httpx.Response(200, content=body))
    with pytest.raises(MalformedAnswer):
        made.get(HOME).json()


def test_problem_documents_are_quoted() -> None:
    problem = {"title": "Invalid Request", "detail": "Unknown parameter: foo"}
    made, _, _ = client(lambda _: httpx.Response(400, json=problem))
    with pytest.raises(ServerFault) as caught:
        made.get(HOME)
    assert "Unknown parameter: foo" in str(caught.value)


def test_redirects_end() -> None:
    made, asked, _ = client(lambda _: httpx.Response(302, headers={"Location": HOME}))
    with pytest.raises(ServerFault):
        made.get(HOME)
    assert len(asked) == 10


def test_headers_that_come_twice() -> None:
    headers = [("Link", "<a>; rel=next"), ("Link", "<b>; rel=context")]
    made, _, _ = client(lambda _: httpx.Response(200, headers=headers))
    assert made.get(HOME).all_headers("link") == ["<a>; rel=next", "<b>; rel=context"]


# --- stopping ---


def test_cancelled_before_a_request() -> None:
    made, asked, _ = client(lambda _: httpx.Response(200), observer=Watcher(0))
    with pytest.raises(Cancelled):
        made.get(HOME)
    assert not asked


def test_cancelled_while_waiting() -> None:
    made, asked, _ = client(
        lambda _: httpx.Response(503, headers={"Retry-After": "5"}), observer=Watcher(3)
    )
    with pytest.raises(Cancelled):
        made.get(HOME)
    assert len(asked) == 1


def test_timeout_reaches_the_socket() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        started = time.monotonic()
        limits = Limits(read_seconds=0.2, retries=0)
        with Client(limits=limits) as made, pytest.raises(Unreachable):
            made.get(url)
        assert time.monotonic() - started < 5


def test_refused_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with Client(limits=QUICK) as made, pytest.raises(Unreachable):
        made.get(f"http://127.0.0.1:{port}/")


def test_body_that_breaks_off() -> None:
    class Breaking(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"a":')

        def log_message(self, *_: object) -> None:
            return None

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Breaking)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        with Client(limits=QUICK) as made, pytest.raises(Unreachable):
            made.get(f"http://127.0.0.1:{server.server_address[1]}/")
        assert made.tally.retries == 2
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("url", ["ftp://city.example/", "https://city.example:port/", "no url"])
def test_odd_addresses(url: str) -> None:
    with Client(limits=QUICK) as made, pytest.raises(SourceError):
        made.get(url)


# --- other methods ---


def test_post_sends_its_body_and_is_retried() -> None:
    seen: list[tuple[str, bytes]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append((request.method, request.read()))
        return httpx.Response(503 if len(seen) == 1 else 201)

    with Client(transport=httpx.MockTransport(answer), sleep=lambda _: None) as client:
        assert client.send("POST", "http://a.example/x", b"{}").status == 201
    assert seen == [("POST", b"{}")] * 2


def test_what_must_not_be_done_twice_is_not() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(503))
    with Client(transport=transport, sleep=lambda _: None) as client:
        with pytest.raises(ServerFault):
            client.send("POST", "http://a.example/x", b"{}", retried=False)
        assert client.tally.requests == 1


def test_a_post_is_not_turned_into_a_get_by_a_redirect() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        moved = {"/a": 307, "/b": 303}.get(request.url.path)
        if moved:
            return httpx.Response(moved, headers={"Location": "/c"})
        return httpx.Response(200, text=request.method)

    with Client(transport=httpx.MockTransport(answer)) as client:
        assert client.send("DELETE", "http://a.example/a").body == b"DELETE"
        assert client.send("POST", "http://a.example/b", b"").status == 303
