"""What a data set's metadata record says, as far as a service repeats it.

Read from the OGC API record that lies in each package; the manifest says less, but is
always there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from commonplace.bounds import Bounds


@dataclass(frozen=True, slots=True)
class About:
    """A data set. ``licence`` is an address, ``bounds`` are longitudes and latitudes."""

    title: str
    description: str = ""
    licence: str | None = None
    language: str = "en"
    keywords: tuple[str, ...] = ()
    bounds: Bounds | None = None
    contact: Mapping[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    identifier: str | None = None

    @property
    def email(self) -> str | None:
        found = (self.contact.get("emails") or [{}])[0].get("value")
        return None if found is None else str(found)

    @property
    def homepage(self) -> str | None:
        found = (self.contact.get("links") or [{}])[0].get("href")
        return None if found is None else str(found)


def about(package: Path, dataset: str, *, title: str, attribution: str) -> About:
    """What is known of a data set; ``title`` and ``attribution`` are the manifest's."""
    try:
        record = json.loads((package / "metadata" / f"{dataset}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return About(title, attribution)
    said: dict[str, Any] = record.get("properties") or {}
    links: list[dict[str, Any]] = record.get("links") or []
    licence = next((one["href"] for one in links if one.get("rel") == "license"), None)
    contacts = said.get("contacts") or [{}]
    identifiers = said.get("externalIds") or [{}]
    return About(
        title=str(said.get("title") or title),
        description=str(said.get("description") or attribution),
        licence=licence if str(licence).startswith("http") else None,
        language=str((said.get("language") or {}).get("code") or "en"),
        keywords=tuple(_keywords(said)),
        bounds=_bounds(record.get("bbox")),
        contact=contacts[0],
        tags=tuple(one["href"] for one in links if one.get("rel") == "tag"),
        identifier=identifiers[0].get("value"),
    )


def _bounds(box: Any) -> Bounds | None:
    flat = isinstance(box, list) and len(box) == 4
    return (box[0], box[1], box[2], box[3]) if flat else None


def _keywords(said: Mapping[str, Any]) -> list[str]:
    themes = [each for one in said.get("themes") or [] for each in one.get("concepts") or []]
    named = [str(one.get("title") or one.get("id")) for one in themes]
    return list(dict.fromkeys([*(str(one) for one in said.get("keywords") or []), *named]))
