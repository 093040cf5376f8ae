"""Which feature type a layer holds: by its name, its schema, its columns, values, geometry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from commonplace.suggest import weights
from commonplace.suggest.columns import Column
from commonplace.suggest.lexicon import (
    LANGUAGES,
    KnownSchema,
    TypeEntry,
    concepts,
    feature_types,
    known_schemas,
)
from commonplace.suggest.names import Words, compact, likeness, readings
from commonplace.suggest.properties import Named
from commonplace.suggest.targets import compact_paths, target

_GEOMETRIES: Final = {
    "point": ("point", "multipoint"),
    "line": ("linestring", "multilinestring", "curve", "multicurve", "compoundcurve"),
    "polygon": ("polygon", "multipolygon", "surface", "multisurface", "curvepolygon"),
}
_GEOMETRY_WORDS: Final = {
    "point": "points",
    "line": "lines",
    "polygon": "polygons",
    "none": "no geometry",
}
_NAME_FROM: Final = 0.5
_CLEAR_NAME: Final = 0.7
_LONGEST_VALUES: Final = 200
_LONGEST_RUN: Final = 3
_MODELS_OWN: Final = 2
#: Properties that most types have, and that tell nothing of which it is.
_EVERYWHERE: Final = frozenset(
    "inspireid id name type geometry beginlifespanversion endlifespanversion validfrom validto "
    "source category".split()
)


@dataclass(frozen=True, slots=True)
class TypeSuggestion:
    """A feature type, ``prefix:Type``, with its score and the reasons in words."""

    name: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A layer's geometry: ``point``, ``line``, ``polygon``, ``none`` or ``any``; mean area, m²."""

    kind: str
    area: float | None = None


def shape_kind(declared: str | None) -> str:
    """The kind of a layer's geometry, by what is declared."""
    if declared is None:
        return "none"
    bare = compact(declared).removesuffix("zm").removesuffix("z").removesuffix("m")
    return next((kind for kind, names in _GEOMETRIES.items() if bare in names), "any")


def schemas_of(layer: str, columns: Sequence[Column]) -> list[tuple[KnownSchema, int]]:
    """The well-known schemas that a layer seems to be of, and how many columns are theirs."""
    names = {compact(one.name) for one in columns}
    found: list[tuple[KnownSchema, int]] = []
    for schema in known_schemas():
        count = len(names & set(schema.columns))
        named = schema_layer(schema, layer) is not None
        if count >= schema.evidence or (named and (count or not columns)):
            found.append((schema, count))
    return sorted(found, key=lambda one: -one[1])


def schema_layer(schema: KnownSchema, layer: str) -> str | None:
    """The feature type that a schema has for a layer of this name."""
    bare = compact(layer.rpartition(":")[2])
    by_length = sorted(schema.layers.items(), key=lambda one: -len(one[0]))
    for name, feature_type in by_length:
        if name.endswith("_") and layer.startswith(name):
            return feature_type
        sought = compact(name)
        if bare == sought or (len(sought) > 7 and sought in bare):  # ETRS89_WATERDEEL_VLAK
            return feature_type
    return None


def suggest_types(
    layer: str,
    file: str,
    columns: Sequence[Column],
    named: Mapping[str, Sequence[Named]],
    shape: Shape,
) -> list[TypeSuggestion]:
    """Feature types for a layer, the likeliest first.

    Parameters
    ----------
    named
        What each column is about by its name, whatever the type.
    """
    of_schema = dict(_of_schemas(layer, columns))
    rows = _row_words(columns)
    found: list[TypeSuggestion] = []
    for entry in feature_types():
        signs = [
            *_of_name(entry, layer, file),
            *of_schema.get(entry.name, ()),
            *_of_columns(entry, columns, named),
            *_of_model(entry, columns),
            *_of_values(entry, rows),
            *_of_size(entry, shape),
        ]
        if not signs:
            continue
        doubt = 1.0
        for strength, _ in signs:
            doubt *= 1 - strength
        score, reasons = 1 - doubt, [reason for _, reason in sorted(signs, reverse=True)]
        if entry.geometry not in ("any", shape.kind) and shape.kind != "any":
            score *= weights.OTHER_GEOMETRY
            reasons.append(f"but such objects have {_GEOMETRY_WORDS[entry.geometry]}")
        found.append(TypeSuggestion(entry.name, round(score, 2), tuple(reasons)))
    return sorted(found, key=lambda one: (-one.score, one.name))


