"""The requirements as data: MIM7 of MIMs Plus 5 and 9, and the project's own list."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement. ``text`` is V5, V9 or P; ``beside`` its counterpart in the other text.

    ``comes_from`` names the requirements that one of our list stands for.
    """

    id: str
    text: str
    subject: str
    title: str
    beside: str | None = None
    comes_from: str | None = None


@cache
def requirements() -> tuple[Requirement, ...]:
    """All requirements, in the order of the report."""
    return tuple(
        Requirement(
            one["id"], one["text"], one["subject"], one["title"], one.get("beside"), one.get("from")
        )
        for one in _document()["requirements"]
    )


def texts() -> Mapping[str, str]:
    """What V5, V9 and P stand for."""
    found: Mapping[str, str] = _document()["texts"]
    return found


@cache
def _document() -> Mapping[str, Any]:
    file = files("commonplace.mim7").joinpath("requirements.json")
    found: Mapping[str, Any] = json.loads(file.read_text("utf-8"))
    return found
