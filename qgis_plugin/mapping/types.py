"""Target types as the engine describes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class TargetType:
    """A feature type, as a search finds it. ``label`` is in the user's language or English."""

    schema: str
    feature_type: str
    title: str
    definition: str
    label: str

    @property
    def name(self) -> str:
        """``schema:Type``, as the engine takes it."""
        return f"{self.schema}:{self.feature_type}"


@dataclass(frozen=True)
class Property:
    """A property of a feature type. ``need`` is mandatory, voidable or optional.

    ``fills`` is the path that a text given here fills; empty where none can be given.
    ``codes`` names its code list; ``known`` says that the list's values are known; ``choices``
    are its codes and their labels, where they are few.
    """

    path: str
    kind: str
    need: str
    voidable: bool
    repeated: bool
    definition: str
    values: str
    fills: str
    codes: str
    closed: bool
    known: bool
    unit: str
    objects: tuple[str, ...]
    attributes: tuple[str, ...]
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TypeInfo:
    """A described feature type; ``properties`` by path, in schema order."""

    target: TargetType
    properties: Mapping[str, Property] = field(default_factory=dict)
    linked: tuple[str, ...] = ()
    spec: tuple[str, ...] = ("value", "codes", "unmatched", "unit", "nulls", "void")
    void_reasons: tuple[str, ...] = ("Unknown", "Unpopulated", "Withheld")


def found_type(answer: Mapping[str, Any]) -> TargetType:
    """A type from an item of the engine's answer to ``types`` or ``describe``."""
    return TargetType(
        schema=answer["schema"],
        feature_type=answer["feature_type"],
        title=answer.get("title") or "",
        definition=answer.get("definition") or "",
        label=answer.get("label") or "",
    )


def type_info(answer: Mapping[str, Any]) -> TypeInfo:
    """The engine's answer to ``describe``."""
    described = [
        Property(
            path=one["path"],
            kind=one["kind"],
            need=one["need"],
            voidable=one["voidable"],
            repeated=one["repeated"],
            definition=one["definition"] or "",
            values=one["values"],
            fills=one["fills"] or "",
            codes=one["codes"] or "",
            closed=one["closed"],
            known=one["known"],
            unit=one["unit"] or "",
            objects=tuple(one["objects"]),
            attributes=tuple(one["attributes"]),
            choices=tuple((code, label) for code, label in one["choices"]),
        )
        for one in answer["properties"]
    ]
    return TypeInfo(
        target=found_type(answer),
        properties={one.path: one for one in described},
        linked=tuple(answer["linked"]),
        spec=tuple(answer["spec"]),
        void_reasons=tuple(answer["void_reasons"]),
    )
