"""Bodies: what is packed is unpacked within the limit, what is broken is not passed on."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import httpx
import pytest

from commonplace.errors import MalformedAnswer, Unreachable
from commonplace.http import Client, Limits
from commonplace.http.bodies import BrokenOff, TooLarge, UnknownEncoding, unpacked
from servers.loopback import serving

TEXT = bytes(range(256)) * 40
QUICK = Limits(retries=1, pause=0.01)


def in_pieces(body: bytes, size: int) -> list[bytes]:
    return [body[start : start + size] for start in range(0, len(body), size)]


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize("size", [1, 7, 1000, 1 << 20])
@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("deflate, gzip", gzip.compress(zlib.compress(TEXT))),
    ],
)
def test_unpacked(encoding: str, packed: bytes, size: int) -> None:
    assert unpacked(in_pieces(packed, size), encoding, len(TEXT)) == TEXT
    with pytest.raises(TooLarge):
        unpacked(in_pieces(packed, size), encoding, len(TEXT) - 1)


@pytest.mark.parametrize("packed", [gzip.compress(TEXT)[:-9], b"no gzip", gzip.compress(TEXT)[3:]])
def test_broken(packed: bytes) -> None:
    with pytest.raises(BrokenOff):
        unpacked([packed], "gzip", 1 << 20)


def test_nothing_is_nothing() -> None:
    assert unpacked([], "gzip", 10) == b""
    assert unpacked([b""], "deflate", 10) == b""


def test_what_was_not_asked_for() -> None:
    with pytest.raises(UnknownEncoding):
        unpacked([b"x"], "br", 10)


def test_a_bomb_takes_no_memory() -> None:
    bomb = gzip.compress(gzip.compress(b"0" * 300_000_000))
    tracemalloc.start()
    with pytest.raises(TooLarge):
        unpacked([bomb], "gzip, gzip", 10_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 25_000_000


def packing(packed: bytes, encoding: str = "gzip") -> object:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["accept-encoding"] == "gzip, deflate"
        return httpx.Response(200, headers={"X-Packed": encoding}, extensions={"packed": packed})

    def with_encoding(request: httpx.Request) -> httpx.Response:
        made = answer(request)
        made.read()
        made.headers["Content-Encoding"] = encoding
        return made

    return with_encoding


def test_over_the_wire() -> None:
    with serving(packing(gzip.compress(TEXT))) as url, Client(limits=QUICK) as client:
        assert client.get(url).body == TEXT


@pytest.mark.parametrize(
    ("packed", "encoding", "error", "retries"),
    [
        (gzip.compress(b"0" * 2_000_000), "gzip", MalformedAnswer, 0),
        (gzip.compress(TEXT)[:-20], "gzip", Unreachable, 1),
        (b"x", "br", MalformedAnswer, 0),
    ],
)
def test_refused_over_the_wire(
    packed: bytes, encoding: str, error: type[Exception], retries: int
) -> None:
    limits = Limits(retries=1, pause=0.01, largest_body=1_000_000)
    with serving(packing(packed, encoding)) as url, Client(limits=limits) as client:
        with pytest.raises(error):
            client.get(url)
        assert client.tally.retries == retries


def test_a_length_beyond_the_limit_is_not_waited_for() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=b"x" * 100_000)

    with serving(answer) as url, Client(limits=Limits(largest_body=1_000)) as client:
        with pytest.raises(MalformedAnswer):
            client.get(url)
        assert client.tally.bytes == 0
