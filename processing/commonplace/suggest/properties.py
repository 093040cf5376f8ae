"""Which property of a feature type a column fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from commonplace.model.types import Kind
from commonplace.suggest import weights
from commonplace.suggest.codes import VOID, codes_of, match_values
from commonplace.suggest.columns import Column, agreement
from commonplace.suggest.lexicon import LANGUAGES, Concept, KnownSchema, Term, concepts
from commonplace.suggest.names import (
    common_beginning,
    compact,
    language_of,
    likeness,
    readings,
    unlike,
    without_beginning,
)
from commonplace.suggest.targets import Target, compact_paths, has, identity, leaf, leaves, paths

_FROM: Final = 0.4
_MOST_VALUES: Final = 40
_UNIT_ENDINGS: Final = ("_uom", "_nil")
IGNORED: Final = "ignored"


@dataclass(frozen=True, slots=True)
class Named:
    """What a column is about by its name: a concept, how alike, and the term."""

    concept: str
    score: float
    term: Term
    language: str | None


@dataclass(frozen=True, slots=True)
class PropertySuggestion:
    """A property for a column, or none (``path`` empty: leave it out), with the reason.

    ``language`` is that of a name, where the column's name says it; ``concept`` what the
    lexicon calls it; ``codes_by`` the values' codes that a well-known schema tells.
    """

    column: str
    path: str
    score: float
    reason: str
    concept: str = ""
    language: str | None = None
    schema: KnownSchema | None = None


def name_columns(columns: Sequence[Column]) -> dict[str, list[Named]]:
    """What each column is about by its name alone, best first."""
    beginning = common_beginning([one.name for one in columns])
    return {one.name: _named(one.name, beginning) for one in columns}


def _named(whole: str, beginning: str | None) -> list[Named]:
    found: dict[str, Named] = {}
    name = without_beginning(whole, beginning)
    stem, language = language_of(name)
    read: dict[str, str | None] = {whole: None, name: None}
    if language:
        read.setdefault(stem, language)
    for one, said in read.items():
        for reading in readings(one):
            joined = "".join(reading)
            for concept in concepts().values():
                for term in concept.terms:
                    if unlike(joined, term.whole):
                        continue
                    score = likeness(reading, term.words)
                    if score >= _FROM and score > _score(found, concept.name):
                        found[concept.name] = Named(concept.name, score, term, said)
    if "identifier" not in found and len(whole) > 2 and whole.casefold().endswith("id"):
        term = next(one for one in concepts()["identifier"].terms if one.text == "id")
        found["identifier"] = Named("identifier", weights.ENDS_IN_ID, term, None)
    return sorted(found.values(), key=lambda one: (-one.score, one.concept))


def _score(found: Mapping[str, Named], concept: str) -> float:
    return found[concept].score if concept in found else 0.0


def suggest_properties(
    found: Target,
    columns: Sequence[Column],
    named: Mapping[str, Sequence[Named]],
    schemas: Sequence[KnownSchema],
) -> list[PropertySuggestion]:
    """One suggestion a column, in the order of the columns; those without any are left out.

    A property goes to the column that fits it best; a list of names takes several.
    """
    offers = [
        one
        for column in columns
        for one in _of_column(found, column, named.get(column.name, ()), schemas)
    ]
    offers += _identifier(found, columns, named, offers)
    taken: dict[str, PropertySuggestion] = {}
    given: dict[str, list[PropertySuggestion]] = {}
    for one in sorted(offers, key=lambda offer: -offer.score):
        if one.column in taken:
            continue
        before = given.get(_single(one.path), [])
        if one.path and before and not _takes_several(found, one, before):
            continue
        taken[one.column] = one
        given.setdefault(_single(one.path), []).append(one)
    return [taken[one.name] for one in columns if one.name in taken]


def _single(path: str) -> str:
    """InspireId and inspireId.localId are one."""
    return path.removesuffix(".localId")


def _takes_several(
    found: Target, one: PropertySuggestion, before: Sequence[PropertySuggestion]
) -> bool:
    head = paths(found).get(one.path.partition(".")[0])
    if head is None or not head.repeated or identity(found) == one.path.partition(".")[0]:
        return False
    if one.concept == "name":
        return one.language is not None and all(each.language for each in before)
    return one.concept == "building_use" and one.score >= weights.SURE


def _of_column(
    found: Target, column: Column, named: Sequence[Named], schemas: Sequence[KnownSchema]
) -> Iterator[PropertySuggestion]:
    if column.name.endswith(_UNIT_ENDINGS):
        reason = "it says the unit, or why a value is missing"
        yield PropertySuggestion(column.name, "", weights.MODEL_PATH, reason)
        return
    if any(compact(column.name) in one.columns for one in schemas):
        yield from _of_schemas(found, column, schemas)
        return
    yield from _of_model(found, column)
    for one in named:
        yield from _of_concept(found, column, one)


def _of_schemas(
    found: Target, column: Column, schemas: Sequence[KnownSchema]
) -> Iterator[PropertySuggestion]:
    bare = compact(column.name)
    for rank, schema in enumerate(schemas):
        meaning = schema.columns.get(bare)
        if meaning is None:
            continue
        score = weights.SCHEMA_COLUMN - rank * 0.01
        if schema.unless and found.name not in schema.unless:
            yield PropertySuggestion(column.name, "", score, f"{schema.name}: of another layer")
        elif meaning.startswith("("):
            reason = f"{schema.name}: {meaning.strip('()')}"
            yield PropertySuggestion(column.name, "", score, reason)
        else:
            yield from _of_meaning(found, column, schema, meaning, score)


def _of_meaning(
    found: Target, column: Column, schema: KnownSchema, meaning: str, score: float
) -> Iterator[PropertySuggestion]:
    for part in meaning.split():
        word, _, only = part.partition("@")
        if only not in ("", found.name):
            continue
        concept = concepts().get(word)
        for path in concept.paths if concept else (word,):
            if has(found, path):
                if "empty" in column.signs:
                    score *= weights.NO_VALUES
                name = concept.name if concept else ""
                reason = f"a column of {schema.title}"
                yield PropertySuggestion(
                    column.name, path, round(score, 2), reason, name, schema=schema
                )
                return


def _of_model(found: Target, column: Column) -> Iterator[PropertySuggestion]:
    bare = compact(column.name)
    path = compact_paths(found).get(bare)
    if path == "name" and _best(found, concepts()["name"]) != "name":
        return  # GML's own, which no one fills where the type has a name of its own
    if path is not None:
        reason = "it is called as the property"
        yield PropertySuggestion(column.name, path, weights.MODEL_PATH, reason)
        return
    end = compact(column.name.rpartition("_")[2])
    path = leaves(found).get(end)
    if path is not None and len(end) > 5 and _fillable(found, path):
        reason = f"it ends as the property {path}"
        score = weights.MODEL_LEAF * (1.0 if end == bare else 0.95)
        yield PropertySuggestion(column.name, path, round(score, 2), reason)


def _fillable(found: Target, path: str) -> bool:
    return paths(found)[path].kind in (Kind.VALUE, Kind.CODE, Kind.OBJECT)


def _of_concept(found: Target, column: Column, named: Named) -> Iterator[PropertySuggestion]:
    concept = concepts()[named.concept]
    said = f"“{named.term.text}” is {LANGUAGES[named.term.language]} for {concept.name}"
    if concept.name == IGNORED:
        reason = f"“{named.term.text}” describes the data, not the thing"
        yield PropertySuggestion(column.name, "", round(named.score * 0.9, 2), reason, IGNORED)
        return
    path = _best(found, concept)
    if path is None or concept.skip:
        return
    score, reasons = _with_values(concept, column, named.score)
    if found.name in concept.of:
        score *= weights.OF_TYPE
    score, more = _with_codes(found, path, column, score)
    reason = ", ".join(one for one in (said, *reasons, more) if one)
    score = round(min(score, weights.MODEL_PATH if more else weights.SCHEMA_COLUMN), 2)
    yield PropertySuggestion(column.name, path, score, reason, concept.name, named.language)


def _best(found: Target, concept: Concept) -> str | None:
    """The first of a concept's paths that the type has."""
    return next((one for one in concept.paths if has(found, one)), None)


