"""Code list values: the form of the URI, and whether the list has the value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from commonplace.model import load_model
from commonplace.validate.columns import HREF, NIL, Column
from commonplace.validate.rules import ERROR, INFO, WARNING, Rule
from commonplace.validate.sheet import Sheet

AS_TEXT: Final = Rule(
    "CODE_AS_TEXT",
    ERROR,
    "a code written as text",
    "INSPIRE schemas 4.0 and later; ETS gmlas.e; helpdesk-validator #1040",
    "write the value's URI into xlink:href and leave the element empty",
)
SCHEME: Final = Rule(
    "CODE_HTTPS",
    ERROR,
    "a code list URI with https",
    "INSPIRE registry; helpdesk-validator #376, #544",
    "URIs are names: write http://inspire.ec.europa.eu/codelist/…",
)
FORM: Final = Rule(
    "CODE_FORM",
    ERROR,
    "not the form of a code list URI",
    "INSPIRE registry; helpdesk-validator #644",
    "write http://inspire.ec.europa.eu/codelist/<List>/<value>, 'codelist' in small letters",
)
CASE: Final = Rule(
    "CODE_CASE",
    ERROR,
    "a code with other capitals than the registry's",
    "INSPIRE registry; ETS gmlas.e",
    "write the value exactly as the registry does",
)
OTHER_LIST: Final = Rule(
    "CODE_OTHER_LIST",
    ERROR,
    "a value of another code list than the property's",
    "IR, code list of the property; ETS gmlas.e",
    "choose a value of the list that the property takes",
)
UNKNOWN: Final = Rule(
    "CODE_UNKNOWN",
    ERROR,
    "the code list has no such value",
    "IR, code list of the property; ETS gmlas.e",
    "choose a value of the list: commonplace model codes <List>",
)
CLOSED: Final = Rule(
    "CODE_CLOSED",
    ERROR,
    "a value of one's own in a list that may not be extended",
    "IR Art. 6(3) (extensibility: none)",
    "choose a value of the list: commonplace model codes <List>",
)
EXTENSION: Final = Rule(
    "CODE_EXTENSION",
    WARNING,
    "a value of one's own: legal if registered under this URI; the validator rejects what "
    "its registry doesn't know",
    "IR Art. 6(3), 6(4)",
    "register the value with its definition, and its parent where the list may only be narrowed",
)
UNCHECKED: Final = Rule(
    "CODE_NOT_CHECKED",
    INFO,
    "a code list whose values are not known here",
    "IR, lists governed elsewhere or by data providers",
    "compare with whoever keeps the list",
)

RULES: Final = (AS_TEXT, SCHEME, FORM, CASE, OTHER_LIST, UNKNOWN, CLOSED, EXTENSION, UNCHECKED)

INSPIRE: Final = re.compile(r"http://inspire\.ec\.europa\.eu/codelist/([^/]+)/([^/]+)")
_NEARLY: Final = re.compile(
    r"(?P<scheme>https?)://inspire(\.jrc)?\.ec\.europa\.eu/(?P<word>code-?list)/(?P<rest>.+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule that a value breaks, and why."""

    rule: Rule
    message: str
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A list's values, by exact URI and without regard to capitals."""

    exact: frozenset[str]
    folded: dict[str, str]
    extensibility: str | None


def check(sheet: Sheet) -> None:
    """All rules of the family."""
    for column in sheet.all():
        of_list = column.code_list
        if of_list is not None and _takes_reference(column):
            _texts(sheet, column)
        wrong: dict[Verdict, set[str]] = {}
        for value in column.distinct(HREF):
            verdict = judge(of_list, value)
            if verdict is not None:
                wrong.setdefault(verdict, set()).add(value)
        if not wrong:
            continue
        numbers, values = column.attribute(HREF)
        for verdict, of in wrong.items():
            bad = [at for at, one in enumerate(values) if one in of]
            sheet.report(
                verdict.rule,
                column,
                [numbers[one] for one in bad],
                verdict.message,
                values=[values[one] for one in bad],
                fix=verdict.fix,
            )


