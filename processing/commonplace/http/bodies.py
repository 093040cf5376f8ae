"""Bodies, unpacked within a limit: a few kilobytes must not become gigabytes of memory.

Only what the standard library unpacks is asked for (``gzip``, ``deflate``), since its
decompressor stops at a given size; the others unpack a chunk whole.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

ACCEPTED: Final = "gzip, deflate"
_GZIP: Final = 16 + zlib.MAX_WBITS
_RAW: Final = -zlib.MAX_WBITS
_STEP: Final = 1 << 20


class TooLarge(Exception):
    """More bytes than allowed."""


class BrokenOff(Exception):
    """A packed body without its end, or with nonsense in it."""


class UnknownEncoding(Exception):
    """A body packed in a way that was not asked for."""


def unpacked(chunks: Iterable[bytes], encoding: str, most: int) -> bytes:
    """A whole body.

    Parameters
    ----------
    chunks
        As they come from the network.
    encoding
        The ``Content-Encoding`` (RFC 9110 §8.4): several are undone last first.
    most
        Bytes allowed, packed and unpacked.

    Raises
    ------
    TooLarge, BrokenOff, UnknownEncoding
    """
    packings = [one.strip().lower() for one in encoding.split(",") if one.strip()]
    stream: Iterable[bytes] = chunks
    for packing in reversed(packings):
        if packing in ("gzip", "x-gzip"):
            stream = _inflated(stream, _GZIP)
        elif packing == "deflate":
            stream = _deflated(stream)
        elif packing != "identity":
            raise UnknownEncoding(packing)
    parts = []
    size = 0
    for part in stream:
        size += len(part)
        if size > most:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)


def _deflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """``deflate`` is zlib's format, but some servers send it without zlib's head."""
    stream = (one for one in chunks if one)
    first = next(stream, None)
    if first is None:
        return iter(())
    wrapped = first[0] & 0x0F == 8 and (len(first) == 1 or (first[0] << 8 | first[1]) % 31 == 0)
    return _inflated(_chain(first, stream), zlib.MAX_WBITS if wrapped else _RAW)


def _chain(first: bytes, others: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


def _inflated(chunks: Iterable[bytes], window: int) -> Iterator[bytes]:
    """Parts of at most a step; several gzip members one after the other are one body."""
    unpacker = zlib.decompressobj(window)
    begun = False
    try:
        for chunk in chunks:
            waiting = chunk
            while waiting:
                begun = True
                yield unpacker.decompress(waiting, _STEP)
                waiting = unpacker.unconsumed_tail
                if unpacker.eof:
                    waiting = unpacker.unused_data if window == _GZIP else b""
                    unpacker, begun = zlib.decompressobj(window), False
        yield unpacker.flush()
    except zlib.error as error:
        raise BrokenOff(str(error)) from error
    if begun and not unpacker.eof:
        raise BrokenOff("it ends too early")
