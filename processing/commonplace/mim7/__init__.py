"""MIM7 Places of the Minimal Interoperability Mechanisms: a report on any target.

``docs/mim7.md`` describes it. Evidence is gathered for a kind of target
(:mod:`~commonplace.mim7.packages`, :mod:`~commonplace.mim7.targets`), checks judge it
(:mod:`~commonplace.mim7.outcome`), and it is written as JSON or HTML.
"""

from __future__ import annotations

from commonplace.mim7.outcome import Outcome, Row, Verdict, judge

__all__ = ["Outcome", "Row", "Verdict", "judge"]
