"""Compiles single values: constants, expressions, geometries, codes and references."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Final

from commonplace.documents import child, did_you_mean
from commonplace.errors import ExpressionRefused
from commonplace.mapping.geometries import DISSOLVE, WRITABLE, Call, constant, parse_operators
from commonplace.mapping.given import Given
from commonplace.mapping.plan import (
    NUMBER,
    TEXT,
    Applied,
    Codes,
    Leaf,
    Link,
    ValueType,
    value_type,
)
from commonplace.mapping.scope import Scope, identity, plain
from commonplace.model import Model
from commonplace.model.types import Kind, Property, local_name

VOID_REASONS: Final = ("Unknown", "Unpopulated", "Withheld")
SPEC: Final = ("value", "codes", "unmatched", "default", "unit", "nulls", "void")
VOID: Final = "void"

_LINK: Final = re.compile(r"=>\s*(\w+)\s*(?:\((.*)\))?\s*", re.DOTALL)
_BOOLEANS: Final = {"true": "true", "false": "false", "yes": "true", "no": "false"}
_DATE: Final = re.compile(r"-?\d{4,}-\d\d-\d\d")
_TIME: Final = re.compile(r"(-?\d{4,}-\d\d-\d\d)(T\d\d:\d\d:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True, slots=True)
class Written:
    """A value as written: its text and what was said about it."""

    text: str
    path: str
    given: Given
    void: Given | None = None
    unit: Given | None = None
    nulls: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)


class Leaves:
    """Compiles values for one feature type. Problems go to the scope."""

    def __init__(self, model: Model, scope: Scope) -> None:
        self._model = model
        self._scope = scope

    def read(self, one: Property, given: Given) -> Written | None:
        """What is written at a value: a text, or a text with more said about it."""
        if given.text is not None:
            return Written(given.text, given.path, given)
        attributes = [local_name(each.name) for each in one.attributes]
        value = given.field("value")
        if not isinstance(given.value, dict):
            self._scope.problem(f"expected one value for {one.name!r}", given.path)
            return None
        stated: dict[str, str] = {}
        for key in given.words:
            inner = given.field(key)
            if key in SPEC or inner is None:
                continue
            if key not in attributes:
                words = (*SPEC, *attributes)
                self._scope.unknown(one.name, key, words, child(given.path, key))
            elif inner.text is None:
                self._scope.problem("expected a text", inner.path)
            else:
                stated[key] = inner.text
        if value is None or value.text is None:
            self._scope.problem(f"expected 'value' for {one.name!r}", given.path)
            return None
        nulls = given.field("nulls")
        return Written(
            text=value.text,
            path=value.path,
            given=given,
            void=given.field(VOID),
            unit=given.field("unit"),
            nulls=self._texts(nulls) if nulls else (),
            attributes=stated,
        )

    def _texts(self, given: Given) -> tuple[str, ...]:
        if given.text is not None:
            return (given.text,)
        return tuple(each.text for each in given.items() if each.text is not None)

    def void_reason(self, text: str, path: str) -> str | None:
        """A void reason, checked."""
        if text in VOID_REASONS:
            return text
        self._scope.unknown("void", text, VOID_REASONS, path)
        return None

    def leaf(self, one: Property, written: Written, path: str) -> Leaf | None:
        text = written.text
        if text.startswith("=>"):
            return self._link(one, written, path)
        if one.kind is Kind.GEOMETRY:
            return self._geometry(one, written, path)
        kind = value_type(one)
        codes = self._codes(one, written)
        if text.startswith("=") and not text.startswith("=="):
            expression = self._scope.expression(text[1:], written.path)
            if expression is None:
                return None
            number = self._scope.output(expression, kind, path)
            default = self._default(one, kind, written.given)
            return Leaf(
                path, kind, output=number, codes=codes, nulls=written.nulls, default=default
            )
        if codes is not None and codes.table is not None:
            self._scope.problem("codes translate an expression, not a constant", written.path)
        constant = self._constant(one, kind, plain(text), written.path)
        return None if constant is None else Leaf(path, kind, constant=constant)

    def _default(self, one: Property, kind: ValueType, given: Given) -> str | None:
        """What stands where the value is null, checked as a constant is."""
        stated = given.field("default")
        if stated is None:
            return None
        if given.field(VOID) is not None:
            self._scope.problem("'default' and 'void' exclude each other", stated.path)
        if stated.text is None or stated.text.startswith("="):
            self._scope.problem("a default is a constant", stated.path, "=coalesce(a, b) chooses")
            return None
        return self._constant(one, kind, stated.text, stated.path)

    # -- geometry and references -----------------------------------------------------------

    def _geometry(self, one: Property, written: Written, path: str) -> Leaf | None:
        if not written.text.startswith("="):
            self._scope.problem(f"{one.name!r} is a geometry", written.path, "write =geometry")
            return None
        try:
            calls = parse_operators(written.text[1:])
        except ExpressionRefused as error:
            self._scope.problem(error.message, written.path, error.hint, "EXPRESSION_REFUSED")
            return None
        if calls is None:
            self._scope.problem(
                f"{one.name!r} is a geometry, and SQL makes none",
                written.path,
                "write =geometry, =centroid(geometry), …",
                "WRONG_TYPE",
            )
            return None
        self._scope.uses_geometry = True
        names = [call.name for call in calls]
        if DISSOLVE in names:
            if names[0] != DISSOLVE or not self._scope.section.key:
                self._scope.problem(
                    "dissolve(geometry) unites the rows of one key: it comes first, in a type "
                    "with a key",
                    written.path,
                )
            self._scope.aggregates_geometry = True
        allowed = frozenset(local_name(name) for name in one.objects)
        if not allowed & WRITABLE:
            self._scope.problem(f"no encoding writes the geometry of {one.name!r}", written.path)
        found = [self._applied(call, written.path, path) for call in calls if call.name != DISSOLVE]
        operators = tuple(each for each in found if each is not None)
        if len(operators) < len(found):
            return None
        return Leaf(path, value_type(one), operators=operators, geometries=allowed)

    def _applied(self, call: Call, at: str, path: str) -> Applied | None:
        """An operator with its numbers, and the outputs of its expressions."""
        constants, outputs = [constant(text) for text in call.arguments], list[int | None]()
        for text, number in zip(call.arguments, constants, strict=True):
            if number is not None:
                outputs.append(None)
                continue
            expression = self._scope.expression(text, at)
            if expression is None:
                return None
            outputs.append(self._scope.output(expression, NUMBER, path))
        return Applied(call.name, tuple(constants), tuple(outputs), call.arguments)

    def _link(self, one: Property, written: Written, path: str) -> Leaf | None:
        if one.kind is not Kind.REFERENCE:
            self._scope.problem(f"{one.name!r} holds no reference", written.path, code="WRONG_TYPE")
            return None
        matched = _LINK.fullmatch(written.text)
        sections = {each.feature_type: each for each in self._scope.document.types}
        name = matched[1] if matched else written.text[2:].strip()
        if matched is None or name not in sections:
            self._scope.unknown("this document", name, sections, written.path, "UNKNOWN_TYPE")
            return None
        allowed = [local_name(each) for each in one.objects]
        if allowed and name not in allowed:
            self._scope.unknown(one.name, name, allowed, written.path, "WRONG_TYPE")
            return None
        texts = identity(sections[name])
        if matched[2] is not None:
            outputs = self._arguments(name, matched[2], len(texts), written.path, path)
        else:
            found = [self._scope.text_output(each, written.path, path) for each in texts]
            outputs = tuple(each for each in found if each is not None)
            if len(outputs) < len(found):
                return None
            target = sections[name]
            if target.key and not target.own_layers and name not in self._scope.links:
                self._scope.links.append(name)
        return Leaf(path, TEXT, link=Link(name, outputs)) if outputs else None

    def _arguments(self, name: str, text: str, count: int, at: str, path: str) -> tuple[int, ...]:
        expressions = self._scope.expressions(text, at) or ()
        if expressions and len(expressions) != count:
            self._scope.problem(
                f"{name} is identified by {count} values, not {len(expressions)}", at
            )
            return ()
        return tuple(self._scope.output(each, TEXT, path) for each in expressions)

    # -- codes -----------------------------------------------------------------------------

    def known_codes(self, one: Property) -> tuple[str, ...]:
        """The local codes of a property's list or enumeration, empty when unknown."""
        if one.kind is Kind.VALUE:
            return one.values
        found = self._model.code_list(one.element.code_list) if one.element.code_list else None
        return tuple(value.local for value in found.values) if found else ()

    def _codes(self, one: Property, written: Written) -> Codes | None:
        table = written.given.field("codes")
        known = self.known_codes(one)
        if one.kind is not Kind.CODE and not one.values and table is None:
            return None
        listed = self._model.code_list(one.element.code_list) if one.element.code_list else None
        name = listed.name if listed else one.name
        unmatched = written.given.field("unmatched")
        if unmatched is not None and table is None:
            self._scope.problem("'unmatched' belongs beside 'codes'", unmatched.path)
        return Codes(
            name=name,
            table=self._table(one, table) if table is not None else None,
            unmatched=self._unmatched(one, unmatched),
            known=frozenset(known),
            closed=bool(one.values) or (listed is not None and listed.extensibility == "none"),
        )

    def _unmatched(self, one: Property, given: Given | None) -> str:
        if given is None:
            return "error"
        text = given.text or ""
        if text in ("error", VOID, "keep", "parent"):
            return text
        return self._code(one, text, given.path) or "error"

    def _table(self, one: Property, given: Given) -> tuple[tuple[str, str | None], ...]:
        if not isinstance(given.value, dict) or not given.value:
            self._scope.problem("expected codes: {source value: code, …}", given.path)
            return ()
        rows: list[tuple[str, str | None]] = []
        for key, value in given.value.items():
            at = child(given.path, key)
            if not isinstance(value, str):
                self._scope.problem("expected a code, or void", at)
            elif value == VOID:
                rows.append((key, None))
            else:
                rows.append((key, self._constant(one, value_type(one), value, at)))
        return tuple(rows)

    def _code(self, one: Property, text: str, path: str) -> str | None:
        """A constant code, checked against the list."""
        uri = one.element.code_list
        if uri and text.startswith(f"{uri}/"):
            text = text.removeprefix(f"{uri}/")
        known = self.known_codes(one)
        if text.startswith(("http://", "https://")):
            listed = self._model.code_list(uri) if uri else None
            if known and listed is not None and listed.extensibility == "none":
                self._scope.unknown(listed.name, text, known, path, "UNKNOWN_CODE")
                return None
            return text
        if not known:
            self._scope.warning(
                f"the values of {local_name(uri or one.name)} aren't known: {text!r} is unchecked",
                path,
                None,
                "CODE_UNCHECKED",
            )
        elif text not in known:
            hint = did_you_mean(text, known) or f"there are: {', '.join(known[:12])} …"
            self._scope.problem(
                f"{(uri or one.name).rpartition('/')[2]} has no {text!r}",
                path,
                hint,
                "UNKNOWN_CODE",
            )
            return None
        return text

    # -- constants -------------------------------------------------------------------------

    def _constant(self, one: Property, kind: ValueType, text: str, path: str) -> str | None:
        """A constant as encoders write it, or None, with a problem, when it isn't one."""
        if one.kind is Kind.CODE or one.values:
            return self._code(one, text, path)
        found = _lexical(kind, text)
        if found is None:
            self._scope.problem(
                f"{one.name!r} expects {one.value_type}, not {text!r}", path, code="WRONG_TYPE"
            )
        return found


def _lexical(kind: ValueType, text: str) -> str | None:
    """The XML form of a constant of a type; None when the text isn't of it."""
    if kind.name == "bool":
        return _BOOLEANS.get(text.lower())
    if kind.name == "date32":
        return text if _DATE.fullmatch(text) else None
    if kind.name == "timestamp":
        return _time(text)
    if kind.name in ("int64", "float64"):
        return _number(kind, text)
    return text or None


def _time(text: str) -> str | None:
    matched = _TIME.fullmatch(text)
    if matched is None:
        return None
    return f"{matched[1]}{matched[2] or 'T00:00:00'}{matched[4] or 'Z'}"


def _number(kind: ValueType, text: str) -> str | None:
    try:
        number = int(text) if kind.name == "int64" else float(text)
    except ValueError:
        return None
    low, high = kind.low, kind.high
    inside = (low is None or number >= low) and (high is None or number <= high)
    return text.strip() if inside and math.isfinite(number) else None
