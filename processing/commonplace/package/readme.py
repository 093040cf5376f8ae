"""``README.md`` of a package: for a stranger who got the folder and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

import pyproj

from commonplace.model import load_model
from commonplace.model.types import is_entity_schema, local_name
from commonplace.package.manifest import CHECKSUMS, MANIFEST, ListedFile
from commonplace.package.words import size_text
from commonplace.report import OutputFile, Report

OPENING: Final = {
    "gml": "INSPIRE GML: the exchange format that INSPIRE's schemas define; nothing is lost in it.",
    "gpkg": "GeoPackage: drag it into QGIS or ArcGIS; one table a feature type.",
    "geojson": "GeoJSON: for the web and for scripts; longitude and latitude.",
    "jsonfg": "JSON-FG: GeoJSON with the CRS of the data set and times.",
    "geoparquet": "GeoParquet: for analysis with columns (DuckDB, pandas, BigQuery).",
    "flatgeobuf": "FlatGeobuf: a map can read parts of it from a web server as it stands.",
    "csv": "CSV: for spreadsheets; geometry as text.",
}

#: What each document of the package is for; of those in folders, by folder.
DOCUMENTS: Final = {
    "report.html": "the report, for people: maps, counts, findings, coordinate operations.",
    "report.json": "the report, for programs.",
    "lost.json": "what of the sources is not in the package, with counts.",
    "project.qgs": "opens the data in QGIS (3.22 or later), with styles, relations and titles.",
    "job.yaml": "the job; run it again with Commonplace and get the same data.",
    "provenance.jsonld": "how each file came about, layer by layer (W3C PROV-O).",
    "mim7.html": "how the data meet MIM7 (Places) of the Minimal Interoperability Mechanisms.",
    "mim7.json": "the MIM7 report, for programs.",
    "ro-crate-metadata.json": "the package described for research archives (RO-Crate 1.2).",
    "datapackage.json": "the package described for data portals (Data Package 2.0).",
    "package.json": "the manifest: data and documents with sizes and hashes.",
    "checksums.sha256": "the checksum of every file.",
    "README.md": "what this package is.",
}
FOLDERS: Final = {
    "mappings": "from the sources' columns to the feature types",
    "codelists": "the values of the code lists that the data use: code, label, definition, URI",
    "styles": "how the feature types are drawn, for QGIS (`.qml`) and others (SLD 1.1)",
    "metadata": "a record a data set, for catalogues and portals: ISO 19139 (`.xml`), DCAT-AP"
    " (`.ttl`, `.jsonld`), OGC API record (`.json`)",
    "stac": "the same as a static catalogue for geodata browsers (STAC 1.1)",
}


def purpose(path: str) -> str:
    """What a document of the package is for, in plain words."""
    found = DOCUMENTS.get(path) or FOLDERS.get(path.partition("/")[0], "")
    return found.rstrip(".").replace("`", "")


def readme_text(report: Report, documents: Sequence[ListedFile]) -> str:
    """The README of a run's package."""
    lines = [
        f"# {_plain(report.title)}",
        "",
        _kind(report),
        "",
        f"- Licence: {_plain(report.licence)}",
        f"- Attribution (name it wherever you use the data): {_plain(report.attribution)}",
        f"- State of: {report.as_of}",
        *_coordinates(report),
        "",
        "## Start here",
        "",
        "- To see what it is: open [`report.html`](report.html) in a browser.",
        *_opened(documents),
        "- To work with the data: take the encoding that your program reads best, below. The same",
        "  object has the same id in all of them: `gml:id`, column `gml_id`, member `id`.",
        "",
        "## What it holds",
        "",
        *_types(report),
        "",
        "Property names are those of the data model. In all but GML nested properties are joined",
        "by `_` (`inspireId_localId`), a code has its address beside it (`…_href`), and several",
        "values of one property stand in a JSON array.",
        "",
        "## Data files",
        "",
        "| file | objects | data model | CRS | size |",
        "|---|---|---|---|---|",
        *(_row(one) for one in report.outputs),
        "",
    ]
    formats = dict.fromkeys(one.format for one in report.outputs)
    lines += [f"- {OPENING[one]}" for one in formats if one in OPENING]
    lines += [
        "",
        "## All else",
        "",
        *_listed(documents),
        "",
        "## Is it whole?",
        "",
        f"`sha256sum --check {CHECKSUMS}` compares every file with its checksum; `{MANIFEST}`",
        "lists the data files with sizes, hashes, feature types and counts for programs.",
        "",
    ]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """What people wrote, on one line and without Markdown's or HTML's signs."""
    return " ".join(re.sub(r"([\\`*\[\]<>|])", r"\\\1", text).split())


def _link(path: str, name: str = "") -> str:
    return f"[`{name or path}`]({quote(path)})"


def _kind(report: Report) -> str:
    models = [one.model for one in report.outputs if one.model]
    entities = [one for one in models if is_entity_schema(one)]
    names = []
    if len(entities) < len(models) or not models:
        release = load_model().release
        names.append(f"the INSPIRE data specifications (schemas of release {release})")
    if entities:
        names.append("the Smart Data Models")
    return f"City data harmonised to {' and '.join(names)}."


def _coordinates(report: Report) -> Iterator[str]:
    codes = dict.fromkeys(one.crs for one in report.outputs if one.crs is not None)
    if codes:
        named = ", ".join(f"{code} ({pyproj.CRS(code).name})" for code in codes)
        yield f"- Coordinates: {named}"


def _opened(documents: Sequence[ListedFile]) -> Iterator[str]:
    if any(one.path == "project.qgs" for one in documents):
        yield "- To see it on a map: open [`project.qgs`](project.qgs) in QGIS."


def _types(report: Report) -> Iterator[str]:
    """A line a feature type: how many there are, and what the model says it is."""
    models = {name: one.model for one in report.outputs for name in one.feature_types}
    for label, ledger in report.types.items():
        name = label.partition(":")[2]
        said = _definition(models.get(name), name)
        yield f"- {ledger.written:,} **{name}**" + (f": {said}" if said else "")


def _definition(schema: str | None, name: str) -> str:
    if schema is None:
        return ""
    known = {local_name(one.name): one for one in load_model().feature_types(schema)}
    found = known.get(name)
    return "" if found is None else " ".join((found.definition or "").split())


def _listed(documents: Sequence[ListedFile]) -> Iterator[str]:
    """A line a document; those of a folder share one."""
    shared: dict[str, list[str]] = {}
    single = {"report.html", "report.json"}
    for one in documents:
        folder = one.path.partition("/")[0]
        if folder in FOLDERS:
            link = _link(one.path, one.path.removeprefix(f"{folder}/"))
            shared.setdefault(folder, []).append(link)
        else:
            single.add(one.path)
    order = list(DOCUMENTS)
    known = [one for one in order if one in single]
    for path in [*known, *sorted(single - set(order))]:
        what = DOCUMENTS.get(path)
        yield f"- {_link(path)}" + (f": {what}" if what else "")
    for folder, links in shared.items():
        yield f"- `{folder}/`: {FOLDERS[folder]}: {', '.join(links)}"


def _row(output: OutputFile) -> str:
    cells = (
        _link(output.path),
        ", ".join(f"{count:,} {name}" for name, count in output.counts.items()),
        output.model or "",
        output.crs or "",
        size_text(output.size),
    )
    return f"| {' | '.join(cells)} |"
