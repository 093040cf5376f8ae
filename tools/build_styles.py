"""Derives the facts of INSPIRE's default styles, and writes ``styles/`` from them.

``build_styles.py PORTRAYAL`` reads the portrayal catalogue's texts (colours, widths, sizes)
into ``processing/commonplace/styles/facts.json``; without an argument only ``styles/`` is
written anew. Facts alone are taken over, never sentences.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from commonplace.model import load_model
from commonplace.styles import Area, Line, Point, Style, known_styles, qml, sld

ROOT: Final = Path(__file__).parents[1]
FACTS: Final = ROOT / "processing" / "commonplace" / "styles" / "facts.json"
STYLES: Final = ROOT / "styles"

COLOURS: Final = {
    "black": "#000000",
    "white": "#ffffff",
    "red": "#ff0000",
    "blue": "#0000ff",
    "magenta": "#ff00ff",
    "grey": "#808080",
    "green": "#008000",
}
SHAPES: Final = ("circle", "square", "triangle", "diamond")
_HEX: Final = re.compile(r"#[0-9a-f]{6}")
_RGB: Final = re.compile(r"rgba? \(?(\d+)[ ,]+(\d+)[ ,]+(\d+)")
_SIZE: Final = re.compile(r"(\d+(?:[.,]\d+)?) ?-?(?:pixels?|pt)\b")
_CLAUSE: Final = re.compile(r";|(?<=[.)a-z])\. |\n|(?=style for |for (?:line|point|surface))")
_MARK: Final = re.compile(
    r"\b(for points|points? geometries|point :|circle|square|triangle|diamond)"
)
_LINE: Final = re.compile(r"\b(curves?|lines?|lineal)\b")
_AREA: Final = re.compile(r"\b(surfaces?|polygons?|areas?|fill|filled|outline|border)\b")


def colours(text: str) -> list[tuple[int, int, str]]:
    """(start, end, colour) of the colours of a clause, by code, by RGB or by name."""
    found = [(*one.span(), one.group()) for one in _HEX.finditer(text)]
    found += [
        (*one.span(), "#{:02x}{:02x}{:02x}".format(*map(int, one.groups())))
        for one in _RGB.finditer(text)
    ]
    for name, code in COLOURS.items():
        for one in re.finditer(rf"\b{name}\b(?! ?\(| [a-z]+ ?\()", text):
            if not any(start - 30 < one.end() <= start for start, _, _ in found):
                found.append((*one.span(), code))
    return sorted(found)


def role(text: str, words: str) -> str | None:
    """The colour that a clause gives to a fill or an outline: the one next to the word."""
    best: tuple[int, str] | None = None
    for one in re.finditer(rf"\b({words})\b", text):
        for start, end, colour in colours(text):
            distance = one.start() - end if end <= one.start() else start - one.end() + 8
            if distance >= 0 and (best is None or distance < best[0]):
                best = (distance, colour)
    return best[1] if best and best[0] < 40 else None


def width(text: str, default: float) -> float:
    """The last size that a clause states, in pixels."""
    sizes = _SIZE.findall(text)
    return float(sizes[-1].replace(",", ".")) if sizes else default


def opacity(text: str) -> float:
    """What shows of a fill: 50 % transparency, or a named fraction."""
    if "transparency 0.2" in text:  # SU: RGBA 228 255 0 51, so what shows is 0.2
        return 0.2
    found = re.search(r"transparency of (\d+)", text)
    return 1 - int(found[1]) / 100 if found else 1.0


def parse(text: str) -> dict[str, dict[str, Any]]:
    """Point, line and area facts of a style's text."""
    facts: dict[str, dict[str, Any]] = {}
    for clause in _CLAUSE.split(text.lower().replace("*", "")):
        if not colours(clause) or "depending" in clause:
            continue
        first = colours(clause)[0][2]
        if _MARK.search(clause):
            facts.setdefault("point", _point(clause, first))
        elif _AREA.search(clause):
            facts.setdefault("area", _area(clause, first))
        elif _LINE.search(clause):
            dashed = "dash" in clause
            line = {"stroke": first, "width": width(clause, 1.0), "dashed": dashed}
            facts.setdefault("line", line)
    return facts


