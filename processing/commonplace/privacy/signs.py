"""What looks like personal data: by a column's name, and by the shape of its values."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from commonplace.documents import parse_document

VALUES: Final = 2_000
SHARE: Final = 0.5
FEWEST: Final = 3
NO_CATEGORY: Final = "none"
HOUSEHOLD: Final = "household"
LARGEST_HOUSEHOLD: Final = 10

_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LONGEST_TERM: Final = 4


@dataclass(frozen=True, slots=True)
class Sign:
    """A column that looks personal: the category, and why, in words."""

    column: str
    category: str
    why: str


# -- by name ---------------------------------------------------------------------------------


@functools.cache
def _terms() -> Mapping[tuple[str, ...], str]:
    """Categories by term, a tuple of words."""
    text = files("commonplace.privacy").joinpath("terms.yaml").read_text(encoding="utf-8")
    found: dict[tuple[str, ...], str] = {}
    for category, lines in parse_document(text, name="terms.yaml").tree.items():
        assert isinstance(lines, list)
        for line in lines:
            for term in str(line).split(","):
                found[_words(term)] = category
    return found


def _words(name: str) -> tuple[str, ...]:
    """The words of a name, without case and accents: OwnerName → (owner, name)."""
    apart = _HUMP.sub(" ", name)
    plain = unicodedata.normalize("NFKD", apart.replace("ß", "ss").replace("ł", "l"))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(one.casefold() for one in _WORD.findall(bare.replace("Ł", "L")))


def signs_of_names(columns: Iterable[str]) -> Iterator[Sign]:
    """Columns whose names have a term of personal data in them."""
    for column in columns:
        words = _words(column)
        for length in range(min(_LONGEST_TERM, len(words)), 0, -1):
            runs = (words[at : at + length] for at in range(len(words) - length + 1))
            term = next((one for one in runs if one in _terms()), None)
            if term is not None and _terms()[term] == NO_CATEGORY:
                break
            if term is not None:
                yield Sign(column, _terms()[term], f"its name says “{' '.join(term)}”")
                break


# -- by value --------------------------------------------------------------------------------


def signs_of_values(rows: pa.RecordBatch) -> Iterator[Sign]:
    """Columns of which at least half of the values, and three, look personal."""
    for name, column in zip(rows.schema.names, rows.columns, strict=True):
        texts = _texts(column)
        if len(texts) < FEWEST:
            continue
        for category, what, looks in _SHAPES:
            hits = sum(map(looks, texts))
            if hits >= max(FEWEST, len(texts) * SHARE):
                yield Sign(name, category, f"{hits} of {len(texts)} values look like {what}")
                break


def _texts(column: Any) -> list[str]:
    """Distinct texts of a column of texts or whole numbers."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), kind.value_type
    if not (
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind)
    ):
        return []
    distinct = pc.unique(column.slice(0, VALUES).cast(pa.string())).drop_null().to_pylist()
    return [text for text in distinct if text]


def counts_of_many(rows: pa.RecordBatch, column: str) -> bool:
    """Whether a column counts the people of more than a household: statistics, not persons."""
    if column not in rows.schema.names:
        return False
    values = rows.column(column)
    if not pa.types.is_integer(values.type) and not pa.types.is_floating(values.type):
        return False
    median = pc.approximate_median(values).as_py()
    return median is not None and median > LARGEST_HOUSEHOLD


_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_PHONE: Final = re.compile(
    r"(\+|00)\d{1,3}[\s./-]?(\(0\))?[\d\s./-]{6,14}\d|0\d{1,4}[\s/-][\d\s-]{5,10}\d"
)


def _email(text: str) -> bool:
    return _EMAIL.fullmatch(text.strip()) is not None


def _phone(text: str) -> bool:
    return _PHONE.fullmatch(text.strip()) is not None


def _digits(text: str, length: int) -> list[int] | None:
    bare = re.sub(r"[\s.-]", "", text)
    return (
        [int(one) for one in bare]
        if bare.isascii() and bare.isdigit() and len(bare) == length
        else None
    )


def _iban(text: str) -> bool:
    """ISO 13616: modulo 97."""
    bare = text.replace(" ", "").upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", bare):
        return False
    return int("".join(str(int(one, 36)) for one in bare[4:] + bare[:4])) % 97 == 1


def _pesel(text: str) -> bool:
    """Poland: eleven digits, weights 1 3 7 9, and a month that can be."""
    digits = _digits(text, 11)
    if digits is None or not 1 <= (digits[2] * 10 + digits[3]) % 20 <= 12:
        return False
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    return sum(w * d for w, d in zip(weights, digits, strict=True)) % 10 == 0


def _nir(text: str) -> bool:
    """France: thirteen digits and a key, 97 minus the rest."""
    bare = re.sub(r"\s", "", text).upper().replace("2A", "19").replace("2B", "18")
    if not re.fullmatch(r"[12]\d{14}", bare):
        return False
    return 97 - int(bare[:13]) % 97 == int(bare[13:])


def _codice_fiscale(text: str) -> bool:
    """Italy: letters of the names, date and place of birth."""
    return (
        re.fullmatch(r"[A-Z]{6}\d{2}[ABCDEHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", text.strip().upper())
        is not None
    )


def _nif(text: str) -> bool:
    """Spain: eight digits (NIE: a letter and seven) and a letter, modulo 23."""
    bare = text.strip().upper().replace("-", "")
    if not re.fullmatch(r"[\dXYZ]\d{7}[A-Z]", bare):
        return False
    number = int(bare[:-1].replace("X", "0").replace("Y", "1").replace("Z", "2"))
    return "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == bare[-1]


def _hetu(text: str) -> bool:
    """Finland: date of birth, a sign of the century, number and control."""
    bare = text.strip().upper()
    if not re.fullmatch(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]", bare):
        return False
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(bare[:6] + bare[7:10]) % 31] == bare[10]


_SHAPES: Final[tuple[tuple[str, str, Callable[[str], bool]], ...]] = (
    ("email", "e-mail addresses", _email),
    ("account", "bank accounts (IBAN)", _iban),
    ("identity", "Italian tax codes", _codice_fiscale),
    ("identity", "Spanish identity numbers", _nif),
    ("identity", "Finnish identity codes", _hetu),
    ("identity", "French social security numbers", _nir),
    ("identity", "Polish identity numbers", _pesel),
    ("phone", "telephone numbers", _phone),
)
