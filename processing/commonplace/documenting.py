"""The documents that a package carries beside its data: what it is, where it comes from, what
was made of it, and whether it meets what it should.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from commonplace.bundling import code_lists, descriptors
from commonplace.companions import project, styles
from commonplace.describing import describe, extent_of, trace
from commonplace.job import Job
from commonplace.mim7.documents import documents as of_mim7
from commonplace.package.lost import NAME as LOST
from commonplace.package.lost import lost_text
from commonplace.planning import Work
from commonplace.report import Report, timed

if TYPE_CHECKING:
    from commonplace.validate.outcome import Validation

#: Formats that ``commonplace validate`` has rules for.
CHECKED: Final = frozenset(("gml", "gpkg", "geojson", "jsonfg", "flatgeobuf", "geoparquet", "csv"))


def documents(
    job: Job, works: list[Work], made: Mapping[str, slice], staging: Path, report: Report
) -> list[tuple[str, bytes]]:
    """All that travels with the data, from the job to the descriptors of the whole."""
    mappings = {
        f"mappings/{name}": text
        for work in works
        for name, text in ((work.document.name, work.document.text), *work.document.bases)
    }
    texts = {"job.yaml": job.text, **mappings}
    carried = [(name, text.encode()) for name, text in texts.items()] + styles(works)
    outputs = {name: report.outputs[part] for name, part in made.items()}
    validation = _validated(job, staging, report)
    made_here = [
        *project(job, works, outputs, staging, report),
        *carried,
        *code_lists(report),
        *describe(job, works, outputs, report, validation),
        (LOST, lost_text(report).encode()),
        ("provenance.jsonld", trace(job, works, outputs, carried, report)),
    ]
    names = [name for name, _ in made_here]
    judged = made_here + of_mim7(staging, report, names, validation)
    return judged + descriptors(job, outputs, judged, extent_of(works), staging, report)


def _validated(job: Job, staging: Path, report: Report) -> Validation | None:
    """What validation makes of the data files, where the job asks for it."""
    checked = [staging / one.path for one in report.outputs if one.format in CHECKED]
    if not job.output.validate or not checked:
        return None
    from commonplace.validation import validate

    with timed(report, "validate"):
        outcome = validate(checked, workers=job.limits.workers or None)
    report.findings.merge(outcome.findings)
    return outcome