def _takes_reference(column: Column) -> bool:
    """Whether the schema has ``xlink:href`` there; enumerations (``ps`` 4.0) are texts."""
    return column.type is not None and column.type.attribute("href") is not None


def _texts(sheet: Sheet, column: Column) -> None:
    if column.bearers(HREF) == len(column):
        return
    told = {*column.attribute(HREF)[0], *column.attribute(NIL)[0]}
    texts = column.texts()
    bad = [at for at, one in enumerate(texts) if one.strip() and at not in told]
    if bad:
        values = [texts[one].strip() for one in bad]
        fix = f'write xlink:href="{column.code_list}/{values[0]}" and leave the element empty'
        sheet.report(AS_TEXT, column, bad, values=values, fix=fix)


@lru_cache(maxsize=100_000)
def judge(of_list: str | None, value: str) -> Verdict | None:  # noqa: PLR0911 - one a verdict
    """What is wrong with a code's URI; None if nothing is.

    Parameters
    ----------
    of_list
        URI of the property's list; None where the model names none, then only what looks
        like an INSPIRE code is judged, by the list it names.
    """
    found = INSPIRE.fullmatch(value)
    if found is None:
        nearly = _NEARLY.fullmatch(value)
        if nearly is not None:
            return _nearly(nearly, value)
        if of_list is None:
            return None
        return _own(of_list, value)
    named = f"http://inspire.ec.europa.eu/codelist/{found[1]}"
    home = of_list or named
    known = known_values(home)
    if known is None:
        if of_list is None:
            return None
        if named != home:  # an empty list holds others: CorineValue in LandCoverClassValue
            return judge(None, value)
        return Verdict(UNCHECKED, f"the values of {_short(home)} are not known here")
    if value in known.exact:
        return None
    right = known.folded.get(value.casefold())
    if right is not None:
        return Verdict(CASE, f"{found[2]} is written {right.rpartition('/')[2]}", f"write {right}")
    if named.casefold() != home.casefold():
        return _other(home, named, value)
    return Verdict(UNKNOWN, f"{_short(home)} has no value {found[2]}", _offer(home, found[2]))


def _other(home: str, named: str, value: str) -> Verdict | None:
    exact = known_values(home)
    if exact is not None and value in exact.exact:
        return None
    return Verdict(OTHER_LIST, f"a value of {_short(named)}, expected one of {_short(home)}")


def _nearly(found: re.Match[str], value: str) -> Verdict:
    right = f"http://inspire.ec.europa.eu/codelist/{found['rest'].strip('/')}"
    if found["scheme"].lower() == "https" and found["word"] == "codelist":
        return Verdict(SCHEME, "a code list URI with https", f"write {right}")
    return Verdict(FORM, f"{value} is not the form of a code list URI", f"write {right}")


def _own(home: str, value: str) -> Verdict | None:
    """A value from elsewhere than INSPIRE's registry."""
    known = known_values(home)
    if known is not None and value in known.exact:
        return None
    if not value.startswith(("http://", "https://")):
        return Verdict(FORM, f"{value} is no URI", _offer(home, value))
    if known is None:
        return Verdict(UNCHECKED, f"the values of {_short(home)} are not known here")
    if known.extensibility == "none":
        return Verdict(CLOSED, f"{_short(home)} may not be extended")
    return Verdict(EXTENSION, f"a value of one's own in {_short(home)}")


def _offer(home: str, value: str) -> str | None:
    code_list = load_model().code_list(home)
    local = value.rpartition("/")[2]
    found = code_list.value(local) if code_list else None
    if found is not None:
        return f"write {found.uri}"
    if code_list is not None and 0 < len(code_list.values) <= 12:
        return "it has " + ", ".join(one.local for one in code_list.values)
    return None


def _short(uri: str) -> str:
    return uri.rpartition("/")[2]


@lru_cache(maxsize=1024)
def known_values(of_list: str) -> Known | None:
    """The values of a list; None where there are none to compare with."""
    code_list = load_model().code_list(of_list)
    if code_list is None or not code_list.values:
        return None
    uris = [one.uri for one in code_list.values]
    return Known(frozenset(uris), {one.casefold(): one for one in uris}, code_list.extensibility)
