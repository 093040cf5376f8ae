"""Which code of a list a value of a column means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from commonplace.model import load_model
from commonplace.model.types import CodeList, Property
from commonplace.suggest import weights
from commonplace.suggest.lexicon import code_terms, void_terms
from commonplace.suggest.names import Words, compact, likeness, readings, words

_NUMBERING: Final = re.compile(r"^[\d_.]+")
VOID: Final = "void"
_NOTHING: Final = ("-", "?", "--", "/")


@dataclass(frozen=True, slots=True)
class CodeSuggestion:
    """What a value means: a code, ``void``, or None where nothing fits; score and reason."""

    value: str
    code: str | None
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Codes:
    """A code list: its name, its codes, and whether others are allowed."""

    name: str
    codes: tuple[tuple[str, str], ...]  # local name, label
    closed: bool


def codes_of(one: Property | None) -> Codes | None:
    """The code list or enumeration of a property, None where it takes any text."""
    if one is None:
        return None
    if one.element.code_list:
        found = load_model().code_list(one.element.code_list)
        return _codes(found, one.element.code_list)
    if one.values:
        return Codes("", tuple((value, value) for value in one.values), True)
    return None


def _codes(found: CodeList | None, uri: str) -> Codes:
    known = tuple((one.local, one.label) for one in found.values) if found else ()
    closed = found is not None and found.extensibility == "none"
    return Codes(uri.rpartition("/")[2], known, closed)


def match_values(
    values: Iterable[str], codes: Codes, known: Mapping[str, str] | None = None, schema: str = ""
) -> list[CodeSuggestion]:
    """What each value means, in the order given.

    Parameters
    ----------
    known
        What a well-known schema, called ``schema``, says of its values.
    """
    return [_match(value, codes, known or {}, schema) for value in values]


def _match(value: str, codes: Codes, known: Mapping[str, str], schema: str) -> CodeSuggestion:
    padded = value.zfill(2) if value.isdigit() else value
    for one in (value, padded):
        if one in known:
            return CodeSuggestion(value, known[one], weights.SCHEMA_COLUMN, f"{schema} says so")
    bare = compact(value)
    unnumbered = compact(_NUMBERING.sub("", value))
    for local, _ in codes.codes:
        if bare == compact(local):
            return CodeSuggestion(value, local, weights.EXACT, "it is the code itself")
    for local, label in codes.codes:
        shown = compact(_NUMBERING.sub("", local))
        if unnumbered and unnumbered in (shown, compact(label)):
            return CodeSuggestion(value, local, weights.MODEL_PATH, "it is the code's name")
    return _by_terms(value, codes)


def _by_terms(value: str, codes: Codes) -> CodeSuggestion:
    read = readings(value)
    if value.strip() in _NOTHING or any(one and one in void_terms() for one in read):
        return CodeSuggestion(value, VOID, weights.SURE_CODE, "it says that nothing is known")
    best = CodeSuggestion(value, None, 0.0, "no code is called like it")
    known = {local for local, _ in codes.codes}
    for term, (code, text) in code_terms(codes.name).items():
        if known and code not in known:
            continue
        score = max((_value_likeness(one, term) for one in read), default=0.0)
        if score > best.score:
            best = CodeSuggestion(value, code, score, f"“{text}” means it")
    if best.score < weights.LEAST_CODE:
        best = max(_by_labels(value, read, codes), best, key=lambda one: one.score)
    return best if best.score >= weights.LEAST_CODE else _nothing(value, best)


def _nothing(value: str, best: CodeSuggestion) -> CodeSuggestion:
    reason = f"perhaps {best.code}: {best.reason}" if best.code else best.reason
    return CodeSuggestion(value, None, round(best.score, 2), reason)


def _value_likeness(value: Words, term: Words) -> float:
    """A long value that only mentions a term says little: “industrial, farm or shop”."""
    score = likeness(value, term)
    return score * 0.8 if len(value) > len(term) + 1 else score


def _by_labels(value: str, read: tuple[Words, ...], codes: Codes) -> CodeSuggestion:
    best = CodeSuggestion(value, None, 0.0, "no code is called like it")
    for local, label in codes.codes:
        names = {words(label), words(_NUMBERING.sub("", local))}
        score = max(
            (likeness(one, name) for one in read for name in names if len(one) <= len(name) + 1),
            default=0.0,
        )
        if score > best.score:
            best = CodeSuggestion(value, local, score, f"the code is called “{label}”")
    return best
