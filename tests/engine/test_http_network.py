"""TLS, certificates, proxies; turns and pace towards a server."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import trustme

from commonplace.errors import ServerFault, SourceError, Unreachable
from commonplace.http import (
    Client,
    ClientCertificate,
    Credentials,
    Limits,
    Network,
    Traffic,
    current_network,
    origin_of,
    using,
)
from commonplace.job import HttpSpec, SourceSpec
from commonplace.report import Silent
from commonplace.sources.connect import client_for
from servers.loopback import serving
from servers.proxy import proxying

QUICK = Limits(retries=0, pause=0.01)


def hello(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, text=f"hello {request.url.path}")


@dataclass(frozen=True)
class Certified:
    authority: Path
    client: Path
    client_key: Path
    other: Path
    context: ssl.SSLContext
    strict: ssl.SSLContext


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    folder = tmp_path_factory.mktemp("certificates")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    trustme.CA().cert_pem.write_to_path(folder / "other.pem")
    issued = authority.issue_cert("localhost")
    client = authority.issue_cert("client@city.example")
    client.cert_chain_pems[0].write_to_path(folder / "client.pem")
    client.private_key_pem.write_to_path(folder / "client.key")

    def context(*, strict: bool) -> ssl.SSLContext:
        made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        issued.configure_cert(made)
        if strict:
            authority.configure_trust(made)
            made.verify_mode = ssl.CERT_REQUIRED
        return made

    return Certified(
        folder / "authority.pem",
        folder / "client.pem",
        folder / "client.key",
        folder / "other.pem",
        context(strict=False),
        context(strict=True),
    )


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "commonplace_ca"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


# --- TLS ---


def test_unknown_authorities_are_refused_and_stated_ones_trusted(certified: Certified) -> None:
    with serving(hello, certified.context) as url:
        with Client(limits=QUICK) as client, pytest.raises(Unreachable) as caught:
            client.get(url)
        assert "COMMONPLACE_CA" in str(caught.value)
        wrong = Network(authorities=certified.other)
        with Client(limits=QUICK, network=wrong) as client, pytest.raises(Unreachable):
            client.get(url)
        right = Network(authorities=certified.authority)
        with Client(limits=QUICK, network=right) as client:
            assert client.get(f"{url}/tls").body == b"hello /tls"
            by_number = url.replace("localhost", "127.0.0.1")
            with pytest.raises(Unreachable):  # the certificate names another host
                client.get(by_number)


def test_authorities_of_environment_and_job(
    certified: Certified, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(hello, certified.context) as url:
        stated = HttpSpec(authorities=certified.authority, retries=0)
        with client_for(SourceSpec(url=url, http=stated), Silent()) as client:
            assert client.get(url).status == 200
        monkeypatch.setenv("COMMONPLACE_CA", str(certified.authority))
        with client_for(SourceSpec(url=url), Silent()) as client:
            assert client.get(url).status == 200


def test_authorities_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("no certificate")
    for path in (tmp_path / "no.pem", tmp_path / "missing.pem"):
        with Client(network=Network(authorities=path)) as client, pytest.raises(SourceError):
            client.get("https://localhost:1/")


def test_client_certificates(certified: Certified, monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network(authorities=certified.authority)
    with serving(hello, certified.strict) as url:
        with Client(limits=QUICK, network=network) as client, pytest.raises(Unreachable):
            client.get(url)
        monkeypatch.setenv("COMMONPLACE_CITY_CERTIFICATE", str(certified.client))
        monkeypatch.setenv("COMMONPLACE_CITY_CERTIFICATE_KEY", str(certified.client_key))
        with using(network), client_for(SourceSpec(url=url, auth="city"), Silent()) as client:
            assert client.get(url).status == 200
    # To another server it is not shown.
    with serving(hello, certified.strict) as other:
        shown = ClientCertificate(certified.client, certified.client_key)
        credentials = Credentials(origin_of("https://city.example/"), certificate=shown)
        with (
            Client(credentials, limits=QUICK, network=network) as client,
            pytest.raises(Unreachable),
        ):
            client.get(other)


def test_a_client_certificate_that_is_none(certified: Certified) -> None:
    shown = ClientCertificate(certified.authority)  # no key
    credentials = Credentials(origin_of("https://localhost:1/"), certificate=shown)
    with Client(credentials, limits=QUICK) as client, pytest.raises(SourceError):
        client.get("https://localhost:1/")


# --- proxies ---


def test_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(hello) as url, proxying() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.address)
        with Client(limits=QUICK) as client:
            assert client.get(f"{url}/a").body == b"hello /a"
        assert proxy.seen == [("GET", f"{url}/a")]
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        with Client(limits=QUICK) as client:
            client.get(f"{url}/b")
        assert len(proxy.seen) == 1


def test_tls_through_a_proxy_with_a_password(certified: Certified) -> None:
    with serving(hello, certified.context) as url, proxying("anna:pr0xy-secret") as proxy:
        good = proxy.address.replace("//", "//anna:pr0xy-secret@")
        network = Network(proxy=good, authorities=certified.authority)
        assert "pr0xy-secret" not in repr(network)
        with Client(limits=QUICK, network=network) as client:
            assert client.get(f"{url}/a").body == b"hello /a"
        bad = Network(proxy=good.replace("anna", "eve"), authorities=certified.authority)
        with Client(limits=QUICK, network=bad) as client, pytest.raises(Unreachable) as caught:
            client.get(url)
        assert "pr0xy-secret" not in str(caught.value)
        assert [method for method, _ in proxy.seen] == ["CONNECT", "CONNECT"]
        plain = Network(proxy=proxy.address)
        with Client(limits=QUICK, network=plain) as client, pytest.raises(ServerFault):
            client.get("http://127.0.0.1:1/")  # 407 of the proxy itself


@pytest.mark.parametrize("proxy", ["socks9://a:s3cret@h", "http://a:s3cret@h:port", "nonsense"])
def test_odd_proxies(proxy: str) -> None:
    with (
        Client(limits=QUICK, network=Network(proxy=proxy)) as client,
        pytest.raises(SourceError) as caught,
    ):
        client.get("http://127.0.0.1:1/")
    assert "s3cret" not in str(caught.value)


# --- turns ---


def test_connections_to_a_server_are_counted_over_clients() -> None:
    at_once, most = [0], [0]
    lock = threading.Lock()

    def slow(_: httpx.Request) -> httpx.Response:
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        time.sleep(0.03)
        with lock:
            at_once[0] -= 1
        return httpx.Response(200)

    network = Network(traffic=Traffic(connections=2))
    with serving(slow) as url:
        clients = [Client(limits=QUICK, network=network) for _ in range(6)]
        threads = [threading.Thread(target=one.get, args=(url,)) for one in clients]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert most[0] == 2


def test_pace() -> None:
    now, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    traffic = Traffic(a_second=4, clock=lambda: now[0])
    transport = httpx.MockTransport(hello)
    clients = [
        Client(transport=transport, sleep=sleep, network=Network(traffic=traffic)) for _ in "ab"
    ]
    for _ in range(3):
        for client in clients:
            client.get("https://city.example/")
    assert sum(slept) == pytest.approx(5 / 4)
    clients[0].get("https://other.example/")  # another server has a pace of its own
    assert sum(slept) == pytest.approx(5 / 4)


def test_everybody_waits_where_a_server_asks_for_it() -> None:
    now, slept = [100.0], []
    answers: Iterator[httpx.Response] = iter(
        [
            httpx.Response(429, headers={"Retry-After": "7"}),
            httpx.Response(200),
            httpx.Response(200),
        ]
    )

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    traffic = Traffic(clock=lambda: now[0])
    transport = httpx.MockTransport(lambda _: next(answers))
    one, other = (
        Client(transport=transport, sleep=sleep, network=Network(traffic=traffic)) for _ in "ab"
    )
    traffic.hold(origin_of("https://city.example/"), 2)
    assert other.get("https://city.example/").status == 200
    assert sum(slept) == pytest.approx(9)
    assert one.get("https://city.example/").status == 200
    assert sum(slept) == pytest.approx(9)


def test_networks_are_stated_for_a_while() -> None:
    stated = Network()
    with using(stated):
        assert current_network() is stated
        assert Client().network is stated
    assert current_network() is not stated
