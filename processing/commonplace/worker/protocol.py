"""The worker's protocol: JSON objects, one a line, on descriptors of its own.

``docs/worker-protocol.md`` describes the messages. Both the supervisor and its children
speak it, so the supervisor relays what a child says with the request's id added.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from collections.abc import Mapping
from typing import IO, Any, Final

from commonplace.errors import CommonplaceError, ProtocolError

PROTOCOL: Final = 1
LARGEST_MESSAGE: Final = 16 * 1024 * 1024

#: A child's argument: its request comes later, it may load meanwhile what that will need.
AHEAD: Final = "ahead"

Message = dict[str, Any]

TEXTS: Final = "an object of texts"
LIST: Final = "a list of texts"
FLAG: Final = "true or false"
NUMBER: Final = "a number"
_KINDS: Final[Mapping[str, type | tuple[type, ...]]] = {
    "text": str,
    TEXTS: dict,
    LIST: list,
    FLAG: bool,
    NUMBER: (int, float),
}

#: What editors of mapping documents ask; with ``stays`` the child that answers does the next.
_EDITOR: Final[Mapping[str, Mapping[str, str]]] = {
    name: {**fields, "stays": FLAG}
    for name, fields in {
        "types": {"text": "text", "language": "text"},
        "describe": {"target": "text", "language": "text"},
        "codes": {"target": "text", "path": "text"},
        "suggest_tree": dict.fromkeys(
            ("source", "layer", "file", "feature_type", "language"), "text"
        ),
        "values": {
            **dict.fromkeys(("source", "expression", "feature_type", "property"), "text"),
            "layers": LIST,
        },
        "read_document": {"document": "text", "name": "text", "beside": "text"},
        "write_document": {"tree": "text", "comments": "text"},
        "preview": dict.fromkeys(("document", "source", "tables", "beside", "crs"), "text"),
    }.items()
}
EDITING: Final = frozenset(_EDITOR)

_SOURCE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("source", "auth", "tenant", "context"), "text"),
    "asks": FLAG,
}

REQUESTS: Final[Mapping[str, Mapping[str, str]]] = {
    "run": {
        "job": "text",
        "folder": "text",
        "overrides": TEXTS,
        **dict.fromkeys(("resume", "since_last", "asks"), FLAG),
    },
    "check": {"document": "text", "name": "text"},
    "inspect": {**_SOURCE, "ahead": FLAG},
    "load": {
        **_SOURCE,
        **dict.fromkeys(("layer", "target", "filter", "bbox", "bbox_crs", "kind"), "text"),
        **dict.fromkeys(("first", "limit"), NUMBER),
        "replace": FLAG,
        "ahead": FLAG,
    },
    "watch": {
        **_SOURCE,
        **dict.fromkeys(("target", "filter", "bbox", "listen", "reachable_as"), "text"),
        "layers": LIST,
        "every": NUMBER,
        "replace": FLAG,
    },
    "validate": {"paths": LIST, "schemas": "text", "html": "text"},
    "convert": {
        **dict.fromkeys(("source", "target", "from", "to", "crs", "schema", "project"), "text"),
        "replace": FLAG,
    },
    "verify": {**dict.fromkeys(("path", "unpack"), "text"), "damaged": FLAG},
    "suggest": {
        **dict.fromkeys(("source", "layer", "feature_type", "name", "output", "auth"), "text"),
        "asks": FLAG,
    },
    "explain": {"path": "text", "html": "text", "csv": "text"},
    "mim7": {
        **dict.fromkeys(("source", "previous", "schemas", "id_column", "tenant"), "text"),
        **dict.fromkeys(("html", "json", "auth"), "text"),
        "all": FLAG,
        "asks": FLAG,
    },
    "publish": {
        **dict.fromkeys(("path", "url", "tenant", "profile", "auth"), "text"),
        **dict.fromkeys(("flat", "replace", "delete_vanished", "create_tenant"), FLAG),
        "dry_run": FLAG,
        "asks": FLAG,
    },
    "operations": {
        **dict.fromkeys(("layers", "crs", "extents"), LIST),
        **dict.fromkeys(("target", "accuracy", "grids"), "text"),
    },
    "rules": {},
    **_EDITOR,
    "auth": {
        "question": "text",
        "headers": TEXTS,
        "parameters": TEXTS,
        "certificate": "text",
        "certificate_key": "text",
    },
    "cancel": {},
    "shutdown": {},
}
OPTIONAL: Final = frozenset(
    (
        *("overrides", "name", "schemas", "html", "to", "crs", "schema", "replace"),
        *("resume", "since_last", "asks", "auth"),
        *("layer", "feature_type", "output", "csv", "json", "previous", "id_column", "tenant"),
        *("all", "profile", "flat", "delete_vanished", "create_tenant", "dry_run"),
        *("accuracy", "grids", "kind", "context", "filter", "bbox", "bbox_crs"),
        *("first", "limit", "every", "listen", "reachable_as"),
        *("language", "file", "property", "beside", "comments", "ahead"),
        "stays",
        *("from", "project", "unpack", "damaged"),
        *("headers", "parameters", "certificate", "certificate_key"),
    )
)
WORK: Final = frozenset(REQUESTS) - {"auth", "cancel", "shutdown"}


class Channel:
    """Messages over two binary streams. Sending is safe from several threads."""

    def __init__(self, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._sending = threading.Lock()

    def send(self, message: Message) -> None:
        """Send one message. A peer that is gone is noticed by :meth:`receive`, not here.

        Raises
        ------
        ProtocolError
            The message is larger than :data:`LARGEST_MESSAGE`.
        """
        line = json.dumps(message, ensure_ascii=False, allow_nan=False).encode() + b"\n"
        if len(line) > LARGEST_MESSAGE:
            raise ProtocolError(f"a message of {len(line)} bytes is too large to send")
        with self._sending, contextlib.suppress(BrokenPipeError):
            self._outgoing.write(line)
            self._outgoing.flush()

    def receive(self) -> Message | None:
        """The next message, or None when the peer has closed its end.

        Raises
        ------
        ProtocolError
            The line isn't a message; the next call reads the next line.
        """
        line = self._incoming.readline(LARGEST_MESSAGE + 1)
        if not line:
            return None
        if len(line) > LARGEST_MESSAGE:
            self._skip_line(line)
            raise ProtocolError(f"a message is larger than {LARGEST_MESSAGE} bytes")
        try:
            message = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ProtocolError(f"a line isn't JSON: {error}") from error
        if not isinstance(message, dict) or not isinstance(message.get("type"), str):
            raise ProtocolError("a message must be an object with a type")
        return message

    def _skip_line(self, line: bytes) -> None:
        while line and not line.endswith(b"\n"):
            line = self._incoming.readline(LARGEST_MESSAGE)

    def close(self) -> None:
        """Close both ends; nothing may be reading any more."""
        with contextlib.suppress(BrokenPipeError):
            self._outgoing.close()
        self._incoming.close()


def private_channel() -> Channel:
    """Take stdin and stdout for the protocol, before anything else can use them.

    The protocol gets duplicates that no child process inherits. Descriptor 1 then leads to
    stderr, so that what native libraries print doesn't break the protocol, and descriptor 0
    to nothing.
    """
    sys.stdout.flush()
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return Channel(incoming, outgoing)


def check_request(message: Message) -> None:
    """Refuse a request that isn't of the protocol.

    Raises
    ------
    ProtocolError
    """
    kind = message["type"]
    expected = REQUESTS.get(kind)
    if expected is None:
        raise ProtocolError(f"no request {kind!r}", hint=f"there are: {', '.join(REQUESTS)}")
    if kind != "shutdown" and not isinstance(message.get("id"), (int, str)):
        raise ProtocolError(f"a {kind} request needs an id (a number or a text)")
    for name, wanted in expected.items():
        if name not in message and name in OPTIONAL:
            continue
        value = message.get(name)
        if not isinstance(value, _KINDS[wanted]) or (
            isinstance(value, dict) and not all(isinstance(one, str) for one in value.values())
        ):
            raise ProtocolError(f"{kind}.{name}: expected {wanted}")


def error_message(error: CommonplaceError) -> Message:
    """The ``error`` message of an error."""
    return {
        "type": "error",
        "code": error.code,
        "message": error.message,
        "hint": error.hint,
        "exit_code": error.exit_code,
    }
