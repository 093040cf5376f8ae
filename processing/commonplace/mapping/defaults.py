"""Defaults that make documents short: main properties, fixed companions, units."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final

from commonplace.documents import parse_document

UNITS: Final = "units"
#: Where ISO 19139 code lists are published; an element's name is the fragment.
ISO_CODE_LISTS: Final = "http://standards.iso.org/iso/19139/resources/gmxCodelists.xml"


@dataclass(frozen=True, slots=True)
class Default:
    """What is assumed of one object element, by its local name."""

    main: str | None = None
    fill: Mapping[str, str] = field(default_factory=dict)


@functools.cache
def _read() -> tuple[Mapping[str, Default], Mapping[str, str]]:
    text = files("commonplace.mapping").joinpath("defaults.yaml").read_text(encoding="utf-8")
    tree = parse_document(text, name="defaults.yaml").tree
    units = tree.pop(UNITS)
    assert isinstance(units, dict)
    objects = {}
    for name, given in tree.items():
        assert isinstance(given, dict)
        fill, main = given.get("fill") or {}, given.get("main")
        assert isinstance(fill, dict)
        objects[name] = Default(
            main=main if isinstance(main, str) else None,
            fill={key: str(value) for key, value in fill.items()},
        )
    return objects, {key: str(value) for key, value in units.items()}


def default(element: str) -> Default:
    """What is assumed of an object element."""
    return _read()[0].get(element, Default())


def unit(type_name: str) -> str | None:
    """The unit of a GML measure type, by its local name."""
    return _read()[1].get(type_name)
