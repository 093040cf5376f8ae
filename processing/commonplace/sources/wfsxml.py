"""XML that OGC services answer: parsed without entities or network; exceptions recognised.

Services report errors with HTTP 200 as well (OWS Common, OGC 06-121r9 §8; the
``ServiceExceptionReport`` of before), so every answer is looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from lxml import etree

from commonplace.errors import MalformedAnswer, ServerFault
from commonplace.http import Client, Response, fault, shown_url
from commonplace.sources.connect import same_server

_HEAD_BYTES: Final = 4096
_REPORT: Final = re.compile(rb"<(?:[\w.\-]+:)?(?:Service)?ExceptionReport[\s>]")
_EXCEPTIONS: Final = ("Exception", "ServiceException")
_HANDLED: Final = tuple(one for one in range(400, 600) if one not in (401, 403, 407))
_PASSING: Final = frozenset(("", "NoApplicableCode", "OperationProcessingFailed", "InternalError"))
_TRIES: Final = 3
_SAID_NOTHING: Final = frozenset(("", "none", "no", "unknown", "keine", "n/a", "-"))
_SAFE: Final = ",:/"

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ServiceException:
    """What an exception report says. ``code`` is empty where it names none."""

    code: str
    locator: str
    text: str

    def __str__(self) -> str:
        named = " ".join(one for one in (self.code, self.locator) if one)
        return f"{named}: {self.text}" if named else self.text

    @property
    def may_pass(self) -> bool:
        """Whether the fault may be the server's for a moment, not the request's."""
        return self.code in _PASSING


class ServiceRefused(ServerFault):
    """An answer that is an exception report."""

    def __init__(self, url: str, exception: ServiceException, *, hint: str | None = None) -> None:
        super().__init__(f"{shown_url(url)} answered an error: {exception}"[:700], hint=hint)
        self.exception = exception


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks a service; answers that are exceptions become errors."""

    client: Client

    def ask(self, url: str, parameters: Pairs = ()) -> Response:
        """Ask, again where the server's fault may have been a passing one.

        Raises
        ------
        ServiceRefused
            The answer is an exception report.
        SourceError
        """
        target = with_query(url, parameters)
        for attempt in range(_TRIES):
            response = self.client.get(target, allowed=_HANDLED)
            exception = exception_in(response.body)
            if exception is None:
                if response.status >= 400:
                    raise fault(response)
                return response
            passing = response.status < 400 and exception.may_pass
            if not passing or attempt == _TRIES - 1:
                raise ServiceRefused(response.url, exception)
            self.pause(attempt)
        raise AssertionError("the last attempt returns or raises")

    def pause(self, attempt: int) -> None:
        """Wait before asking once more."""
        self.client.tally.retries += 1
        self.client.sleep(self.client.limits.pause * 2**attempt)


def root_of(body: bytes, where: str) -> etree._Element:
    """The root element of an answer.

    Raises
    ------
    MalformedAnswer
        It is no XML, or has a document type declaration.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise MalformedAnswer(
            f"{where} answered no valid XML: {_instead(body) or error.msg}",
            hint="open the address in a browser to see what it says",
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise MalformedAnswer(f"{where}: document type declarations are refused")
    return root


def _instead(body: bytes) -> str | None:
    start = body[:200].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page (is a login needed?)"
    if start.startswith((b"{", b"[")):
        return "JSON"
    return None if start else "nothing"


def exception_in(body: bytes) -> ServiceException | None:
    """The exception that a body reports, if it does."""
    if _REPORT.search(body[:_HEAD_BYTES]) is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(body, parser)
    if root is None or not local(root).endswith("ExceptionReport"):
        return None
    for one in root.iter("{*}Exception", "{*}ServiceException"):
        code = one.get("exceptionCode") or one.get("code") or ""
        text = " ".join("".join(str(part) for part in one.itertext()).split())
        return ServiceException(code, one.get("locator") or "", text)
    return ServiceException("", "", "an exception report that says nothing")


def local(element: etree._Element) -> str:
    """An element's local name."""
    return str(etree.QName(element).localname)


def child(element: etree._Element, *names: str) -> etree._Element | None:
    """The first descendant along a path of local names, whatever their namespaces."""
    found = next(element.iterchildren(f"{{*}}{names[0]}"), None)
    return found if found is None or len(names) == 1 else child(found, *names[1:])


def text_of(element: etree._Element | None, *names: str) -> str | None:
    """The text of an element, or of a descendant; None where there is none."""
    found = child(element, *names) if element is not None and names else element
    if found is None:
        return None
    text = " ".join("".join(str(part) for part in found.itertext()).split())
    return text or None


def meaningful(text: object) -> str | None:
    """A text of a service's description, unless it is one of those that say nothing."""
    cleaned = "" if text is None else " ".join(str(text).split())
    return None if cleaned.casefold() in _SAID_NOTHING else cleaned


def own_link(link: str, base: str) -> str:
    """An address that a service states of itself, absolute and on the server that was asked;
    ``base`` where it can't be one.
    """
    try:
        found = urljoin(base, link.strip())
        parts = urlsplit(found)
        usable = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        return base
    return same_server(found, base) if usable else base


def service_address(url: str, own: frozenset[str]) -> tuple[str, dict[str, str]]:
    """A service's address without the parameters of its protocol, and those, in lower case.

    Parameters that the protocol doesn't know (``map``, keys) stay in the address.
    """
    parts = urlsplit(url)
    taken: dict[str, str] = {}
    kept = []
    for pair in parts.query.split("&"):
        name, _, value = pair.partition("=")
        folded = unquote(name).lower()
        if folded in own:
            taken[folded] = unquote(value.replace("+", " "))
        elif pair:
            kept.append(pair)
    return urlunsplit(parts._replace(query="&".join(kept), fragment="")), taken


def with_query(url: str, parameters: Pairs) -> str:
    """A URL with parameters; those it has by that name, in whatever case, are replaced."""
    if not parameters:
        return url
    parts = urlsplit(url)
    names = {name.lower() for name, _ in parameters}
    kept = [
        pair
        for pair in parts.query.split("&")
        if pair and unquote(pair.partition("=")[0]).lower() not in names
    ]
    added = urlencode(parameters, quote_via=quote, safe=_SAFE)
    return urlunsplit(parts._replace(query="&".join([*kept, added])))


def parameter(url: str, name: str) -> str | None:
    """A parameter of a URL, whatever the case of its name."""
    pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    return next((value for key, value in pairs if key.lower() == name.lower()), None)
