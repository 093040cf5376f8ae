"""What the compilation of one feature type has gathered: problems, inputs, outputs, links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from commonplace.documents import did_you_mean
from commonplace.errors import ExpressionRefused, Problem
from commonplace.mapping.document import MappingDocument, TypeSection
from commonplace.mapping.expressions import FINGERPRINT, MADE, SOURCE_DATE, Expression, quoted
from commonplace.mapping.plan import TEXT, Output, ValueType
from commonplace.mapping.sql import Parser


@dataclass(slots=True)
class Scope:
    """One feature type under compilation.

    ``known`` are the columns of its layers, or None where the layers aren't known.
    """

    document: MappingDocument
    section: TypeSection
    parser: Parser
    known: frozenset[str] | None = None
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    inputs: list[str] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    uses_geometry: bool = False
    aggregates_geometry: bool = False

    def problem(
        self, message: str, path: str, hint: str | None = None, code: str = "MAPPING"
    ) -> None:
        self.problems.append(self.document.document.problem(message, path, hint=hint, code=code))

    def warning(self, message: str, path: str, hint: str | None, code: str) -> None:
        self.warnings.append(self.document.document.problem(message, path, hint=hint, code=code))

    def unknown(
        self, what: str, word: str, known: Iterable[str], path: str, code: str = "UNKNOWN_WORD"
    ) -> None:
        """A word that isn't among the known ones."""
        listed = list(known)
        hint = did_you_mean(word, listed) or _there_are(listed)
        self.problem(f"{what} has no {word!r}", path, hint, code)

    def expression(self, text: str, path: str) -> Expression | None:
        """Parse an expression; None, with a problem, when it is refused."""
        found = self.expressions(text, path, only=True)
        return found[0] if found else None

    def expressions(
        self, text: str, path: str, *, only: bool = False
    ) -> tuple[Expression, ...] | None:
        """Parse expressions separated by commas."""
        try:
            found = self.parser.expressions(text, only=only)
        except ExpressionRefused as error:
            self.problem(error.message, path, error.hint, "EXPRESSION_REFUSED")
            return None
        checked = [self._check_columns(one, path) for one in found]
        return found if all(checked) else None

    def _check_columns(self, expression: Expression, path: str) -> bool:
        if FINGERPRINT in expression.columns:
            self.uses_geometry = True
        if self.known is None:
            return True
        missing = [
            one for one in expression.columns if one not in self.known | MADE | {SOURCE_DATE}
        ]
        for column in missing:
            self.unknown("the source", column, sorted(self.known), path, "UNKNOWN_COLUMN")
        return not missing

    def output(self, expression: Expression, kind: ValueType, path: str) -> int:
        """The number of the SQL column that holds an expression as a type."""
        sql = self._over_inputs(expression)
        bare = self.inputs.index(expression.columns[0]) if expression.sql == "{0}" else None
        for number, output in enumerate(self.outputs):
            if output.sql == sql and output.type == kind:
                return number
        self.outputs.append(Output(sql, kind, expression.text, path, bare))
        return len(self.outputs) - 1

    def sql(self, text: str, path: str) -> str | None:
        """An expression's SQL over the inputs."""
        expression = self.expression(text, path)
        return None if expression is None else self._over_inputs(expression)

    def _over_inputs(self, expression: Expression) -> str:
        for column in expression.columns:
            if column not in self.inputs:
                self.inputs.append(column)
        return expression.over({name: f"c{index}" for index, name in enumerate(self.inputs)})

    def text_output(self, text: str, at: str, path: str) -> int | None:
        """The number of the column of an expression or constant, as text (keys, ids).

        ``at`` is its place in the document, ``path`` the attribute it is for.
        """
        if text.startswith("=") and not text.startswith("=="):
            expression = self.expression(text[1:], at)
        else:
            constant = quoted(plain(text)).replace("{", "{{").replace("}", "}}")
            expression = Expression(text, (), constant)
        return None if expression is None else self.output(expression, TEXT, path)


def plain(text: str) -> str:
    """A constant as meant: ``==`` at its start stands for ``=``."""
    return text[1:] if text.startswith("==") else text


def identity(section: TypeSection) -> tuple[str, ...]:
    """The texts that an object's local id is made of: ``key``, ``id`` or ``inspireId``."""
    if section.key or section.id:
        return section.key or section.id
    fields = section.body.fields()
    given = fields.get("inspireId") or fields.get("inspireID")
    if given is not None and given.text is None:
        given = given.fields().get("localId")
    return (given.text,) if given is not None and given.text is not None else ()


def _there_are(known: list[str]) -> str:
    shown = ", ".join(known[:12])
    return f"there are: {shown}{', …' if len(known) > 12 else ''}" if known else "there are none"
