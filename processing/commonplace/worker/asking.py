"""A child asks the client for credentials: QGIS keeps them, and gives them by name."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from commonplace.errors import Cancelled
from commonplace.worker.protocol import Channel, Message

if TYPE_CHECKING:
    from commonplace.http import Credentials

ASK_EVERY: Final = 0.2


@dataclass(slots=True)
class Questions:
    """Questions under way. ``stop`` is set when the request is cancelled."""

    channel: Channel
    stop: threading.Event
    _answers: dict[str, queue.Queue[Message]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @contextmanager
    def offered(self, request: Message) -> Iterator[None]:
        """Clients made inside ask, where the request says that its sender answers."""
        if not request.get("asks"):
            yield  # nothing of the network is imported
            return
        from commonplace.http import current_network, using

        with using(replace(current_network(), ask=self.ask)):
            yield

    def answered(self, message: Message) -> None:
        """An ``auth`` message has come."""
        waiting = self._answers.get(str(message.get("question")))
        if waiting is not None:
            waiting.put(message)

    def ask(self, name: str, url: str, renew: bool) -> Credentials | None:
        """Credentials by name, for the server of an address.

        Raises
        ------
        Cancelled
        """
        from commonplace.http import ClientCertificate, Credentials, origin_of

        question = str(next(self._numbers))
        waiting: queue.Queue[Message] = queue.Queue(1)
        self._answers[question] = waiting
        origin = origin_of(url)
        host = f"{origin[0]}://{origin[1]}:{origin[2]}"
        self.channel.send(
            {
                "type": "auth_request",
                "question": question,
                "name": name,
                "server": host,
                "renew": renew,
            }
        )
        answer = self._awaited(waiting)
        del self._answers[question]
        headers, parameters = answer.get("headers", {}), answer.get("parameters", {})
        shown = answer.get("certificate")
        if not headers and not parameters and shown is None:
            return None
        key = answer.get("certificate_key")
        certificate = None
        if shown is not None:
            certificate = ClientCertificate(Path(shown), Path(key) if key else None)
        return Credentials(origin, tuple(headers.items()), tuple(parameters.items()), certificate)

    def _awaited(self, waiting: queue.Queue[Message]) -> Message:
        while True:
            try:
                return waiting.get(timeout=ASK_EVERY)
            except queue.Empty:
                if self.stop.is_set():
                    raise Cancelled("cancelled while waiting for credentials") from None
