"""What the libraries below log: httpx writes whole addresses, httpcore the headers of answers."""

from __future__ import annotations

import logging
from typing import Final

from commonplace.http.addresses import shown_url

_TRACES: Final = tuple(
    f"httpcore.{one}" for one in ("connection", "http11", "http2", "proxy", "socks")
)


class _Shown(logging.Filter):
    """Addresses without their secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(map(_shown, record.args))
        return True


class _Dropped(logging.Filter):
    """Nothing: a trace holds whole headers."""

    def filter(self, record: logging.LogRecord) -> bool:
        return False


_SHOWN: Final = _Shown()
_DROPPED: Final = _Dropped()


def keep_secrets_out_of_logs() -> None:
    """From now on, whoever turns those logs on."""
    logging.getLogger("httpx").addFilter(_SHOWN)
    for name in _TRACES:
        logging.getLogger(name).addFilter(_DROPPED)


def _shown(value: object) -> object:
    text = str(value)
    return shown_url(text) if text.startswith(("http://", "https://")) else value
