"""Documents of features in JSON, of any length, feature by feature."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from json.decoder import JSONDecodeError
from typing import Any, Final, TextIO

BLOCK: Final = 1 << 20
LARGEST_FEATURE: Final = 1 << 26


@dataclass(slots=True)
class FeatureReader:
    """Reads a JSON object member by member, the array ``features`` item by item."""

    stream: TextIO
    text: str = ""
    at: int = 0
    line: int = 1
    ended: bool = False

    def members(self) -> Iterator[tuple[str, Any]]:
        """(name, value) of each member; ("features", an item) for each feature.

        Raises
        ------
        JSONDecodeError
            Where the text is no JSON; its ``lineno`` is the line of the whole document.
        """
        if self._next() != "{":
            raise self._broken("no JSON object")
        self.at += 1
        if self._next() == "}":
            return
        while True:
            key = self._value()
            if self._next() != ":":
                raise self._broken("expected a colon")
            self.at += 1
            if key == "features" and self._next() == "[":
                yield from (("features", one) for one in self._items())
            else:
                yield str(key), self._value()
            sign = self._next()
            self.at += 1
            if sign == "}":
                if self._next(last=True):
                    raise self._broken("something follows the object")
                return
            if sign != ",":
                raise self._broken("expected a comma or the end of the object")

    def _items(self) -> Iterator[Any]:
        self.at += 1
        if self._next() == "]":
            self.at += 1
            return
        while True:
            yield self._value()
            sign = self._next()
            self.at += 1
            if sign == "]":
                return
            if sign != ",":
                raise self._broken("expected a comma or the end of the array")

    def _next(self, *, last: bool = False) -> str:
        """The next sign that is no blank, not consumed."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in " \t\r\n":
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if not self._more():
                if last:
                    return ""
                raise self._broken("the document ends too early")

    def _value(self) -> Any:
        self._next()
        while True:
            try:
                found, end = _DECODER.raw_decode(self.text, self.at)
            except JSONDecodeError as error:
                if self._more():
                    continue
                raise self._broken(error.msg) from error
            if end == len(self.text) and not self.ended and self._more():
                continue  # a number may go on
            self.at = end
            return found

    def _more(self) -> bool:
        if self.ended or len(self.text) - self.at > LARGEST_FEATURE:
            return False
        block = self.stream.read(max(BLOCK, len(self.text) - self.at))
        self.ended = not block
        self.line += self.text.count("\n", 0, self.at)
        self.text = self.text[self.at :] + block
        self.at = 0
        return bool(block)

    def _broken(self, message: str) -> JSONDecodeError:
        error = JSONDecodeError(message, self.text[:0], 0)
        error.lineno = self.line + self.text.count("\n", 0, self.at)
        return error


def _constant(word: str) -> float:
    raise JSONDecodeError(f"{word} is no JSON", word, 0)


_DECODER: Final = json.JSONDecoder(parse_constant=_constant)
