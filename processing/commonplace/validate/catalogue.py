"""All rules, by family, in the order they are documented."""

from __future__ import annotations

from typing import Final

from commonplace.validate import (
    codes,
    countries,
    document,
    geojson_rules,
    geometry_rules,
    geopackage_rules,
    identifiers,
    inputs,
    jsonfg,
    neighbours,
    references,
    relations,
    space,
    srs,
    structure,
    tables,
    theme_rules,
    times,
    units,
    voids,
)
from commonplace.validate.rules import Rule

FAMILIES: Final[tuple[tuple[str, tuple[Rule, ...]], ...]] = (
    ("Files", inputs.RULES),
    ("Document", document.RULES),
    ("Structure", structure.RULES),
    ("Voids", voids.RULES),
    ("Code lists", codes.RULES),
    ("Identifiers", identifiers.RULES),
    ("Coordinate reference systems", (*srs.RULES, *countries.RULES)),
    ("Geometry", (*geometry_rules.RULES, *space.RULES)),
    ("Time", times.RULES),
    ("Units", units.RULES),
    ("References", references.RULES),
    ("Themes, one object", theme_rules.RULES),
    ("Themes, several objects", (*relations.RULES, *neighbours.RULES)),
    ("GeoPackage", geopackage_rules.RULES),
    ("GeoJSON", geojson_rules.RULES),
    ("JSON-FG", jsonfg.RULES),
    ("GeoParquet, FlatGeobuf, CSV", tables.RULES),
)
RULES: Final = tuple(rule for _, rules in FAMILIES for rule in rules)


def table() -> str:
    """The rules as Markdown, for ``docs/validate.md``."""
    parts = []
    for title, rules in FAMILIES:
        parts.append(f"### {title}\n\n| rule | severity | what | source | how to mend it |")
        parts.append("| --- | --- | --- | --- | --- |")
        parts += [
            f"| `{one.code}` | {one.severity.value} | {_cell(one.title)} | {_cell(one.clause)} "
            f"| {_cell(one.fix)} |"
            for one in rules
        ]
        parts.append("")
    return "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
