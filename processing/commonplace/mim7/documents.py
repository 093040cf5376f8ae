"""The MIM7 report that travels in a package."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from commonplace.mim7.outcome import judge
from commonplace.mim7.packages import of_staging
from commonplace.mim7.page import page
from commonplace.mim7.writing import json_text
from commonplace.report import Report
from commonplace.validate.outcome import Validation


def documents(
    staging: Path, report: Report, others: Iterable[str], validation: Validation | None = None
) -> list[tuple[str, bytes]]:
    """``mim7.json`` and ``mim7.html`` of a package about to be assembled.

    Parameters
    ----------
    staging
        Holds the data files under ``data/``.
    report
        The run's, its outputs all there.
    others
        Names of the package's other documents.
    validation
        The outcome of validating the data files; without one encodings can't be judged.
    """
    evidence = of_staging(staging, report, others, validation)
    outcome = judge(evidence, f"Commonplace {report.versions['commonplace']}")
    texts = {"mim7.json": json_text(outcome), "mim7.html": page(outcome)}
    return [(name, text.encode()) for name, text in texts.items()]
