"""Target types for an editor: found by words in several languages, and described."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from commonplace.authoring.errors import unknown
from commonplace.mapping.defaults import default
from commonplace.mapping.leaves import SPEC, VOID_REASONS
from commonplace.model import UnknownName, load_model
from commonplace.model.search import search_model
from commonplace.model.types import Element, Kind, Property, Schema, local_name
from commonplace.suggest.codes import Codes, codes_of
from commonplace.suggest.lexicon import feature_types
from commonplace.suggest.names import compact
from commonplace.suggest.targets import Target, leaf, paths, target

Json = dict[str, Any]

FOUND: Final = 40
#: A longer code list is asked for by itself (:func:`list_codes`).
MOST_CHOICES: Final = 100
_LOOKED_AT: Final = 2_000
#: A term of the lexicon is somewhat less sure than the model's own name.
_BY_TERM: Final = 0.9
_PART_OF_TERM: Final = 0.6
#: Languages whose concept names are ours, of the lexicon: INSPIRE has none.
_OURS: Final = ("it", "es", "fi", "pl")


def find_types(text: str, language: str = "en") -> list[Json]:
    """Feature types that words in any of eight languages name, best first.

    The model's names and definitions are searched, INSPIRE's concepts (en, de, fr, nl) and the
    lexicon's terms. Without words, all feature types in the order of schemas.

    Parameters
    ----------
    language
        ISO 639-1; ``label`` is in it where there is one, else in English.
    """
    model = load_model()
    scores: dict[tuple[str, str], float] = {}
    if not text.strip():
        scores = {(schema.key, name): 0.0 for schema in _all() for name in schema.feature_types}
        return [_found(*one, score, language) for one, score in scores.items()]
    for hit in search_model(model, text, _LOOKED_AT):
        at = hit.schema, local_name(hit.name)
        if hit.property_name is None and at[1] in model.schema(hit.schema).feature_types:
            scores[at] = max(scores.get(at, 0.0), hit.score)
    for schema, name, score in _by_terms(text):
        scores[schema, name] = max(scores.get((schema, name), 0.0), score)
    best = sorted(scores.items(), key=lambda one: -one[1])[:FOUND]
    return [_found(*at, score, language) for at, score in best]


def _all() -> Iterator[Schema]:
    model = load_model()
    yield from model.schemas()
    yield from model.entity_schemas()


def _by_terms(text: str) -> Iterator[tuple[str, str, float]]:
    wanted = compact(text)
    if not wanted:
        return
    for entry in feature_types():
        wholes = [term.whole for term in entry.terms]
        if wanted in wholes:
            score = _BY_TERM
        elif any(one.startswith(wanted) for one in wholes):
            score = _PART_OF_TERM
        else:
            continue
        found = target(entry.name)
        yield found.schema, found.local, score


def _found(schema: str, name: str, score: float, language: str) -> Json:
    model = load_model()
    element = model.feature_type(schema, name)
    return {
        "schema": schema,
        "feature_type": name,
        "title": model.schema(schema).title,
        "definition": element.definition,
        "label": label(name, language),
        "score": round(score, 3),
    }


def label(feature_type: str, language: str) -> str | None:
    """What a feature concept is called; INSPIRE's word, or for other languages the lexicon's."""
    official = load_model().labels(feature_type)
    if language in official:
        return official[language]
    if language in _OURS:
        for entry in feature_types():
            if entry.name.rpartition(":")[2] == feature_type:
                ours = [term.text for term in entry.terms if term.language == language]
                if ours:
                    return ours[0].capitalize()
    return official.get("en")


def describe_type(name: str, language: str = "en") -> Json:
    """A feature type with all its properties, three steps deep, in schema order.

    Parameters
    ----------
    name
        ``schema:Type``, such as ``bu-core2d/4.0:Building``.

    Raises
    ------
    NotInModel
    """
    found = _target(name)
    element = load_model().element(found.element)
    return {
        "schema": found.schema,
        "feature_type": found.local,
        "definition": element.definition,
        "label": label(found.local, language),
        "linked": list(load_model().schema(found.schema).feature_types),
        "spec": list(SPEC),
        "void_reasons": list(VOID_REASONS),
        "properties": [_property(found, path, one) for path, one in paths(found).items()],
    }


def property_at(name: str, path: str) -> Property | None:
    """The property whose value a text at ``path`` fills; None where none is known.

    Raises
    ------
    NotInModel
    """
    return leaf(_target(name), path)[1]


def _target(name: str) -> Target:
    try:
        return target(name)
    except UnknownName as error:
        raise unknown(str(error)) from None


def _property(found: Target, path: str, one: Property) -> Json:
    end, filled = leaf(found, path)
    codes = codes_of(filled)
    element: Element = one.element
    return {
        "path": path,
        "kind": one.kind.value,
        "need": "optional" if _is_filled(found, path) else _need(one),
        "voidable": element.nillable,
        "repeated": one.repeated,
        "definition": element.definition,
        "values": _values(one, filled),
        "fills": end if filled is not None else None,
        "codes": codes.name if codes else None,
        "closed": codes.closed if codes else False,
        "known": bool(codes and codes.codes),
        "choices": [list(each) for each in codes.codes] if codes and _short(codes) else [],
        "unit": element.unit,
        "objects": [local_name(each) for each in one.objects],
        "attributes": [local_name(each.name) for each in (filled or one).attributes],
    }


def _is_filled(found: Target, path: str) -> bool:
    """Whether the mapping fills a property by itself, as the namespace of an identifier."""
    above, _, name = path.rpartition(".")
    parent = paths(found).get(above)
    return parent is not None and any(
        name in default(local_name(one)).fill for one in parent.objects
    )


def _short(codes: Codes) -> bool:
    return len(codes.codes) <= MOST_CHOICES


def _need(one: Property) -> str:
    """``mandatory``, ``voidable`` (may be left out, is then void) or ``optional``."""
    if one.element.nillable and one.mandatory:
        return "voidable"
    return "mandatory" if one.mandatory else "optional"


def _values(one: Property, filled: Property | None) -> str:
    """What it holds, in a word."""
    end = filled or one
    if end.kind is Kind.VALUE:
        return end.value_type or "text"
    return "code" if end.kind is Kind.CODE else one.kind.value


def list_codes(name: str, path: str) -> Json:
    """The codes of a property: local names, labels, definitions.

    Raises
    ------
    NotInModel
    """
    one = property_at(name, path)
    codes = codes_of(one)
    if one is None or codes is None:
        raise unknown(f"{name}.{path} has no code list")
    known = load_model().code_list(one.element.code_list) if one.element.code_list else None
    definitions = {each.local: each.definition for each in known.values} if known else {}
    return {
        "name": codes.name,
        "closed": codes.closed,
        "codes": [
            {"code": code, "label": text, "definition": definitions.get(code)}
            for code, text in codes.codes
        ],
    }
