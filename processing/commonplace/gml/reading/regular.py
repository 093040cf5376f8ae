"""XML made regular: the same elements, written so that bytes alone tell where things are.

Regular text has no comments, CDATA sections or processing instructions, attribute values
in double quotes without ``>``, and one meaning a prefix. Most documents are so already.
Comments and their like are cut out by one expression, names below another default namespace
get a prefix by another; the rest goes through expat.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

MOST_DEEP: Final = 200

_REFERENCE: Final = re.compile(rb"&(?!(?:lt|gt|amp|quot|apos);)")
_BESIDES: Final = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?.*?\?>", re.DOTALL)
_SINGLE_QUOTED: Final = re.compile(rb"=\s*'")
_DECLARATION: Final = re.compile(rb"\sxmlns(?::([^\s=]+))?\s*=\s*\"([^\"]*)\"")
# An element without prefix that declares the default namespace, with what is in it.
_OTHER_DEFAULT: Final = re.compile(
    rb"<([A-Za-z_][\w.-]*)((?:\s[^<>]*?)?)\s+xmlns\s*=\s*\"([^\"<>]*)\"([^<>]*?)"
    rb"(?:/>|>(.*?)</\1\s*>)",
    re.DOTALL,
)
_BARE_NAME: Final = re.compile(rb"<(/?)([A-Za-z_][\w.-]*)(?=[\s/>])")
XML: Final = "http://www.w3.org/XML/1998/namespace"
_SEPARATOR: Final = " "


class Irregular(ValueError):
    """Text whose structure the marks alone don't tell."""


class Malformed(ValueError):
    """Not whole elements, or no well-formed XML."""


class TooDeep(ValueError):
    """Elements are nested deeper than anybody nests them."""


def doubtful(text: bytes) -> bool:
    """Whether there is anything in a text that only a whole parser can judge."""
    return (
        (b"!" in text and b"<!" in text)
        or (b"?" in text and b"<?" in text)
        or (b"&" in text and _REFERENCE.search(text) is not None)
        or (b"]" in text and b"]]>" in text)
        or (not text.isascii() and not _plain(text))
    )


def _plain(text: bytes) -> bool:
    """UTF-8 without the two characters beyond ASCII that XML forbids."""
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return b"\xef" not in text or (b"\xef\xbf\xbe" not in text and b"\xef\xbf\xbf" not in text)


def verify(text: bytes) -> None:
    """Ask expat whether whole elements side by side are well-formed; prefixes aside.

    Raises
    ------
    Malformed
    """
    parser = expat.ParserCreate("UTF-8")
    try:
        parser.Parse(b"<_>", False)
        parser.Parse(text, False)
        parser.Parse(b"</_>", True)
    except expat.ExpatError as error:
        raise Malformed(str(error)) from error


def regular(text: bytes, namespaces: Mapping[str, str]) -> tuple[bytes, dict[str, str]]:
    """Regular text, and what its prefixes mean.

    Parameters
    ----------
    text
        Whole elements side by side, well-formed, in UTF-8.
    namespaces
        By prefix, those in force around the text; ``""`` is the default one.
    """
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if (b"!" in text and b"<!" in text) or (b"?" in text and b"<?" in text):
        text = _BESIDES.sub(_as_text, text)
    if b"'" in text and _SINGLE_QUOTED.search(text):
        return rewritten(text, namespaces)
    if b"xmlns" not in text:
        return text, dict(namespaces)
    bound = _bound(text, namespaces)
    if bound is not None:
        return text, bound
    return _renamed(text, namespaces) or rewritten(text, namespaces)


def _as_text(match: re.Match[bytes]) -> bytes:
    inside = match[1]
    if inside is None:
        return b""
    return inside.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _bound(text: bytes, namespaces: Mapping[str, str]) -> dict[str, str] | None:
    """What prefixes mean all over the text; None where one means several things."""
    bound = dict(namespaces)
    for prefix, uri in set(_DECLARATION.findall(text)):
        name, meaning = prefix.decode(), uri.decode()
        if bound.setdefault(name, meaning) != meaning:
            return None
    return bound


def _renamed(text: bytes, namespaces: Mapping[str, str]) -> tuple[bytes, dict[str, str]] | None:
    """The text with a prefix on all names below elements that declare another default
    namespace; None where that isn't all that has several meanings, or declarations nest.
    """
    declared = set(_DECLARATION.findall(text))
    bound = dict(namespaces)
    for prefix, uri in declared:
        name, meaning = prefix.decode(), uri.decode()
        if name and bound.setdefault(name, meaning) != meaning:
            return None
    if any(not uri for _, uri in declared):
        return None
    mine = {uri: f"default{number}" for number, uri in enumerate(sorted({u for p, u in declared}))}
    if any(one in bound for one in mine.values()):
        return None
    nested = False

    def rename(found: re.Match[bytes]) -> bytes:
        nonlocal nested
        name, before, uri, behind, inside = found.groups()
        prefix = mine[uri].encode() + b":"
        if inside is None:
            return b"<%s%s%s%s/>" % (prefix, name, before, behind)
        nested = nested or b"xmlns=" in inside or b"<" + name in inside
        inside = _BARE_NAME.sub(rb"<\1" + prefix + rb"\2", inside)
        return b"<%s%s%s%s>%s</%s%s>" % (prefix, name, before, behind, inside, prefix, name)

    plain = _OTHER_DEFAULT.sub(rename, text)
    if nested or b" xmlns=" in plain or b"\nxmlns=" in plain:
        return None
    return plain, bound | {prefix: uri.decode() for uri, prefix in mine.items()}


def rewritten(text: bytes, namespaces: Mapping[str, str]) -> tuple[bytes, dict[str, str]]:
    """The text written anew from expat's events, every namespace under a prefix of its own.

    Raises
    ------
    Malformed
    """
    writer = _Writer()
    parser = expat.ParserCreate("UTF-8", _SEPARATOR)
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.text
    try:
        parser.Parse(start_tag("_", namespaces) + text + b"</_>", True)
    except expat.ExpatError as error:
        raise Malformed(str(error)) from error
    return "".join(writer.written[1:-1]).encode(), writer.bound()


def start_tag(name: str, namespaces: Mapping[str, str]) -> bytes:
    """A start tag that declares namespaces."""
    declared = "".join(
        f" xmlns{':' if prefix else ''}{prefix}={quoteattr(uri)}"
        for prefix, uri in namespaces.items()
        if prefix != "xml" and (uri or not prefix)
    )
    return f"<{name}{declared}>".encode()


class _Writer:
    def __init__(self) -> None:
        self.written: list[str] = []
        self._prefixes: dict[str, str] = {XML: "xml"}

    def bound(self) -> dict[str, str]:
        return {prefix: uri for uri, prefix in self._prefixes.items()} | {"": ""}

    def _tag(self, name: str) -> str:
        uri, separator, local = name.rpartition(_SEPARATOR)
        if not separator:
            return local
        prefix = self._prefixes.setdefault(uri, f"n{len(self._prefixes)}")
        return f"{prefix}:{local}"

    def start(self, name: str, attributes: list[str]) -> None:
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        inside = "".join(f' {self._tag(key)}="{_value(value)}"' for key, value in pairs)
        self.written.append(f"<{self._tag(name)}{inside}>")

    def end(self, name: str) -> None:
        self.written.append(f"</{self._tag(name)}>")

    def text(self, text: str) -> None:
        self.written.append(escape(text))


def _value(text: str) -> str:
    return escape(text, {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})