def _with_values(concept: Concept, column: Column, score: float) -> tuple[float, list[str]]:
    agrees, why = agreement(column, concept.values)
    if "empty" in column.signs:
        return score * weights.NO_VALUES, [why]
    if agrees:
        score *= weights.VALUES_AGREE if agrees > 0 else weights.VALUES_DIFFER
    reasons = [why] if why else []
    if "constant" in column.signs and concept.values in ("identifier", "name"):
        score *= weights.ALL_THE_SAME
        reasons.append("but it is the same in every row")
    return score, reasons


def _with_codes(found: Target, path: str, column: Column, score: float) -> tuple[float, str]:
    codes = codes_of(leaf(found, path)[1])
    if codes is None or not codes.codes or "few" not in column.signs:
        return score, ""
    values = column.values[:_MOST_VALUES]
    hits = sum(one.code not in (None, VOID) for one in match_values(values, codes))
    share = hits / len(values)
    more = f"{share:.0%} of its values are codes of {codes.name or 'its list'}" if hits else ""
    return min(1.0, score + weights.CODES_OVERLAP * share), more


def _identifier(
    found: Target,
    columns: Sequence[Column],
    named: Mapping[str, Sequence[Named]],
    offers: Sequence[PropertySuggestion],
) -> Iterator[PropertySuggestion]:
    """The first column whose values are all different, where none is called an identifier."""
    path = next((one for one in concepts()["identifier"].paths if has(found, one)), None)
    if path is None or any(
        _single(one.path) == identity(found) for one in offers if one.score > 0.5
    ):
        return
    spoken = {one.column for one in offers if one.score >= weights.LEAST}
    spoken |= {column for column, said in named.items() if said and said[0].score > weights.LEAST}
    for column in columns:
        if column.name.casefold() in ("fid", "ogc_fid"):
            continue
        if "unique" in column.signs and column.name not in spoken and not _measured(column):
            reason = "no column is called an identifier; the values of this one are all different"
            yield PropertySuggestion(
                column.name, path, weights.ONLY_IDENTIFIER, reason, "identifier"
            )
            return


def _measured(column: Column) -> bool:
    return bool(column.signs & {"date", "url", "nested"}) or (
        "number" in column.signs and "integer" not in column.signs
    )
