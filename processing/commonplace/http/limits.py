"""How patient a client is, and what it did."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient a client is. Seconds and bytes.

    ``retries`` come after the first try, with pauses of ``pause``, twice that and so on,
    or what the server's ``Retry-After`` says, up to ``longest_pause``.
    """

    connect_seconds: float = 10.0
    read_seconds: float = 60.0
    retries: int = 4
    pause: float = 0.5
    longest_pause: float = 60.0
    largest_body: int = 512 * 1024 * 1024


@dataclass(slots=True)
class Tally:
    """What a client did, for the evidence.

    ``reused`` answers came from an interrupted run's record without asking, ``unchanged``
    ones after the server said so (304).
    """

    requests: int = 0
    bytes: int = 0
    retries: int = 0
    reused: int = 0
    unchanged: int = 0
