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


@dataclass(frozen=True, slots=True)
class _Shape:
    """What values look like: a pattern (RE2) for all at once, and a check of those that match."""

    category: str
    what: str
    pattern: str
    holds: Callable[[str], bool] | None = None

    def hits(self, texts: pa.Array, needed: float) -> int:
        """How many of the texts have the shape; 0 where fewer than needed can have it."""
        matching = texts.filter(pc.match_substring_regex(texts, self.pattern))
        if self.holds is None or len(matching) < needed:
            return len(matching)
        return sum(map(self.holds, matching.to_pylist()))


def signs_of_values(rows: pa.RecordBatch) -> Iterator[Sign]:
    """Columns of which at least half of the values, and three, look personal."""
    for name, column in zip(rows.schema.names, rows.columns, strict=True):
        texts = _texts(column)
        if texts is None or len(texts) < FEWEST:
            continue
        needed = max(FEWEST, len(texts) * SHARE)
        for shape in _SHAPES:
            hits = shape.hits(texts, needed)
            if hits >= needed:
                why = f"{hits} of {len(texts)} values look like {shape.what}"
                yield Sign(name, shape.category, why)
                break


def _texts(column: Any) -> pa.Array | None:
    """Distinct texts, without spaces around, of a column of texts or whole numbers."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), kind.value_type
    if not (
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind)
    ):
        return None
    distinct = pc.unique(column.slice(0, VALUES).cast(pa.string())).drop_null()
    texts = pc.utf8_trim_whitespace(distinct)
    return texts.filter(pc.not_equal(texts, ""))


def counts_of_many(rows: pa.RecordBatch, column: str) -> bool:
    """Whether a column counts the people of more than a household: statistics, not persons."""
    if column not in rows.schema.names:
        return False
    values = rows.column(column)
    if not pa.types.is_integer(values.type) and not pa.types.is_floating(values.type):
        return False
    median = pc.approximate_median(values).as_py()
    return median is not None and median > LARGEST_HOUSEHOLD


def _bare(text: str) -> str:
    return re.sub(r"[\s.-]", "", text).upper()


def _iban(text: str) -> bool:
    """ISO 13616: modulo 97."""
    bare = _bare(text)
    return int("".join(str(int(one, 36)) for one in bare[4:] + bare[:4])) % 97 == 1


def _pesel(text: str) -> bool:
    """Poland: eleven digits, weights 1 3 7 9, and a month that can be."""
    digits = [int(one) for one in _bare(text)]
    if not 1 <= (digits[2] * 10 + digits[3]) % 20 <= 12:
        return False
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    return sum(w * d for w, d in zip(weights, digits, strict=True)) % 10 == 0


def _nir(text: str) -> bool:
    """France: thirteen digits and a key, 97 minus the rest."""
    bare = _bare(text).replace("2A", "19").replace("2B", "18")
    return 97 - int(bare[:13]) % 97 == int(bare[13:])


def _nif(text: str) -> bool:
    """Spain: eight digits (NIE: a letter and seven) and a letter, modulo 23."""
    bare = _bare(text)
    number = int(bare[:-1].replace("X", "0").replace("Y", "1").replace("Z", "2"))
    return "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == bare[-1]


def _hetu(text: str) -> bool:
    """Finland: date of birth, a sign of the century, number and control."""
    bare = text.upper()
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(bare[:6] + bare[7:10]) % 31] == bare[10]


_SHAPES: Final = (
    _Shape("email", "e-mail addresses", r"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$"),
    _Shape(
        "account", "bank accounts (IBAN)", r"^(?i)[A-Z]{2} ?[0-9]{2}( ?[A-Z0-9]){11,30}$", _iban
    ),
    _Shape(
        "identity",
        "Italian tax codes",  # letters of the names, date and place of birth
        r"^(?i)[A-Z]{6}[0-9]{2}[ABCDEHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z]$",
    ),
    _Shape("identity", "Spanish identity numbers", r"^(?i)[0-9XYZ]-?[0-9]{7}-?[A-Z]$", _nif),
    _Shape(
        "identity",
        "Finnish identity codes",
        r"^(?i)[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y]$",
        _hetu,
    ),
    _Shape(
        "identity",
        "French social security numbers",
        r"^(?i)[12]\s*([0-9]\s*){4}([0-9]\s*[0-9AB]\s*)([0-9]\s*){7}[0-9]$",
        _nir,
    ),
    _Shape("identity", "Polish identity numbers", r"^[0-9]([\s.-]?[0-9]){10}$", _pesel),
    _Shape(
        "phone",
        "telephone numbers",
        r"^((\+|00)[0-9]{1,3}[\s./-]?(\(0\))?[0-9\s./-]{6,14}[0-9]"
        r"|0[0-9]{1,4}[\s/-][0-9\s-]{5,10}[0-9])$",
    ),
)
