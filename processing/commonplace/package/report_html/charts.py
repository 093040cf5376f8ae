"""What the data hold: how many objects have a property, and the values they have."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from commonplace.model import load_model
from commonplace.package.words import count_text, number_text, safe
from commonplace.report import PropertyFacts, Report, TypeFacts

BARS: Final = 10
COLUMNS: Final = 16
MOST_YEARS: Final = 40
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
WIDE: Final = 320.0
TALL: Final = 120.0
OPEN: Final = 3  # types whose charts are not folded away


def charts(report: Report) -> str:
    """A part for each feature type that has objects; the first with charts are unfolded."""
    made, opened = "", 0
    for name, one in report.facts.items():
        if one.objects:
            figures = _figures(one)
            made += _type(name, one, figures, opened=bool(figures) and opened < OPEN)
            opened += bool(figures)
    return made


def _figures(facts: TypeFacts) -> str:
    return "".join(
        _figure(path, one, facts.objects) for path, one in facts.properties.items() if _varies(one)
    )


def _type(name: str, facts: TypeFacts, figures: str, *, opened: bool) -> str:
    grid = f'<div class="charts">{figures}</div>' if figures else ""
    content = f"{grid}{_same(facts)}{_filled(facts)}"
    what = "object" if facts.objects == 1 else "objects"
    head = f'<h3>{safe(name)}</h3> <span class="quiet">{count_text(facts.objects)} {what}</span>'
    if not content:
        return f'<div class="type plain">{head}</div>'
    state = " open" if opened else ""
    return f'<details class="type"{state}><summary>{head}</summary>{content}</details>'


def _varies(one: PropertyFacts) -> bool:
    return len(one.counts) > 1 or len(set(one.numbers)) > 1


def _figure(path: str, one: PropertyFacts, objects: int) -> str:
    if one.numbers:
        picture, note = _histogram(path, one), _sampled(one)
    elif one.years:
        picture, note = _years(path, one), ""
    else:
        picture, note = _values(one), _list_name(one)
    have = "all objects" if one.filled == objects else f"{count_text(one.filled)} values"
    told = " · ".join(filter(None, (have, note)))
    return (
        f'<figure class="chart"><figcaption><b>{_spoken(path)}</b>'
        f'<br><span class="quiet">{told}</span></figcaption>{picture}</figure>'
    )


def _spoken(path: str) -> str:
    """A path as HTML, with places to break lines at."""
    return _HUMP.sub("<wbr>", safe(path.replace(".", " · ")))


# Codes and truth values


def _values(one: PropertyFacts) -> str:
    ranked = sorted(one.counts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown, rest = ranked[:BARS], ranked[BARS:]
    labels = _labels(one.code_list)
    bars = [(labels.get(value, _end(value)), count, "") for value, count in shown]
    if rest:
        what = "other value" if len(rest) == 1 else "other values"
        bars.append((f"{len(rest)} {what}", sum(count for _, count in rest), "rest"))
    longest = max(count for _, count, _ in bars)
    items = "".join(
        f'<li class="{kind}"><span>{safe(label)}</span>'
        f'<span class="bar" style="--share:{count / longest:.4f}"></span>'
        f"<span>{count_text(count)}</span></li>"
        for label, count, kind in bars
    )
    return f'<ul class="bars values">{items}</ul>'


def _labels(code_list: str | None) -> Mapping[str, str]:
    known = load_model().code_list(code_list) if code_list else None
    return {} if known is None else {one.local: one.label for one in known.values}


def _end(value: str) -> str:
    """The last part of an address; anything else as it is."""
    is_address = value.startswith(("http://", "https://"))
    return value.rstrip("/").rpartition("/")[2] if is_address else value


def _list_name(one: PropertyFacts) -> str:
    """The code list; its values are in the package where they are known."""
    if one.code_list is None:
        return ""
    known = load_model().code_list(one.code_list)
    if known is None or not known.values:
        return safe(_end(one.code_list))
    return f'<a href="codelists/{safe(known.name)}.csv">{safe(known.name)}</a>'


# Numbers and years


def _sampled(one: PropertyFacts) -> str:
    median = number_text(float(np.median(one.numbers)))
    kept = len(one.numbers)
    sample = f", of a sample of {count_text(kept)}" if kept < one.filled else ""
    return f"median {median}{sample}"


def _histogram(path: str, one: PropertyFacts) -> str:
    numbers = np.array(one.numbers)
    whole = bool((numbers % 1 == 0).all())
    edges = _edges(float(numbers.min()), float(numbers.max()), whole)
    counts, _ = np.histogram(numbers, edges)
    step = edges[1] - edges[0] if whole else 0.0
    texts = [
        number_text(low) if step == 1 else f"{number_text(low)} to {number_text(high - (step > 0))}"
        for low, high in pairwise(edges)
    ]
    ends = number_text(edges[0]), number_text(edges[-1] - (step > 0))
    return _columns(path, counts.tolist(), texts, ends)


def _edges(least: float, greatest: float, whole: bool) -> list[float]:
    """Round limits of at most :data:`COLUMNS` classes around all values."""
    step = _round_up((greatest - least) / COLUMNS)
    step = max(step, 1.0) if whole else step
    first = math.floor(least / step)
    last = math.floor(greatest / step) + 1
    return [round(one * step, 10) for one in range(first, last + 1)]


def _round_up(step: float) -> float:
    """The next 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(one * power for one in (1, 2, 5, 10) if one * power >= step * 0.999999)


