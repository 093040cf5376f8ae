"""Answers on disk: the record of a run, from which an interrupted one goes on; the cache.

Nothing secret is written: addresses stand without their secret parameters, requests'
headers are not kept, bodies come with secrets masked, cookies are left out.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from collections import deque
from collections.abc import Container, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Final

from commonplace.http.addresses import without_secrets
from commonplace.http.answers import Response

NEWEST: Final = 8
CACHE_BYTES: Final = 512 * 1024 * 1024
CACHE_ENTRY_BYTES: Final = 64 * 1024 * 1024
_NOT_KEPT: Final = frozenset(
    ("set-cookie", "content-encoding", "transfer-encoding", "connection", "www-authenticate")
)
_HEAD_BYTES: Final = 4096
_NO_ANSWER: Final = re.compile(
    rb"^\s*(?:<!doctype html|<html)|<(?:[\w.\-]+:)?(?:Service)?ExceptionReport[\s>]", re.IGNORECASE
)
_MEANT: Final = frozenset(("authorization", "cookie", "user-agent"))


def key_of(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes | None,
    secret: Container[str] = (),
) -> str:
    """What a request asks for, whoever asks: the name of its answer.

    ``secret`` are the names of the parameters that are credentials.
    """
    digest = blake2b(digest_size=16)
    named = sorted((name.lower(), value) for name, value in headers.items())
    asked = without_secrets(url, secret)
    for part in (method, asked, *(f"{n}:{v}" for n, v in named if n not in _MEANT)):
        digest.update(part.encode())
        digest.update(b"\0")
    digest.update(body or b"")
    return digest.hexdigest()


def conditions(response: Response) -> dict[str, str]:
    """The headers that ask whether an answer still holds (RFC 9110 §13)."""
    asked = {}
    if tag := response.header("etag"):
        asked["If-None-Match"] = tag
    if changed := response.header("last-modified"):
        asked["If-Modified-Since"] = changed
    return asked


def may_be_kept(response: Response) -> bool:
    """Whether the server lets its answer be kept (RFC 9111 §5.2.2.5), and it is one.

    Exceptions and web pages with status 200, and JSON that breaks off, would be the answer
    again when the run goes on, though the server has recovered.
    """
    stated = ",".join(response.all_headers("cache-control")).lower()
    if response.status != 200 or "no-store" in stated:
        return False
    if "json" in response.media_type and not response.body.rstrip().endswith((b"}", b"]")):
        return False
    return _NO_ANSWER.search(response.body[:_HEAD_BYTES]) is None


def write(path: Path, response: Response, secret: Container[str] = ()) -> None:
    """Keep an answer; the file is there only when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    head = {
        "url": without_secrets(response.url, secret),
        "status": response.status,
        "headers": [pair for pair in response.headers if pair[0] not in _NOT_KEPT],
    }
    unfinished = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
    with unfinished.open("wb") as file:
        file.write(json.dumps(head).encode() + b"\n")
        file.write(response.body)
    unfinished.replace(path)


def read(path: Path) -> Response | None:
    """A kept answer; None when there is none, or the file is not ours."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        about = json.loads(head)
        pairs = tuple((str(name), str(value)) for name, value in about["headers"])
        return Response(str(about["url"]), int(about["status"]), pairs, body)
    except (OSError, ValueError, KeyError, TypeError):
        return None


@dataclass(slots=True, eq=False)
class Record:
    """The answers of one run, in the order in which each request was made.

    Parameters
    ----------
    folder
        Made with the first answer.
    resumed
        Whether what an earlier run left there is used; else it is removed.
    used
        How many answers were.
    """

    folder: Path
    resumed: bool = False
    used: int = 0
    _newest: deque[Path] = field(default_factory=lambda: deque(maxlen=NEWEST))
    _asked: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        if not self.resumed:
            self.remove()

    def begun(self, key: str) -> Path:
        """The place of a request's answer: one asked twice has two."""
        with self._lock:
            number = self._asked[key] = self._asked.get(key, 0) + 1
        return self.folder / f"{key}-{number}.answer"

    def found(self, place: Path) -> Response | None:
        """What an earlier run left there."""
        known = read(place) if self.resumed else None
        if known is not None:
            self._newest.append(place)
        return known

    def keep(self, place: Path, response: Response, secret: Container[str]) -> None:
        """Keep an answer there; ``secret`` as in :func:`key_of`."""
        write(place, response, secret)
        self._newest.append(place)

    def doubt(self) -> None:
        """Forget the newest answers: one of them made no sense to its reader."""
        while self._newest:
            self._newest.popleft().unlink(missing_ok=True)

    def count(self) -> None:
        """An answer was used."""
        with self._lock:
            self.used += 1

    def remove(self) -> None:
        """Forget everything: the run is done."""
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Cache:
    """Answers kept over runs; none is used before the server said that it still holds.

    Only answers with an ``ETag`` or ``Last-Modified`` are kept, and none that needed
    credentials. The oldest go when there are more than ``most`` bytes.
    """

    folder: Path
    most: int = CACHE_BYTES

    def found(self, key: str) -> Response | None:
        """The answer kept under a key."""
        path = self._path(key)
        response = read(path)
        if response is not None:
            with suppress(OSError):
                os.utime(path)
        return response

    def keep(self, key: str, response: Response) -> None:
        """Keep an answer, if it may be and has what a server can be asked about."""
        if conditions(response) and len(response.body) <= CACHE_ENTRY_BYTES:
            with suppress(OSError):  # a full disk is no reason to stop
                write(self._path(key), response)
                self._sweep()

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.answer"

    def _sweep(self) -> None:
        files = [(one.stat(), one) for one in self.folder.glob("*.answer")]
        size = sum(one.st_size for one, _ in files)
        for about, path in sorted(files, key=lambda pair: pair[0].st_mtime):
            if size <= self.most:
                return
            path.unlink(missing_ok=True)
            size -= about.st_size
