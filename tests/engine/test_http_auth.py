"""Credentials by name: from the face, the environment, a keyring; OAuth; nothing is said."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import httpx
import keyring
import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest

from commonplace.errors import AccessRefused, DocumentError, ServerFault, SourceError
from commonplace.http import (
    Client,
    ClientCredentials,
    Credentials,
    Limits,
    Network,
    Registration,
    Response,
    credentials_for,
    origin_of,
    using,
)
from commonplace.http.credentials import masked
from commonplace.http.vault import variable_of
from commonplace.job import HttpSpec, SourceSpec
from commonplace.jobreading import parse_job
from commonplace.report import Silent
from commonplace.sources.connect import client_for
from servers.loopback import serving
from servers.oauth import CLIENT, SECRET, Tokens

QUICK = Limits(retries=1, pause=0.01)
HOME = "https://city.example/api"
JOB = """
title: Trees
licence: CC0-1.0
attribution: Nobody
sources: {trees: {url: "URL", auth: city}}
datasets: [{mapping: mapping.yaml, source: trees}]
output: {folder: package}
"""


class Ring(keyring.backend.KeyringBackend):
    priority = 1

    def __init__(self, *, locked: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = locked

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture(autouse=True)
def ring() -> Iterator[Ring]:
    """No test looks into this machine's own keyring."""
    before = keyring.get_keyring()
    made = Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def asked_with(spec: SourceSpec, *urls: str) -> list[httpx.Request]:
    """What a client of the source sends to these addresses."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200)

    client = client_for(spec, Silent())
    client.transport = httpx.MockTransport(answer)
    for url in urls:
        client.get(url)
    return seen


# --- names ---


def test_variables() -> None:
    assert variable_of("city", "token") == "COMMONPLACE_CITY_TOKEN"
    assert variable_of("Stadt-Köln 2", "key_header") == "COMMONPLACE_STADT_K_LN_2_KEY_HEADER"


@pytest.mark.parametrize(
    ("words", "headers", "query"),
    [
        ({"TOKEN": "t0ken"}, {"authorization": "Bearer t0ken"}, ""),
        ({"USER": "anna", "PASSWORD": "pass!"}, {"authorization": "Basic YW5uYTpwYXNzIQ=="}, ""),
        ({"KEY": "k3y"}, {"x-api-key": "k3y"}, ""),
        ({"KEY": "k3y", "KEY_HEADER": "Ocp-Key"}, {"ocp-key": "k3y"}, ""),
        ({"KEY": "k3y", "KEY_PARAMETER": "apikey"}, {}, "apikey=k3y"),
        (
            {"KEY": "k3y", "TOKEN": "t0ken"},
            {"authorization": "Bearer t0ken", "x-api-key": "k3y"},
            "",
        ),
    ],
)
def test_environment(
    monkeypatch: pytest.MonkeyPatch, words: dict[str, str], headers: dict[str, str], query: str
) -> None:
    for word, value in words.items():
        monkeypatch.setenv(f"COMMONPLACE_CITY_{word}", value)
    spec = SourceSpec(url=HOME, auth="city")
    here, elsewhere = asked_with(spec, HOME, "https://other.example/")
    for name, value in headers.items():
        assert here.headers[name] == value
        assert name not in elsewhere.headers
    assert here.url.query.decode() == query
    assert elsewhere.url.query == b""


def test_keyring_is_asked_after_the_environment(
    ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring.set_password("commonplace/city", "token", "of the ring")
    spec = SourceSpec(url=HOME, auth="city")
    assert asked_with(spec, HOME)[0].headers["authorization"] == "Bearer of the ring"
    monkeypatch.setenv("COMMONPLACE_CITY_TOKEN", "of the environment")
    assert asked_with(spec, HOME)[0].headers["authorization"] == "Bearer of the environment"


def test_unknown_incomplete_locked(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = SourceSpec(url=HOME, auth="city")
    with pytest.raises(SourceError) as caught:
        client_for(spec, Silent())
    assert "COMMONPLACE_CITY_TOKEN" in str(caught.value)
    monkeypatch.setenv("COMMONPLACE_CITY_TOKEN_URL", "https://id.example/token")
    with pytest.raises(SourceError) as caught:
        client_for(spec, Silent())
    assert "COMMONPLACE_CITY_CLIENT_ID" in str(caught.value)
    monkeypatch.delenv("COMMONPLACE_CITY_TOKEN_URL")
    ring.locked = True
    with pytest.raises(SourceError):
        client_for(spec, Silent())


def test_without_a_keyring_the_environment_is_enough(
    ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring.set_password("commonplace/city", "token", "of the ring")
    monkeypatch.setattr("commonplace.http.vault.find_spec", lambda _: None)
    with pytest.raises(SourceError):
        client_for(SourceSpec(url=HOME, auth="city"), Silent())
    monkeypatch.setenv("COMMONPLACE_CITY_TOKEN", "of the environment")
    found = client_for(SourceSpec(url=HOME, auth="city"), Silent()).credentials
    assert found is not None
    assert dict(found.granted().headers) == {"Authorization": "Bearer of the environment"}


@pytest.mark.parametrize(
    "address",
    [
        "https://anna:secret@city.example/api",
        "https://city.example/api?api_key=secret",
        "https://city.example/api?f=json&Access-Token=secret",
    ],
)
def test_a_job_with_a_secret_is_refused_without_saying_it(address: str, tmp_path: Path) -> None:
    text = JOB.replace("URL", address)
    with pytest.raises(DocumentError) as caught:
        parse_job(text, tmp_path)
    (problem,) = caught.value.problems
    assert problem.path == "$.sources.trees.url"
    assert "auth" in (problem.hint or "")
    assert "=secret" not in str(caught.value)
    assert ":secret" not in str(caught.value)


def test_what_a_job_says_of_services(tmp_path: Path) -> None:
    text = JOB.replace("URL", HOME)
    job = parse_job(text.replace("auth: city", "auth: city, http: {retries: 1}"), tmp_path)
    assert job.sources["trees"].auth == "city"
    assert job.sources["trees"].http == HttpSpec(retries=1)
    for wrong in ("{connections: 0}", "{requests_per_second: 0}"):
        with pytest.raises(DocumentError):
            parse_job(f"{text}limits: {wrong}\n", tmp_path)


def test_a_machine_without_a_keyring_of_its_own() -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())
    with pytest.raises(SourceError) as caught:
        client_for(SourceSpec(url=HOME, auth="city"), Silent())
    assert "COMMONPLACE_CITY_TOKEN" in str(caught.value)


def test_auth_and_variables_together_are_refused() -> None:
    with pytest.raises(SourceError):
        client_for(SourceSpec(url=HOME, auth="city", token_env="T"), Silent())


def test_the_face_is_asked_first_and_again_when_refused() -> None:
    questions: list[tuple[str, str, bool]] = []

    def ask(name: str, url: str, renew: bool) -> Credentials | None:
        questions.append((name, url, renew))
        header = ("Authorization", "Bearer new" if renew else "Bearer old")
        return Credentials(origin_of(url), (header,))

    def answer(request: httpx.Request) -> httpx.Response:
        good = request.headers["authorization"] == "Bearer new"
        return httpx.Response(200 if good else 401)

    with using(Network(ask=ask)):
        client = client_for(SourceSpec(url=HOME, auth="city"), Silent())
    client.transport = httpx.MockTransport(answer)
    assert client.get(HOME).status == 200
    assert client.get(HOME).status == 200
    assert questions == [("city", HOME, False), ("city", HOME, True)]
    assert client.tally.requests == 3


# --- OAuth ---


def granted(tokens: Tokens, url: str, **options: object) -> tuple[Client, ClientCredentials]:
    asking = Client(limits=QUICK)

    def post(to: str, body: bytes, headers: dict[str, str], secrets: Iterable[str]) -> Response:
        return asking.send(
            "POST", to, body, headers=headers, secrets=secrets, allowed=range(400, 600)
        )

    made = Registration(f"{url}/token", CLIENT, SECRET, scope="read")
    grantor = ClientCredentials(origin_of(url), made, post, **options)
    return Client(credentials=grantor, limits=QUICK), grantor


def test_a_token_is_got_once() -> None:
    tokens = Tokens()
    with serving(tokens) as url:
        client, _ = granted(tokens, url)
        assert [client.get(f"{url}/a").json()["token"] for _ in range(3)] == [1, 1, 1]
    assert tokens.grants == ["client_credentials"]
    assert b"scope=read" in tokens.asked[0].content
    assert SECRET.encode() not in b"".join(one.content for one in tokens.asked)


def test_secret_in_the_form_where_basic_is_refused() -> None:
    tokens = Tokens(in_form=True)
    with serving(tokens) as url:
        client, _ = granted(tokens, url)
        assert client.get(f"{url}/a").status == 200


def test_old_tokens_are_replaced_before_use_and_refused_ones_after() -> None:
    tokens, now = Tokens(lifetime=100), [0.0]
    with serving(tokens) as url:
        client, _ = granted(tokens, url, clock=lambda: now[0])
        assert client.get(f"{url}/a").json()["token"] == 1
        now[0] = 69
        assert client.get(f"{url}/a").json()["token"] == 1
        now[0] = 71  # half a minute before it ends
        assert client.get(f"{url}/a").json()["token"] == 2
        tokens.revoked = True
        assert client.get(f"{url}/a").json()["token"] == 3
    assert client.tally.retries == 1


@pytest.mark.parametrize("refused", [False, True])
def test_refresh_tokens(refused: bool) -> None:
    tokens = Tokens(refreshes=True, refuses_refresh=refused)
    with serving(tokens) as url:
        client, _ = granted(tokens, url)
        client.get(f"{url}/a")
        tokens.revoked = True
        assert client.get(f"{url}/a").json()["token"] == 2
    assert tokens.grants[:2] == ["client_credentials", "refresh_token"]
    assert tokens.grants[-1] == ("client_credentials" if refused else "refresh_token")


def test_threads_share_a_renewal() -> None:
    tokens = Tokens()
    with serving(tokens) as url:
        client, _ = granted(tokens, url)
        client.get(f"{url}/a")
        tokens.revoked = True
        # Revoked until the next token: as many as are refused together, one is asked for.
        threads = [threading.Thread(target=client.get, args=(f"{url}/a",)) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert tokens.issued == 2


def test_refused_without_saying_the_secret() -> None:
    tokens = Tokens(refuses=True)
    with serving(tokens) as url:
        client, grantor = granted(tokens, url)
        with pytest.raises(AccessRefused) as caught:
            client.get(f"{url}/a")
    assert SECRET not in str(caught.value)
    assert SECRET not in repr(grantor.registration)


def test_a_secret_is_sent_over_tls_only() -> None:
    made = Registration("http://id.example/token", CLIENT, SECRET)
    with pytest.raises(SourceError):
        ClientCredentials(origin_of(HOME), made, lambda *_: Response("", 200, (), b""))


def test_named_oauth(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = Tokens()
    with serving(tokens) as url:
        for word, value in {
            "TOKEN_URL": f"{url}/token",
            "CLIENT_ID": CLIENT,
            "CLIENT_SECRET": SECRET,
        }.items():
            monkeypatch.setenv(f"COMMONPLACE_CITY_{word}", value)
        client = client_for(SourceSpec(url=f"{url}/a", auth="city"), Silent())
        assert client.get(f"{url}/a").json() == {"token": 1}


# --- masks ---


def test_what_a_server_repeats_is_masked() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        said = f"{request.headers['authorization']} and {request.url}"
        status = 400 if request.url.path == "/bad" else 200
        return httpx.Response(status, json={"title": said, "next": str(request.url)})

    credentials = Credentials(
        ("https", "city.example", 443),
        (("Authorization", "Bearer t0p-secret token"),),
        (("api_key", "k3y&of+eight"),),
    )
    client = Client(credentials=credentials, transport=httpx.MockTransport(answer), limits=QUICK)
    body = client.get("https://city.example/good").body
    assert b"t0p-secret" not in body
    assert b"eight" not in body
    with pytest.raises(ServerFault) as caught:
        client.get("https://city.example/bad")
    assert "t0p-secret" not in str(caught.value)
    assert "eight" not in str(caught.value)
    # A link that was masked works again: the client knows the key.
    link = client.get("https://city.example/good").json()["next"]
    assert "***" in link
    assert client.get(link).url.endswith("api_key=k3y%26of%2Beight")


def test_what_only_looks_like_a_key_may_change_from_page_to_page() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.query.decode())
        return httpx.Response(200)

    url = f"{HOME}?pageToken=a"
    with Client(credentials_for(url), transport=httpx.MockTransport(answer)) as client:
        client.get(url)
        client.get(f"{HOME}?pageToken=b")
        client.get(HOME)
    assert asked == ["pageToken=a", "pageToken=b", "pageToken=a"]


def test_short_secrets_do_not_spoil_data() -> None:
    assert masked(b'{"a": "anna"}', ["anna"], error=False) == b'{"a": "anna"}'
    assert masked(b"anna is wrong", ["anna"], error=True) == b"*** is wrong"


@pytest.mark.parametrize("value", ["Bearer hush-4711 ", "Bearer hush\n-4711"])
def test_a_header_that_cannot_be_sent_is_not_said(value: str) -> None:
    with serving(lambda _request: httpx.Response(200)) as url:
        wrong = Credentials(origin_of(url), (("Authorization", value),))
        with Client(wrong, limits=QUICK) as client, pytest.raises(SourceError) as refused:
            client.get(url)
    assert "hush" not in f"{refused.value.message} {refused.value.hint}"
    assert client.tally.retries == 0
