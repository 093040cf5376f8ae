"""What entities made here are called: ids, terms and units (ETSI GS CIM 009 v1.9.1).

One identity: a feature's id (``Building.12``, its ``gml:id``) and its entity's id
(``urn:ngsi-ld:Building:DE.EXAMPLE:12``) are made from each other, column-wise. An id-map of
an earlier run comes first: an entity keeps the id that it once had.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import quote

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from commonplace.gml.pieces import join_or_null
from commonplace.model.types import Schema, is_entity_schema
from commonplace.ngsi import context
from commonplace.ngsi.attributes import ENTITY_MEMBERS
from commonplace.ngsi.ids import KEPT, URN

Array: TypeAlias = Any  # pa.Array; pyarrow carries no types
Terms: TypeAlias = Mapping[str, str]

FEATURE_CONCEPT: Final = "http://inspire.ec.europa.eu/featureconcept/"
ID_MAP_COLUMNS: Final = ("feature_type", "feature", "local_id", "entity", "thing", "state")
PRESENT: Final = "present"
GONE: Final = "gone"
# Ids that stand for themselves in Smart Data Models; anything else may hold a colon by chance.
OWN_ID: Final = r"^(urn|https?|did):[^\s]+$"
# UCUM to UN/CEFACT common codes (Recommendation 20), which NGSI-LD demands (§4.5.2).
UNIT_CODES: Final[Terms] = {
    "%": "P1",
    "1": "C62",
    "A": "AMP",
    "Cel": "CEL",
    "GHz": "A86",
    "Hz": "HTZ",
    "K": "KEL",
    "L": "LTR",
    "Pa": "PAL",
    "S/m": "D10",
    "V": "VLT",
    "W": "WTT",
    "W/m2": "D54",
    "a": "ANN",
    "cm": "CMT",
    "cm2": "CMK",
    "d": "DAY",
    "deg": "DD",
    "g": "GRM",
    "h": "HUR",
    "hPa": "A97",
    "ha": "HAR",
    "kPa": "KPA",
    "kW": "KWT",
    "kW/m2": "N02",
    "kWh": "KWH",
    "kg": "KGM",
    "km": "KMT",
    "km/h": "KMH",
    "km2": "KMK",
    "lm": "LUM",
    "lx": "LUX",
    "m": "MTR",
    "m/s": "MTS",
    "m2": "MTK",
    "m3": "MTQ",
    "mg/L": "M1",
    "min": "MIN",
    "mm": "MMT",
    "s": "SEC",
    "t": "TNE",
    "ug/m3": "GQ",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """How features of one data set become entities.

    Parameters
    ----------
    namespace
        The provider's; it stands in the id, so that two providers' ids stay apart.
    earlier
        The rows of an earlier run's id-map (see :func:`read_id_map`) that say something else
        than what is made of the feature's id, or None.
    """

    namespace: str = ""
    earlier: pa.Table | None = None

    def after(self, earlier: pa.Table) -> Identity:
        """The same, with what an earlier id-map says otherwise: mostly nothing."""
        columns = {one: earlier.column(one).combine_chunks() for one in ID_MAP_COLUMNS}
        usual = pc.equal(columns["entity"], self._made(columns["feature"]))
        own = pc.and_(
            pc.equal(columns["entity"], columns["local_id"]), is_own_id(columns["local_id"])
        )
        said = pc.and_(pc.or_(usual, own), pc.equal(columns["thing"], ""))
        return Identity(self.namespace, earlier.filter(pc.invert(said)))

    def entities(self, features: Array, local_ids: Array | None = None) -> Array:
        """Entity ids of feature ids (``Building.12``); null stays null.

        Parameters
        ----------
        local_ids
            Of the same features: one that is an entity's id already stays as it is.
        """
        made = self._made(features)
        if local_ids is not None:
            made = pc.if_else(is_own_id(local_ids), local_ids, made)
        return self._kept("entity", features, made)

    def _made(self, features: Array) -> Array:
        kind, local = _split(features)
        middle = f":{quote(self.namespace, safe=KEPT)}:" if self.namespace else ":"
        return join_or_null([URN, kind, middle, local], len(features))

    def things(self, features: Array) -> Array:
        """The SensorThings ``Thing`` of each feature, where an earlier id-map names one."""
        return self._kept("thing", features, pa.nulls(len(features), pa.string()))

    def _kept(self, column: str, features: Array, otherwise: Array) -> Array:
        if self.earlier is None or not self.earlier.num_rows:
            return otherwise
        known = self.earlier.column("feature").combine_chunks()
        values = self.earlier.column(column).combine_chunks()
        found = values.take(pc.index_in(features, value_set=known))
        return pc.if_else(pc.fill_null(pc.not_equal(found, ""), False), found, otherwise)


def _split(features: Array) -> tuple[Array, Array]:
    """The feature type and the local part of feature ids."""
    at = pc.find_substring(features, ".")
    if len(features) and at.null_count < len(at):
        first = int(pc.min(at).as_py())
        if first >= 0 and first == pc.max(at).as_py():  # one type: one place for the point
            kinds = pc.utf8_slice_codeunits(features, 0, first)
            return kinds, pc.utf8_slice_codeunits(features, first + 1)
    taken = pc.extract_regex(features, r"^(?P<kind>[^.]*)\.(?P<local>(?s:.*))$")
    return pc.struct_field(taken, "kind"), pc.struct_field(taken, "local")


def is_own_id(ids: Array) -> Array:
    """Which local ids are ids of entities already (URNs, web addresses, DIDs)."""
    return pc.match_substring_regex(ids, OWN_ID)


def read_id_map(path: Path) -> pa.Table:
    """An id-map: text columns :data:`ID_MAP_COLUMNS`.

    Raises
    ------
    ValueError
        The file has other columns, or is no CSV.
    """
    try:
        found = csv.read_csv(
            path,
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(ID_MAP_COLUMNS, pa.string()), strings_can_be_null=False
            ),
            parse_options=csv.ParseOptions(newlines_in_values=True),
        )
    except pa.ArrowInvalid as error:
        raise ValueError(f"{path.name} is no id-map: {error}") from error
    missing = [one for one in ID_MAP_COLUMNS if one not in found.column_names]
    if missing:
        raise ValueError(f"{path.name} is no id-map: it lacks {', '.join(missing)}")
    return found.select(ID_MAP_COLUMNS)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What names of a data set's entities mean.

    ``stated`` is the ``@context`` to write, the core context last; ``own`` are the terms that
    it defines itself.
    """

    stated: tuple[str | Terms, ...]
    own: Terms

    def foreign(self, names: Iterable[str]) -> list[str]:
        """Names that expand into the default context: they mean nothing elsewhere (§5.5.7)."""
        known = _resolved(tuple(one for one in self.stated if isinstance(one, str)))
        return [one for one in names if one not in self.own and not known.defines(one)]


@cache
def _resolved(urls: tuple[str, ...]) -> context.Context:
    return context.resolve(list(urls))


def vocabulary(schema: Schema, terms: Terms, published: str | None = None) -> Vocabulary:
    """The context of a schema's entities.

    Parameters
    ----------
    schema
        Of Smart Data Models: its subject's own context is used. Else ``terms`` are defined.
    terms
        Terms and their IRIs.
    published
        Where the user publishes the context that defines ``terms``; entities then name the
        address only.
    """
    if is_entity_schema(schema.key):
        return Vocabulary((schema.location, context.CORE), {})
    return Vocabulary((published or dict(terms), context.CORE), dict(terms))


def own_term(name: str, of: str) -> str:
    """A name that neither an entity's members nor the core context's terms take.

    The core context is protected: nobody may redefine its terms (JSON-LD 1.1 §4.1.11).
    """
    taken = name in ENTITY_MEMBERS or name in context.core().terms
    return f"{of}_{name}" if taken else name


def unit_code(unit: str) -> str:
    """The UN/CEFACT code of a UCUM unit; any other text is taken for such a code."""
    return UNIT_CODES.get(unit, unit)