def _years(path: str, one: PropertyFacts) -> str:
    counted = {int(year): count for year, count in one.counts.items()}
    first, last = min(counted), max(counted)
    span = max(1, math.ceil((last - first + 1) / MOST_YEARS))
    span = next(each for each in (1, 2, 5, 10, 20, 50, 100, 500, 1000) if each >= span)
    start = first // span * span
    counts = [0] * ((last - start) // span + 1)
    for year, count in counted.items():
        counts[(year - start) // span] += count
    years = [start + number * span for number in range(len(counts))]
    texts = [str(year) if span == 1 else f"{year} to {year + span - 1}" for year in years]
    return _columns(path, counts, texts, (str(first), str(last)))


def _columns(path: str, counts: Sequence[int], texts: Sequence[str], ends: tuple[str, str]) -> str:
    """Upright bars, as tall as the counts; what they stand for is in their titles."""
    highest = max(counts) or 1
    width = WIDE / len(counts)
    bars = "".join(
        f'<rect x="{n * width + 0.5:.1f}" y="{TALL - count / highest * TALL:.1f}" '
        f'width="{max(width - 1, 1):.1f}" height="{count / highest * TALL:.1f}">'
        f"<title>{safe(text)}: {count_text(count)}</title></rect>"
        for n, (count, text) in enumerate(zip(counts, texts, strict=True))
        if count
    )
    most = counts.index(highest)
    label = f"{path}: {ends[0]} to {ends[1]}, most often {texts[most]} ({highest})"
    return (
        f'<svg class="columns" viewBox="0 0 {WIDE:.0f} {TALL + 2:.0f}" role="img" '
        f'aria-label="{safe(label)}" preserveAspectRatio="none">{bars}'
        f'<path d="M0 {TALL:.0f}H{WIDE:.0f}"/></svg>'
        f'<div class="ends"><span>{safe(ends[0])}</span><span>most often {safe(texts[most])}'
        f"</span><span>{safe(ends[1])}</span></div>"
    )


# What is the same everywhere, and what is missing


def _same(facts: TypeFacts) -> str:
    """Codes that all objects share."""
    items = "".join(_shared(path, one) for path, one in facts.properties.items())
    if not items:
        return ""
    return f'<p class="quiet">The same wherever stated:</p><ul class="words">{items}</ul>'


def _shared(path: str, one: PropertyFacts) -> str:
    if len(one.counts) != 1 or one.years:
        return ""
    [value] = one.counts
    label = _labels(one.code_list).get(value, _end(value))
    return f"<li>{_spoken(path)}: <b>{safe(label)}</b></li>"


def _filled(facts: TypeFacts) -> str:
    """How many objects have a property, the rarest first."""
    found = [
        (path, one.filled) for path, one in facts.properties.items() if one.filled < facts.objects
    ]
    if not found:
        return ""
    rows = "".join(
        f'<li><span>{_spoken(path)}</span><span class="bar" '
        f'style="--share:{filled / facts.objects:.4f}"></span>'
        f"<span>{_percent(filled, facts.objects)}</span></li>"
        for path, filled in sorted(found, key=lambda pair: pair[1])
    )
    return (
        f'<p class="quiet">Not stated by all objects:</p><ul class="bars values filled">{rows}</ul>'
    )


def _percent(part: int, whole: int) -> str:
    share = 100 * part / whole
    return "< 1 %" if 0 < share < 1 else "> 99 %" if 99 < share < 100 else f"{share:.0f} %"
