"""A child: does one request, tells of it, ends.

``python -I -m commonplace.worker.child PARENT [ahead]``; the request is the first line it gets. An
error that isn't of our tree is a bug: its traceback goes to the log and the supervisor
says that the process died.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from commonplace.errors import Cancelled, CommonplaceError, ProtocolError
from commonplace.report import Observer
from commonplace.startup import die_with, start_lean
from commonplace.worker.asking import Questions
from commonplace.worker.protocol import AHEAD, Channel, Message, error_message, private_channel

Handler = Callable[[Message, Observer], list[Message]]

TELL_EVERY: Final = 0.1
LONGEST_TEXT: Final = 2_000
END_AFTER: Final = 2.0


@dataclass(slots=True)
class ChannelObserver:
    """Sends progress at most every :data:`TELL_EVERY` seconds; a step's end always."""

    channel: Channel
    stop: threading.Event = field(default_factory=threading.Event)
    _step: str = ""
    _told: float = 0.0

    def progress(self, step: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if step == self._step and done != total and now - self._told < TELL_EVERY:
            return
        self._step, self._told = step, now
        self.channel.send({"type": "progress", "step": step, "done": done, "total": total})

    def message(self, text: str) -> None:
        self.channel.send({"type": "message", "text": text[:LONGEST_TEXT]})

    def cancelled(self) -> bool:
        return self.stop.is_set()

    def tell(self, message: Message) -> None:
        """Send a message that only some requests have."""
        self.channel.send(message)


def serve(channel: Channel, handlers: Mapping[str, Handler]) -> None:
    """Do the request that comes over ``channel``; where it says ``stays``, those that follow."""
    request = channel.receive()
    observer = ChannelObserver(channel)
    questions = Questions(channel, observer.stop)
    following: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
    if request is not None:
        listening = (channel, questions, following)
        threading.Thread(target=_listen, args=listening, daemon=True).start()
    while request is not None:
        replies = _replies(request, handlers, observer, questions)
        interrupted = signal.signal(signal.SIGINT, signal.SIG_IGN)
        for reply in replies:
            _send(channel, reply)
        if not request.get("stays"):
            return
        signal.signal(signal.SIGINT, interrupted)
        request = following.get()


def _replies(
    request: Message,
    handlers: Mapping[str, Handler],
    observer: ChannelObserver,
    questions: Questions,
) -> list[Message]:
    try:
        with questions.offered(request):
            return handlers[request["type"]](request, observer)
    except KeyboardInterrupt:
        return [error_message(Cancelled("cancelled"))]
    except CommonplaceError as error:
        return [error_message(error)]


def _send(channel: Channel, reply: Message) -> None:
    try:
        channel.send(reply)
    except ProtocolError as error:
        channel.send(error_message(error))


def _listen(
    channel: Channel, questions: Questions, following: queue.SimpleQueue[Message | None]
) -> None:
    """Wait for ``cancel``, for answers, for the next request, or for the supervisor's end."""
    with contextlib.suppress(ProtocolError):
        while (message := channel.receive()) is not None:
            if message["type"] == "cancel":
                questions.stop.set()
            elif message["type"] == "auth":
                questions.answered(message)
            else:
                following.put(message)
    questions.stop.set()
    following.put(None)
    time.sleep(END_AFTER)
    if os.name == "posix":
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


def main(handlers: Mapping[str, Handler] | None = None) -> int:
    """Serve the supervisor on stdin and stdout; ``handlers`` replace the engine's in tests."""
    channel = private_channel()
    die_with(int(sys.argv[1]))
    start_lean()
    if handlers is None:
        # Not before the protocol has its descriptors: native libraries may print.
        from commonplace.worker.handlers import HANDLERS, get_ready

        handlers = HANDLERS
        if AHEAD in sys.argv:
            get_ready(sys.argv[-1])
    serve(channel, handlers)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
