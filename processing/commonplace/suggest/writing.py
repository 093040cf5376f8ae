"""A suggestion written as a mapping document that checks, apart from its todos."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from commonplace.batch import Layer
from commonplace.errors import DocumentError, Problem
from commonplace.mapping.compile import WARNINGS, check_mapping
from commonplace.mapping.document import parse_mapping
from commonplace.model import load_model
from commonplace.model.types import is_entity_schema
from commonplace.suggest import weights
from commonplace.suggest.expressions import comment, scalar
from commonplace.suggest.lexicon import concepts
from commonplace.suggest.sections import Block, sections
from commonplace.suggest.suggesting import LayerSuggestion

_TURNS: Final = 8
_OTHERS: Final = 3
_REASONS: Final = 4
_ISO: Final = {"en": "eng", "de": "deu", "fr": "fra", "nl": "nld"} | {
    "it": "ita",
    "es": "spa",
    "fi": "fin",
    "pl": "pol",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A document as text, and what ``check`` still says of it (each is a todo in it, too)."""

    text: str
    problems: tuple[str, ...]


def write_mapping(one: LayerSuggestion, source: str) -> Written:
    """The mapping document for a suggestion.

    Lines that don't check are taken back and named in a todo.

    Parameters
    ----------
    source
        What the layer was read from, for the document's head.
    """
    language = _language(one)
    blocks = [*_head(one, source, language), *_ignored(one), Block(("",), fixed=True)]
    blocks += sections(one, language)
    left: list[str] = []
    for _ in range(_TURNS):
        problems = _problems(_text(blocks), one.layer)
        left = [comment(problem.message) for problem in problems]
        mended = _mended(blocks, problems)
        if mended == blocks:
            break
        blocks = mended
    return Written(_text(blocks), tuple(left))


def _text(blocks: Sequence[Block]) -> str:
    return "\n".join(line for block in blocks for line in block.lines) + "\n"


def _problems(text: str, layer: Layer) -> list[Problem]:
    try:
        document = parse_mapping(text, name="suggestion")
    except DocumentError as error:
        return list(error.problems)
    found = check_mapping(document, load_model(), {"source": [layer]})
    return [one for one in found if one.code not in WARNINGS]


def _mended(blocks: Sequence[Block], problems: Sequence[Problem]) -> list[Block]:
    """Blocks with a problem in them taken back; what is wrong elsewhere said in a todo."""
    owners = [at for at, block in enumerate(blocks) for _ in block.lines]
    wrong: dict[int, list[str]] = {}
    for problem in problems:
        line = problem.line or 1
        if 0 < line <= len(owners):
            wrong.setdefault(owners[line - 1], []).append(problem.message)
    mended: list[Block] = []
    for at, block in enumerate(blocks):
        notes = [comment(f"# todo: {message}") for message in wrong.get(at, ())]
        if not notes:
            mended.append(block)
        elif block.fixed:
            new = tuple(f"  {note}" for note in notes if f"  {note}" not in block.lines)
            mended.append(Block((*block.lines, *new), fixed=True))
        else:
            taken = tuple(f"  # {line.strip()}" for line in block.lines)
            mended.append(Block((*(f"  {note}" for note in notes), *taken), fixed=True))
    return mended


def _head(one: LayerSuggestion, source: str, language: str) -> Iterator[Block]:
    best = one.types[0]
    rows = f"{one.layer.count} rows, " if one.layer.count is not None else ""
    kind = one.layer.geometry_type or "no geometry"
    yield Block(
        (
            comment(f"# Suggested for the layer {one.layer.name} of {source} ({rows}{kind})."),
            "# Each line says how sure it is, from 0 to 1, and why. Look at every todo.",
            comment(
                f"# {_sure(best.score)}{best.name} {best.score:.2f}: "
                + "; ".join(best.reasons[:_REASONS])
            ),
            *(
                comment(f"# or {other.name} {other.score:.2f}: {'; '.join(other.reasons[:2])}")
                for other in one.types[1 : 1 + _OTHERS]
                if other.score >= weights.WORTH_NAMING
            ),
            "target:",
            f"  schema: {one.target.schema}",
            "  namespace: XX.EXAMPLE  # todo: the namespace of your identifiers",
            f"  language: {language}  # todo: the language of the names",
            f"from: {{layers: [{scalar(one.layer.name)}]}}",
        ),
        fixed=True,
    )


def _sure(score: float) -> str:
    return "" if score >= weights.SURE else "todo: is it this? "


def _ignored(one: LayerSuggestion) -> Iterator[Block]:
    left_out = [each for each in one.properties if not each.path and each.score >= weights.LEAST]
    if left_out:
        yield Block(("ignore:",), fixed=True)
    for each in left_out:
        todo = "" if each.score >= weights.SURE else "todo "
        line = f"  {scalar(each.column)}: {scalar(each.reason)}  # {todo}{each.score:.2f}"
        yield Block((line,))
    unknown = [
        comment(f"# todo: what is {column}?{_values(one, column)}") for column in one.unknown
    ]
    unknown += [
        comment(f"# todo: {column} looks personal ({why}): may it be published?")
        for column, why in one.personal.items()
    ]
    if unknown:
        yield Block(tuple(unknown), fixed=True)


def _values(one: LayerSuggestion, column: str) -> str:
    if column in one.personal:
        return ""
    values = next(each.values for each in one.columns if each.name == column)
    shown = ", ".join(value[:24] for value in values[:3])
    return f" (such as {shown})" if shown else " (it is empty)"


def _language(one: LayerSuggestion) -> str:
    """The language that the layer's schema, or else most of its columns' terms, are of."""
    if is_entity_schema(one.target.schema):
        return "und"
    said = next((schema.language for schema in one.schemas if schema.language), None)
    if said is not None:
        return said
    spoken: Counter[str] = Counter()
    for each in one.properties:
        concept = concepts().get(each.concept)
        for term in concept.terms if concept else ():
            if f"“{term.text}”" in each.reason:
                spoken[_ISO[term.language]] += 1
    return min(spoken, key=lambda name: (-spoken[name], name)) if spoken else "und"
