"""Names as words without case, accents, digits and humps, and how alike a name and a term are."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

from commonplace.suggest import weights

_HUMP: Final = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD: Final = re.compile(r"[^\W\d_]+")
_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_LETTERS: Final = str.maketrans({"ß": "ss", "ł": "l", "Ł": "L", "ø": "o", "æ": "ae"})
_SHORTEST_PART: Final = 5
_SHORTEST_CUT: Final = 7
_SHORTEST_BEGINNING: Final = 3
_LONGEST_NO_PLURAL: Final = 4
_COMMON_SHARE: Final = 0.6
_COMMON_FEWEST: Final = 3

#: Endings of column names that say the language of a name.
LANGUAGES: Final = {
    "fin": "fin",
    "fi": "fin",
    "swe": "swe",
    "sv": "swe",
    "deu": "deu",
    "ger": "deu",
    "de": "deu",
    "ita": "ita",
    "it": "ita",
    "fra": "fra",
    "fr": "fra",
    "nld": "nld",
    "nl": "nld",
    "eng": "eng",
    "en": "eng",
    "spa": "spa",
    "es": "spa",
    "pol": "pol",
    "pl": "pol",
    "cat": "cat",
    "eus": "eus",
    "sme": "sme",
}

Words = tuple[str, ...]


@functools.lru_cache(maxsize=65_536)
def words(name: str, german: bool = False) -> Words:
    """The words of a name: ``NomVoies`` and ``nom_voie`` are (nom, voie)."""
    apart = _HUMP.sub(" ", name.translate(_GERMAN) if german else name)
    plain = unicodedata.normalize("NFKD", apart.translate(_LETTERS))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(_singular(one.casefold()) for one in _WORD.findall(bare))


def _singular(word: str) -> str:
    """Without the s of many plurals; names and terms alike, so that it does no harm."""
    plural = len(word) > _LONGEST_NO_PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word


def readings(name: str) -> tuple[Words, ...]:
    """The words of a name, with ä as a and, where that differs, as ae."""
    plain, german = words(name), words(name, german=True)
    return (plain,) if plain == german else (plain, german)


def compact(name: str) -> str:
    """A name as one word of small letters and digits, for names that must be the same."""
    return "".join(one for one in name.casefold() if one.isalnum())


def likeness(name: Words, term: Words) -> float:
    """How alike the words of a name and of a term are."""
    if not name or not term:
        return 0.0
    whole, sought = "".join(name), "".join(term)
    if whole == sought:
        return weights.EXACT
    if len(sought) > len(whole):
        return _shortened(name, term, whole, sought)
    share = len(sought) / len(whole)
    if any(name[at : at + len(term)] == term for at in range(len(name) - len(term) + 1)):
        return weights.WITHIN + weights.WITHIN_SHARE * share
    return _compounded(whole, sought, share)


def unlike(whole: str, sought: str) -> bool:
    """Whether :func:`likeness` is surely 0, of a name and a term as one word each."""
    return sought not in whole and sought[:_SHORTEST_BEGINNING] != whole[:_SHORTEST_BEGINNING]


def _compounded(whole: str, sought: str, share: float) -> float:
    if len(sought) < _SHORTEST_PART or sought not in whole:
        return 0.0
    if whole.startswith(sought) or whole.endswith(sought):
        return weights.COMPOUND + weights.COMPOUND_SHARE * share
    return weights.INSIDE


def _shortened(name: Words, term: Words, whole: str, sought: str) -> float:
    if len(whole) >= _SHORTEST_CUT and sought.startswith(whole):
        return weights.CUT
    if len(name) == len(term) > 1 and all(
        len(short) >= _SHORTEST_BEGINNING and long.startswith(short)
        for short, long in zip(name, term, strict=True)
    ):
        return weights.SHORTENED
    return 0.0


def common_beginning(columns: Sequence[str]) -> str | None:
    """The first word that most columns share, as ``PT_CODE`` and ``PT_TYPE`` do."""
    first = Counter(one.partition("_")[0] for one in columns if "_" in one)
    for word, count in first.most_common(1):
        if count >= _COMMON_FEWEST and count >= _COMMON_SHARE * len(columns):
            return word
    return None


def without_beginning(name: str, beginning: str | None) -> str:
    """A name without the beginning that most columns share."""
    return name[len(beginning) + 1 :] if beginning and name.startswith(f"{beginning}_") else name


def language_of(name: str) -> tuple[str, str | None]:
    """A name without an ending that says its language, and the language (ISO 639-3)."""
    for length in (3, 2):
        ending = name[-length:]
        stem = name[:-length]
        apart = stem.endswith(("_", "-", " "))
        if ending.casefold() in LANGUAGES and len(stem) > length:
            same_case = ending.isupper() == stem.rstrip("_- ").isupper()
            if apart or (length == 3 and same_case):
                return stem.rstrip("_- "), LANGUAGES[ending.casefold()]
    return name, None