Signs = Iterator[tuple[float, str]]


def _of_name(entry: TypeEntry, layer: str, file: str) -> Signs:
    if compact(entry.name.partition(":")[2]) == compact(layer.rpartition(":")[2]):
        yield weights.TYPE_NAME, "the layer has the type's name"
        return
    score, reason = _best_term(entry, layer)
    if score >= _NAME_FROM:
        yield weights.LAYER_NAME * score, f"the layer is called {reason}"
        return
    score, reason = _best_term(entry, file)
    if score >= _NAME_FROM:
        yield weights.FILE_NAME * score, f"the file is called {reason}"


def _best_term(entry: TypeEntry, name: str) -> tuple[float, str]:
    best, reason = 0.0, ""
    for read in readings(name):
        for term in entry.terms:
            score = likeness(read, term.words)
            if score > best:
                best, reason = score, f"“{term.text}” ({LANGUAGES[term.language]})"
    return best, reason


def _of_schemas(
    layer: str, columns: Sequence[Column]
) -> Iterator[tuple[str, list[tuple[float, str]]]]:
    for schema, count in reversed(schemas_of(layer, columns)):
        feature_type = schema_layer(schema, layer)
        if feature_type is not None:
            reason = f"{schema.name} has this layer, and {count} of its columns are here"
            yield feature_type, [(weights.SCHEMA_LAYER, reason)]


def _of_columns(
    entry: TypeEntry, columns: Sequence[Column], named: Mapping[str, Sequence[Named]]
) -> Signs:
    spoken: dict[str, tuple[float, str]] = {}
    for column in columns:
        for one in named.get(column.name, ())[:1]:
            concept = concepts().get(one.concept)
            if concept is None or one.score < _CLEAR_NAME or entry.name not in concept.of:
                continue
            strength = weights.COLUMN_OF_TYPE * one.score / min(2, len(concept.of))
            if spoken.get(concept.name, (0.0, ""))[0] < strength:
                spoken[concept.name] = strength, f"it has {column.name} ({concept.name})"
    yield from spoken.values()


def _of_model(entry: TypeEntry, columns: Sequence[Column]) -> Signs:
    own = compact_paths(target(entry.name))
    names = [compact(one.name) for one in columns]
    hits = [one for one in names if one in own and one not in _EVERYWHERE]
    if len(hits) >= _MODELS_OWN:
        strength = weights.MODEL_COLUMNS * len(hits) / len(names)
        yield strength, f"{len(hits)} columns are called as its properties"


def _row_words(columns: Sequence[Column]) -> dict[Words, float]:
    """Runs of words that values have, with the share of rows that have them."""
    found: dict[Words, float] = {}
    for column in columns:
        if "nested" in column.signs or "number" in column.signs or not column.counts:
            continue
        rows = sum(column.counts)
        for value, count in list(zip(column.values, column.counts, strict=True))[:_LONGEST_VALUES]:
            if count > 1 or rows <= _LONGEST_VALUES:
                for run in {run for one in readings(value) for run in _runs(one)}:
                    found[run] = found.get(run, 0.0) + count / rows
    return found


def _runs(value: Words) -> Iterator[Words]:
    for length in range(1, _LONGEST_RUN + 1):
        for at in range(len(value) - length + 1):
            yield value[at : at + length]


def _of_values(entry: TypeEntry, rows: Mapping[Words, float]) -> Signs:
    shares = {term: rows[term] for term in entry.values if term in rows}
    if shares:
        share = min(1.0, sum(shares.values()))
        shown = max(shares, key=lambda one: shares[one])
        yield weights.VALUES_OF_TYPE * share, f"{share:.0%} of the rows say “{' '.join(shown)}”"


def _of_size(entry: TypeEntry, shape: Shape) -> Signs:
    if entry.name == "bu-core2d:Building" and shape.area is not None and 30 <= shape.area <= 1500:
        yield weights.BUILDING_SIZED, f"its polygons have {shape.area:.0f} m² in the middle"
