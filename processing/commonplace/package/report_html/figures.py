"""The report's pictures as inline SVG: maps, the flow of rows, timings."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyproj
import pyproj.exceptions

from commonplace.package.drawing import Drawing
from commonplace.package.report_html import tables
from commonplace.package.words import count_text, safe
from commonplace.report import CrsOperation, Finding, LayerLedger, Report, Severity

PLACES: Final = "EPSG:4258"  # findings' places are longitude and latitude

# Maps


def maps(report: Report) -> str:
    """Each layer before (source CRS) and after (target CRS), with the places of findings."""
    operations = {one.layer: one for one in report.operations}
    placed: dict[str, list[Finding]] = {}
    for _, _, examples in report.findings.grouped():
        for one in examples:
            if one.place is not None and one.layer is not None:
                placed.setdefault(one.layer, []).append(one)
    pairs = ""
    for layer, sides in report.drawings.items():
        if not isinstance(sides, Mapping):
            continue
        operation = operations.get(layer)
        ledger = report.layers.get(layer, LayerLedger())
        drawn = "".join(
            _map(layer, side, sides.get(side), count, operation, placed.get(layer, []))
            for side, count in (("before", ledger.read), ("after", ledger.mapped))
        )
        if drawn:
            pairs += f'<h3>{safe(layer)}</h3><div class="pair">{drawn}</div>'
    return pairs


def _map(
    layer: str,
    side: str,
    drawing: object,
    count: int,
    operation: CrsOperation | None,
    found: list[Finding],
) -> str:
    if not isinstance(drawing, Drawing) or drawing.bounds is None:
        return ""
    crs = (operation.source if side == "before" else operation.target) if operation else None
    marks = "".join(_marks(drawing, crs, found))
    total = max(drawing.total, count)
    drawn = count_text(drawing.drawn)
    if drawing.drawn < total:
        drawn += f" of {count_text(total)}"
    label = f"{layer}, {side}: {drawn} features"
    scale = _scale(drawing, crs)
    box = f"-20 -20 {drawing.width + 40} {drawing.height + (90 if scale else 40)}"
    decimals = 4 if max(map(abs, drawing.bounds)) <= 180 else 0
    corners = ", ".join(f"{one:.{decimals}f}" for one in drawing.bounds)
    where = f"{safe(crs)} · " if crs else ""
    number = marks.count("<circle")
    what = "place of a finding" if number == 1 else "places of findings"
    places = f" · {number} {what}" if number else ""
    return (
        f'<figure class="map {side}"><svg viewBox="{box}" role="img" aria-label="{safe(label)}">'
        f"<title>{safe(label)}</title>"
        f'<path class="areas" d="{drawing.areas}"/><path class="lines" d="{drawing.lines}"/>'
        f'<path class="points" d="{drawing.points}"/>{marks}{scale}</svg>'
        f"<figcaption><b>{side.capitalize()}</b> {where}{drawn} features{places}<br>"
        f'<span class="quiet">{corners}</span></figcaption></figure>'
    )


def _scale(drawing: Drawing, crs: str | None) -> str:
    """A bar as long as a round number of metres, below the map; its text beside it."""
    metres = _metres_wide(drawing, crs)
    if not metres or not math.isfinite(metres):  # degrees that are none have no length
        return ""
    length = _round(metres / 3)
    bar = length / metres * drawing.width
    text = f"{length / 1000:g} km" if length >= 1000 else f"{length:g} m"
    y = drawing.height + 45
    return (
        f'<g class="scale"><path d="M0 {y - 9}v9h{bar:.0f}v-9"/>'
        f'<text x="{bar + 14:.0f}" y="{y + 2}">{text}</text></g>'
    )


def _metres_wide(drawing: Drawing, crs: str | None) -> float | None:
    """How many metres the picture is wide at its middle."""
    if drawing.bounds is None or crs is None:
        return None
    west, south, east, north = drawing.bounds
    try:
        known = pyproj.CRS(crs)
    except pyproj.exceptions.CRSError:
        return None
    if not known.is_geographic:
        return (east - west) * (known.axis_info[0].unit_conversion_factor or 1.0)
    middle = (south + north) / 2
    return float(pyproj.Geod(ellps="GRS80").inv(west, middle, east, middle)[2])


def _round(length: float) -> float:
    """The greatest 1, 2 or 5 times a power of ten that is not longer."""
    power = 10.0 ** math.floor(math.log10(length))
    return next(one * power for one in (5, 2, 1) if one * power <= length)


def _marks(drawing: Drawing, crs: str | None, found: list[Finding]) -> Iterator[str]:
    """Places of findings; the mouse finds their rows, the keyboard has the table itself."""
    if not found or crs is None:
        return
    try:
        to_map = pyproj.Transformer.from_crs(PLACES, crs, always_xy=True)
    except pyproj.exceptions.CRSError:
        return
    for one in found:
        assert one.place is not None
        at = drawing.at(*to_map.transform(*one.place))
        if at is not None:
            kind = "bad" if one.severity is Severity.ERROR else "warn"
            title = f"{one.code}: {one.feature or ''} {one.message}"
            yield (
                f'<a href="#{tables.anchor(one)}" tabindex="-1"><circle class="mark {kind}" '
                f'cx="{at[0]:.0f}" cy="{at[1]:.0f}" r="14">'
                f"<title>{safe(title)}</title></circle></a>"
            )


# The flow of rows

TALL: Final = 170.0
GAP: Final = 34.0
THIN: Final = 3.0
BAR: Final = 12.0
COLUMNS: Final = (0.0, 250.0, 500.0, 750.0)


@dataclass(frozen=True, slots=True)
class _Bar:
    """An upright bar of the flow: how many, and where."""

    kind: str
    label: str
    count: int
    x: float
    y: float
    height: float

    def svg(self) -> str:
        return (
            f'<rect class="{self.kind}" x="{self.x:.0f}" y="{self.y:.1f}" width="{BAR:.0f}" '
            f'height="{self.height:.1f}" rx="2"/>'
            f'<text x="{self.x + BAR + 8:.0f}" y="{self.y + 15:.1f}"><tspan class="count">'
            f"{count_text(self.count)}</tspan> {self.label}</text>"
        )


def flow(report: Report) -> str:
    """Rows and objects as bands as wide as their numbers.

    read → mapped, filtered, rejected; mapped, created and carried → made → written, merged,
    rejected. Rows and objects have a scale each.
    """
    layers, types = report.layers.values(), report.types.values()
    read = sum(one.read for one in layers)
    made = sum(one.mapped + one.created + one.carried for one in types)
    if not read and not made:
        return ""
    rows = TALL / max(read, 1)
    objects = TALL / max(made, 1)
    created, carried, mapped, filtered, rejected = _stack(
        COLUMNS[1],
        ("created", "linked objects named", sum(one.created for one in types), objects),
        ("carried", "of the package before", sum(one.carried for one in types), objects),
        ("mapped", "rows mapped", sum(one.mapped for one in layers), rows),
        ("filtered", "filtered out", sum(one.filtered for one in layers), rows),
        ("rejected", "rejected", sum(one.rejected for one in layers), rows),
    )
    top = mapped.y
    source = _Bar("read", "rows read", read, COLUMNS[0], top, max(THIN, read * rows))
    whole = _Bar("made", "objects made", made, COLUMNS[2], top, max(THIN, made * objects))
    written, merged, unmade = _stack(
        COLUMNS[3],
        ("written", "objects written", sum(one.written for one in types), objects),
        ("merged", "merged as the same", sum(one.merged for one in types), objects),
        ("rejected", "rejected", sum(one.rejected for one in types), objects),
        start=top,
    )
    bands = [*_bands_from(source, (mapped, filtered, rejected))]
    bands += _bands_into(whole, (created, carried, mapped))
    bands += _bands_from(whole, (written, merged, unmade))
    every = (created, carried, mapped, filtered, rejected, written, merged, unmade)
    bars = [source, whole, *(one for one in every if one.count)]
    height = max(one.y + max(one.height, 24) for one in bars) + 4
    words = ", ".join(f"{one.count} {one.label}" for one in bars)
    return (
        '<div class="scroll" role="region" tabindex="0" aria-label="Flow of rows">'
        f'<svg class="flow" viewBox="0 0 960 {height:.0f}" role="img" aria-label="{safe(words)}">'
        f"<title>{safe(words)}</title>{''.join(bands)}{''.join(one.svg() for one in bars)}"
        "</svg></div>"
    )


def _stack(x: float, *parts: tuple[str, str, int, float], start: float = 4.0) -> list[_Bar]:
    bars = []
    y = start
    for kind, label, count, scale in parts:
        height = max(THIN, count * scale) if count else 0.0
        bars.append(_Bar(kind, label, count, x, y, height))
        y += max(height, 10.0) + GAP if count else 0.0
    return bars


def _bands_from(source: _Bar, targets: tuple[_Bar, ...]) -> Iterator[str]:
    total = sum(one.count for one in targets) or 1
    y = source.y
    for target in targets:
        height = source.height * target.count / total
        if target.count:
            yield _band(target.kind, source.x + BAR, y, height, target.x, target.y, target.height)
        y += height


def _bands_into(target: _Bar, sources: tuple[_Bar, ...]) -> Iterator[str]:
    total = target.count or 1
    y = target.y
    for source in sources:
        others = sum(one.count for one in sources if one is not source)
        count = source.count if source.kind != "mapped" else target.count - others
        height = target.height * count / total
        if source.count and count:
            yield _band(source.kind, source.x + BAR, source.y, source.height, target.x, y, height)
        y += height


def _band(
    kind: str, x0: float, y0: float, height0: float, x1: float, y1: float, height1: float
) -> str:
    middle = (x0 + x1) / 2
    return (
        f'<path class="band {kind}" d="M{x0:.0f} {y0:.1f}C{middle:.0f} {y0:.1f} {middle:.0f} '
        f"{y1:.1f} {x1:.0f} {y1:.1f}V{y1 + height1:.1f}C{middle:.0f} {y1 + height1:.1f} "
        f'{middle:.0f} {y0 + height0:.1f} {x0:.0f} {y0 + height0:.1f}Z"/>'
    )


# Timings


def timings(report: Report) -> str:
    """Seconds of each step as bars."""
    if not report.timings:
        return ""
    longest = max(report.timings.values()) or 1.0
    bars = "".join(
        f'<li><span>{safe(step)}</span><span class="bar" style="--share:{seconds / longest:.4f}">'
        f"</span><span>{seconds:.2f} s</span></li>"
        for step, seconds in report.timings.items()
    )
    return f'<h3>Time</h3><ul class="bars">{bars}</ul>'
