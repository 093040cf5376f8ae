"""Scenarios of ``in_qgis.py``: what is decided for an export."""

from dataclasses import asdict, replace
from pathlib import Path

from qgis.core import QgsProjectMetadata, QgsSettings


def export_decisions(folder):
    """What is lacking, which folders will do, what a form becomes, what is kept."""
    from commonplace_qgis import exporting as e
    from commonplace_qgis.jobs import job_document, job_text

    folder = Path(folder)
    mapping = folder / "buildings.yaml"
    about = e.About(
        title="Houses",
        abstract="All houses.",
        keywords=("homes",),
        licence="CC0-1.0",
        attribution="The town",
        organisation="Town",
        email="data@town.example",
        language="ger",
        open_access=True,
    )
    wish = e.Wish(
        mapping=str(mapping),
        layers=("a",),
        formats=("gml", "csv"),
        accuracy=0.5,
        zipped=True,
        folder=str(folder / "new"),
        about=about,
    )
    lacks = {
        "nothing": e.Wish(),
        "whole": wish,
        "no_licence": replace(wish, about=replace(about, licence="")),
        "no_crs": replace(wish, crs=""),
        "grids_gone": replace(wish, grids=str(folder / "grids")),
        "no_job": replace(wish, by_job=True),
        "job": e.Wish(by_job=True, job=str(mapping)),
    }
    metadata = QgsProjectMetadata()
    languages = {}
    for code in ("", "de-AT", "NLD", "FRE", "es", "dut"):
        metadata.setLanguage(code)
        languages[code] = e.language_of(metadata, "it")
    e.keep_about(about)
    kept = asdict(e.kept_about())
    QgsSettings().setValue(e.KEPT_SETTING, "[1]")
    unreadable = e.kept_about() == e.About()
    QgsSettings().remove(e.KEPT_SETTING)
    choices = e.choices_of(wish, [])
    places = ("new", "empty", "package", "other", "other/notes.txt", "other/notes.txt/x")
    found = [e.place_of(str(folder / one)) for one in places]
    steps = (("read houses", 1, 2), ("map", 7, 0), ("x", 0, 0))
    return {
        "lacks": {name: [one.field for one in e.lacking(one)] for name, one in lacks.items()},
        "places": [[one.fits, one.replaces] for one in found],
        "gaps": [len(e.advised(e.About())), len(e.advised(about))],
        "languages": languages,
        "kept": kept,
        "unreadable": unreadable,
        "job": job_text(job_document(choices, folder / "layers.gpkg", {"Building": ["houses"]})),
        "agreed": [e.agreed([["a"], ["a"]]), e.agreed([["a"], ["b"]]), e.agreed([])],
        "steps": [e.step_text(*one) for one in steps],
    }


def crs_advice(answer, demanded):
    """What planners read of the engine's operations."""
    from commonplace_qgis.crsadvice import advised, missing_grids, what_to_do

    rows = advised(answer, demanded)
    return {
        "rows": [asdict(one) for one in rows],
        "todo": what_to_do(missing_grids(rows)),
    }


EXPORT = (export_decisions, crs_advice)
