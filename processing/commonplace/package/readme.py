"""``README.md`` of a package: for a stranger who got the folder and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

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
    "project.qgs": "opens the data in QGIS (3.22 or later), with styles, relations and titles.",
    "job.yaml": "the job; run it again and get the same data.",
    "provenance.jsonld": "how each file came about, layer by layer (W3C PROV-O).",
    "mim7.html": "how the data meet MIM7 (Places) of the Minimal Interoperability Mechanisms.",
    "mim7.json": "the same for programs.",
    "ro-crate-metadata.json": "the package described for research archives (RO-Crate 1.2).",
    "datapackage.json": "the same for data portals (Data Package 2.0; CSV files with a schema).",
    "README.md": "what this package is.",
    "package.json": "the manifest: data and documents with sizes and hashes.",
    "report.html": "the report for people: maps, counts, findings, coordinate operations.",
    "report.json": "the report for programs.",
    "checksums.sha256": "the checksum of every file.",
}
FOLDERS: Final = {
    "mappings": "from the sources' columns to the feature types",
    "codelists": "the values of the code lists that the data use: code, label, definition, URI",
    "styles": "how the feature types are drawn, for QGIS (`.qml`) and others (SLD 1.1)",
    "metadata": "a record a data set, for catalogues and portals: ISO 19139 (`.xml`), DCAT-AP"
    " (`.ttl`, `.jsonld`), OGC API record (`.json`)",
}


def purpose(path: str) -> str:
    """What a document of the package is for, in plain words."""
    found = DOCUMENTS.get(path) or FOLDERS.get(path.partition("/")[0], "")
    return found.rstrip(".").replace("`", "")


def readme_text(report: Report, documents: Sequence[ListedFile]) -> str:
    """The README of a run's package."""
    lines = [
        f"# {report.title}",
        "",
        "City data harmonised to the INSPIRE data specifications (schemas of release 2025.1).",
        "",
        f"- Licence: {report.licence}",
        f"- Attribution (name it wherever you use the data): {report.attribution}",
        f"- State of: {report.as_of}",
        "",
        "## Data",
        "",
        "| file | objects | INSPIRE schema | CRS | size |",
        "|---|---|---|---|---|",
        *(_row(one) for one in report.outputs),
        "",
    ]
    formats = dict.fromkeys(one.format for one in report.outputs)
    lines += [f"- {OPENING[one]}" for one in formats if one in OPENING]
    lines += [
        "",
        "Property names are INSPIRE's. In all but GML nested properties are joined by",
        "`_` (`inspireId_localId`), a code has its address beside it (`…_href`), and several",
        "values of one property stand in a JSON array. The same object has the same id in all",
        "formats: `gml:id`, column `gml_id`, member `id`.",
        "",
        "## How it was made",
        "",
        "- [`report.html`](report.html): maps before and after, what was read, rejected and",
        "  written, how coordinates were transformed, every finding. `report.json` is the same",
        "  for programs.",
        *_listed(documents),
        "",
        "## Is it whole?",
        "",
        f"`sha256sum --check {CHECKSUMS}` compares every file with its checksum; `{MANIFEST}`",
        "lists the data files with sizes, hashes, feature types and counts for programs.",
        "",
    ]
    return "\n".join(lines)


def _listed(documents: Sequence[ListedFile]) -> Iterator[str]:
    """A line a document; those of a folder that is explained share one."""
    shared: dict[str, list[str]] = {}
    for one in documents:
        folder = one.path.rpartition("/")[0]
        link = f"[`{one.path.rsplit('/', 1)[-1]}`]({one.path})"
        if folder in FOLDERS:
            shared.setdefault(folder, []).append(link)
        else:
            what = DOCUMENTS.get(one.path)
            yield f"- [`{one.path}`]({one.path})" + (f": {what}" if what else "")
    for folder, links in shared.items():
        yield f"- `{folder}/`: {FOLDERS[folder]}: {', '.join(links)}"


def _row(output: OutputFile) -> str:
    cells = (
        f"[`{output.path}`]({output.path})",
        ", ".join(f"{count:,} {name}" for name, count in output.counts.items()),
        output.model or "",
        output.crs or "",
        size_text(output.size),
    )
    return f"| {' | '.join(cells)} |"