def _point(clause: str, first: str) -> dict[str, Any]:
    sizes = _SIZE.findall(clause)
    return {
        "shape": next((one for one in SHAPES if one in clause), "circle"),
        "size": float(sizes[0].replace(",", ".")) if sizes else 6.0,
        "fill": role(clause, "fill") or first,
        "stroke": role(clause, "outline|border") or "#000000",
    }


def _area(clause: str, first: str) -> dict[str, Any]:
    hollow = "no fill" in clause or "hollow" in clause
    filled = re.search(r"fill|surfaces|polygons", clause) and not hollow
    fill = (role(clause, "fill|filled|surfaces") or first) if filled else None
    stroke = role(clause, "outline|border|outlined") or ("#000000" if fill else first)
    shown = opacity(clause) if fill else 0.0
    return {"fill": fill, "opacity": shown, "stroke": stroke, "width": width(clause, 1.0)}


def types_of(layers: list[dict[str, Any]], style: str, known: set[str]) -> list[str]:
    """The feature types of the layer that a style is the default of, or that it is named after."""
    name = re.sub(r"\.default$", "", style, flags=re.IGNORECASE)
    listed = next((one["types"] for one in layers if one["layer"].replace(" ", "") == name), "")
    words = [*re.findall(r"[A-Z][\w-]+", listed or ""), name.rpartition(".")[2]]
    candidates = [
        one
        for word in words
        for one in (word.removesuffix("DefaultStyle"), word.removesuffix("s"), word[:-3] + "y")
    ]
    return [one for one in dict.fromkeys(candidates) if one in known]


def derive(portrayal: Path) -> dict[str, Any]:
    """Facts by theme and feature type, of every default style whose text states colours."""
    catalogue = json.loads(portrayal.read_text(encoding="utf-8"))
    known = {name for schema in load_model().schemas() for name in schema.feature_types}
    found: dict[str, Any] = {}
    zones: list[dict[str, Any]] = []
    for entry in catalogue["styles"]:
        style = (entry["style"] or "").replace("*", "").strip()
        text = entry.get("abstract") or ""
        if "<" in style or not style:
            continue
        facts = parse(text)
        if entry["theme"] == "am" and facts:
            zones.append(_zone(style, facts))
            continue
        for name in types_of(catalogue["layers"], style, known):
            if facts and f"{entry['theme']}/{name}" not in found:
                found[f"{entry['theme']}/{name}"] = {"style": style, **facts}
    if zones:
        area = {"fill": "#808080", "opacity": 0.5, "stroke": "#808080", "width": 2.0}
        found["am/ManagementRestrictionOrRegulationZone"] = {
            "style": "AM zones by their type",
            "area": area,
            "attribute": "zoneType",
            "categories": zones,
        }
    return dict(sorted(found.items()))


def _zone(style: str, facts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """AM has one type, and a style for each zone type: a class of it."""
    name = style.split(".")[1]
    code = name[0].lower() + name[1:]
    label = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()
    return {"values": [code], "label": label, "colour": facts["area"]["fill"]}


def files() -> Iterator[tuple[Path, str]]:
    """The style files, by path below ``styles/``."""
    for style in known_styles():
        for kind, text in (("qml", qml(style, style.kind)), ("sld", sld(style))):
            yield Path(style.theme) / f"{style.feature_type}.{kind}", text


def main() -> None:
    if len(sys.argv) > 1:
        facts = derive(Path(sys.argv[1]))
        FACTS.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    for place, text in files():
        path = STYLES / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


__all__ = ["Area", "Line", "Point", "Style", "derive", "files", "parse"]

if __name__ == "__main__":
    main()
