"""What travels with the data: styles, the QGIS project, code lists, descriptors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from commonplace.job import Job
from commonplace.package import qgisproject
from commonplace.planning import Work
from commonplace.report import OutputFile, Report
from commonplace.styles import qml, sld, style_of

Documents = list[tuple[str, bytes]]
Outputs = Mapping[str, Sequence[OutputFile]]


def styles(works: Sequence[Work]) -> Documents:
    """The styles of the feature types that were made, for QGIS and as SLD."""
    found = {}
    for work in works:
        theme = work.plan.dataset.schema.partition("/")[0]
        for feature_type in work.plan.compiled.shapes():
            style = style_of(theme, feature_type)
            if style is not None:
                found[f"styles/{feature_type}.qml"] = qml(style, style.kind)
                found[f"styles/{feature_type}.sld"] = sld(style)
    return [(name, text.encode()) for name, text in found.items()]


def project(
    job: Job, works: Sequence[Work], outputs: Outputs, staging: Path, report: Report
) -> Documents:
    """The QGIS project; none where QGIS can open no file."""
    form = job.metadata
    about = qgisproject.About(
        title=job.title,
        abstract=job.description or form.abstract or "",
        licence=job.licence,
        attribution=job.attribution,
        as_of=report.as_of,
        crs=works[0].plan.dataset.crs.code,
        language=form.language,
        facts=report.facts,
        keywords={
            name: [*form.keywords, *(form.datasets[name].keywords if name in form.datasets else ())]
            for name in outputs
        },
    )
    text = qgisproject.project(staging, outputs, about)
    return [] if text is None else [(qgisproject.NAME, text.encode())]
