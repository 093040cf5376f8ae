"""The checks of MIM7 itself, of both versions. Each looks at the evidence alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from commonplace.mim7.evidence import Evidence, FileFacts, LayerFacts, ServiceFacts
from commonplace.mim7.identifiers import Comparison
from commonplace.mim7.outcome import Judgement, Verdict

OPEN: Final = (
    *("gml", "gpkg", "geojson", "jsonfg", "geoparquet", "flatgeobuf", "csv", "ngsild", "cityjson"),
    *("citygml", "parquet", "kml", "ifc", "fgb"),
)
#: What V5 names, and what the OGC has made standards of since.
STANDARDS: Final = ("gml", "gpkg", "geojson", "citygml", "cityjson", "jsonfg", "ngsild", "kml")
#: Codes that say a service's answers don't hold together.
UNSOUND: Final = ("COUNT_DIFFERS", "PAGES_NOT_OFFERED", "PAGES_REPEAT", "IDS_NOT_UNIQUE")
MOVED_MOST: Final = 0.5
SERVICE: Final = "#/evidence/service"
FILES: Final = "#/evidence/files"
COMPARISON: Final = "#/evidence/comparison"


def layer_link(number: int) -> str:
    """Where a layer's facts are in the report."""
    return f"#/evidence/layers/{number}"


def layer_links(e: Evidence, names: Sequence[str] | None = None) -> tuple[str, ...]:
    """Where the facts of all layers are, or of the named ones."""
    found = tuple(
        layer_link(n) for n, one in enumerate(e.layers) if names is None or one.name in names
    )
    return found or ("#/evidence/layers",)


# --- service ---


def feature_service(e: Evidence) -> Judgement:
    """V5-R1: WFS or OGC API - Features."""
    if e.service is None:
        return _no_service(e)
    if e.kind not in ("wfs", "ogcapi"):
        if e.service.problem is not None:
            return Judgement(Verdict.FAIL, e.service.problem, (SERVICE,))
        why = f"{e.service.protocol} is neither WFS nor OGC API - Features"
        return Judgement(Verdict.FAIL, why, (SERVICE,))
    return service(e)


def service(e: Evidence) -> Judgement:
    """R1.1: any standard interface, and its layers can really be read."""
    if e.service is None:
        return _no_service(e)
    fault = _service_fault(e, e.service)
    if fault is not None:
        return fault
    read = sum(one.rows for one in e.layers)
    requests = sum(one.pages or 0 for one in e.layers)
    why = f"{e.service.protocol}: {read:,} features of {len(e.layers)} layers came, page by page"
    return Judgement(
        Verdict.PASS, f"{why}, in {requests} requests", (e.service.address, *layer_links(e))
    )


def _service_fault(e: Evidence, asked: ServiceFacts) -> Judgement | None:
    """What a service does wrong, if anything."""
    if asked.problem is not None:
        return Judgement(Verdict.FAIL, asked.problem, (SERVICE,))
    broken = [one for one in e.layers if one.problem is not None]
    empty = [one for one in e.layers if not one.rows and one.problem is None and one.pages]
    unsound = sorted({one.code for one in e.findings if one.code in UNSOUND})
    if not e.layers:
        return Judgement(Verdict.FAIL, "it lists no layer", (SERVICE,))
    if broken:
        why = f"{broken[0].name} can't be read: {broken[0].problem}"
        return Judgement(Verdict.FAIL, why, layer_links(e, [one.name for one in broken]))
    if unsound:
        why = f"its pages don't hold together: {', '.join(unsound)}"
        return Judgement(Verdict.FAIL, why, ("#/evidence/findings", SERVICE))
    if empty and len(empty) == len(e.layers):
        return Judgement(Verdict.FAIL, "its layers are listed and have no features", (SERVICE,))
    return None


def _no_service(e: Evidence) -> Judgement:
    why = "files are no service; give the endpoint that serves them, to have it checked"
    return Judgement(Verdict.NOT_APPLICABLE, why, (FILES,))


def api_on_wfs(e: Evidence) -> Judgement:
    """V5-Rec1."""
    if e.kind != "wfs":
        return Judgement(Verdict.NOT_APPLICABLE, "no WFS", (SERVICE if e.service else FILES,))
    why = "a WFS doesn't tell whether an OGC API stands on it: give that API's own address"
    return Judgement(Verdict.CANNOT_CHECK, why, (SERVICE,))


# --- ids ---


def unique_ids(e: Evidence) -> Judgement:
    """V5-R2: an id column, filled, unique, and not the number of a row."""
    if not e.layers:
        return Judgement(Verdict.CANNOT_CHECK, "no layer's ids could be read", (FILES,))
    for number, one in enumerate(e.layers):
        fault = _id_fault(one)
        if fault is not None:
            return Judgement(Verdict.FAIL, f"{one.name}: {fault}", (layer_link(number),))
    repeated = [one for one in e.findings if one.code in ("IDENTIFIER_REPEATED", "ID_REPEATED")]
    if repeated and e.kind != "package":
        return Judgement(Verdict.FAIL, repeated[0].message, ("#/evidence/findings",))
    rows = sum(one.rows for one in e.layers)
    partial = [one for one in e.layers if not one.whole or one.ids is None]
    if partial and e.kind == "package":
        why = f"the run lets no id through twice; the first {rows:,} were read again"
        return Judgement(Verdict.PASS, why, layer_links(e))
    if partial:
        one = partial[0]
        why = f"{rows:,} ids read are unique, but not all of {one.name} was read (--rows 0)"
        return Judgement(Verdict.CANNOT_CHECK, why, layer_links(e, [x.name for x in partial]))
    forms = ", ".join(sorted({one.ids.form for one in e.layers if one.ids}))
    why = f"all {rows:,} ids are there and unique ({forms})"
    return Judgement(Verdict.PASS, why, layer_links(e))


def _id_fault(layer: LayerFacts) -> str | None:
    """What is wrong with a layer's ids."""
    ids = layer.ids
    if ids is None:
        if layer.problem is not None:
            return f"not read: {layer.problem}"
        return "no column holds ids" if layer.rows else None
    if ids.nulls:
        return f"{ids.nulls:,} of {ids.rows:,} rows have no {ids.column}"
    if ids.repeated:
        shown = ", ".join(ids.examples[:3])
        return f"{ids.repeated:,} rows have a {ids.column} that another row has: {shown}"
    if ids.row_numbers is not None:
        return f"ids are row numbers: {ids.row_numbers} ({', '.join(ids.examples[:2])})"
    return None


def persistent_ids(e: Evidence) -> Judgement:
    """R4.1: unique, and the same as before."""
    unique = unique_ids(e)
    if unique.verdict is not Verdict.PASS:
        return unique
    if e.comparison is None:
        why = "unique; whether they persist shows against earlier data (--previous)"
        return Judgement(Verdict.CANNOT_CHECK, why, unique.links)
    verdict, why = _persistence(e.comparison)
    return Judgement(verdict, why, (COMPARISON,))


def _persistence(comparison: Comparison) -> tuple[Verdict, str]:
    if not comparison.layers:
        return Verdict.CANNOT_CHECK, f"no layer in common with {comparison.previous}"
    kept = sum(one.kept for one in comparison.layers)
    new = sum(one.new for one in comparison.layers)
    gone = sum(one.gone for one in comparison.layers)
    renamed = sum(one.renamed or 0 for one in comparison.layers)
    moved = sum(one.moved or 0 for one in comparison.layers)
    told = f"{kept:,} ids kept, {new:,} new, {gone:,} gone since {comparison.previous}"
    if renamed:
        why = f"{renamed:,} objects stand where they stood and have another id; {told}"
        return Verdict.FAIL, why
    if moved > kept * MOVED_MOST:
        why = f"{moved:,} of {kept:,} ids kept have another geometry: ids are used again; {told}"
        return Verdict.FAIL, why
    if not kept and gone:
        return Verdict.FAIL, f"no id was kept; {told}"
    looked = any(one.moved is not None for one in comparison.layers)
    return Verdict.PASS, f"{told}; geometries of {moved:,} changed" if looked else told


# --- encodings ---


def standard_encodings(e: Evidence) -> Judgement:
    """V5-Rec2: at least one of the encodings that are standards."""
    if e.service is not None:
        return _served_encoding(e)
    named = [one for one in e.files if _is(one, STANDARDS)]
    if not named:
        formats = ", ".join(sorted({one.format for one in e.files})) or "none"
        return Judgement(Verdict.FAIL, f"no standard among its encodings: {formats}", (FILES,))
    formats = ", ".join(sorted({one.format for one in named}))
    return Judgement(Verdict.PASS, f"encoded as {formats}", (FILES,))


def _is(file: FileFacts, names: Sequence[str]) -> bool:
    folded = file.format.casefold()
    return any(one in folded for one in names)


def valid_encodings(e: Evidence) -> Judgement:
    """R2.1, P4: open standards, and the files are what they claim to be."""
    if e.service is not None:
        return _served_encoding(e)
    if not e.files:
        return Judgement(Verdict.CANNOT_CHECK, "no file of data was found", (FILES,))
    closed = [one for one in e.files if not _is(one, OPEN)]
    if closed:
        why = f"{closed[0].path}: {closed[0].format} is no open standard"
        return Judgement(Verdict.FAIL, why, _file_links(e, closed))
    wrong = [one for one in e.files if one.verdict == "invalid"]
    if wrong:
        faults = ", ".join(f"{n:,} × {code}" for code, n in list(wrong[0].faults.items())[:3])
        return Judgement(Verdict.FAIL, f"{wrong[0].path}: {faults}", _file_links(e, wrong))
    unchecked = [one for one in e.files if one.verdict != "valid"]
    if unchecked:
        names = ", ".join(one.path for one in unchecked[:2])
        why = f"open encodings; {len(unchecked)} of {len(e.files)} files not validated: {names}"
        return Judgement(Verdict.CANNOT_CHECK, why, _file_links(e, unchecked))
    number = len(e.files)
    what = "1 file in an open encoding" if number == 1 else f"{number} files in open encodings"
    why = f"{what}, without errors of the encoding"
    return Judgement(Verdict.PASS, why, (FILES,))


def _file_links(e: Evidence, files: Sequence[FileFacts]) -> tuple[str, ...]:
    return tuple(f"{FILES}/{n}" for n, one in enumerate(e.files) if one in files)


def _served_encoding(e: Evidence) -> Judgement:
    """A service's encoding is the one its pages were read in."""
    if any(one.code == "GEOMETRY_UNREADABLE" for one in e.findings):
        return Judgement(Verdict.FAIL, "some geometries can't be read", ("#/evidence/findings",))
    if not any(one.rows for one in e.layers):
        return Judgement(Verdict.CANNOT_CHECK, "no feature came", (SERVICE,))
    named = {"ogcapi": "GeoJSON", "wfs": "GML", "ngsild": "JSON-LD", "sensorthings": "GeoJSON"}
    why = f"its pages were read as {named.get(e.kind, e.kind)}"
    return Judgement(Verdict.PASS, why, layer_links(e))


# --- context and coordinates ---


def context(e: Evidence) -> Judgement:
    """R3.1: ids as MIM1 asks, models as MIM2 asks."""
    unique = unique_ids(e)
    if unique.verdict is Verdict.FAIL:
        return Judgement(Verdict.FAIL, f"MIM1: {unique.why}", unique.links)
    without = [one.name for one in e.layers if one.model is None]
    if not e.layers or without:
        names = ", ".join(without[:3])
        why = f"MIM2: no data model is declared for {names}" if without else "no layer was read"
        return Judgement(Verdict.CANNOT_CHECK, why, layer_links(e, without))
    if unique.verdict is not Verdict.PASS:
        return unique
    models = ", ".join(sorted({one.model for one in e.layers if one.model}))
    return Judgement(Verdict.PASS, f"unique ids; models declared: {models}", layer_links(e))


def stated_crs(e: Evidence) -> Judgement:
    """R5.1: each layer says its CRS, and its coordinates fit it."""
    located = [(n, one) for n, one in enumerate(e.layers) if one.located]
    for number, one in located:
        fault = "states no CRS" if one.crs is None else one.crs_finding
        if fault is not None:
            return Judgement(Verdict.FAIL, f"{one.name}: {fault}", (layer_link(number),))
    axes = [one for one in e.findings if one.code == "COORDINATES_SWAPPED"]
    faults = [one for one in e.findings if one.code.startswith("CRS_")]
    wrong = [*axes, *(one for one in faults if one.severity == "error")]
    if wrong:
        link = "#/evidence/findings"
        return Judgement(Verdict.FAIL, f"{wrong[0].code}: {wrong[0].message}", (link,))
    links = tuple(layer_link(n) for n, _ in located) or (FILES,)
    validated = bool(e.files) and all(one.verdict != "not checked" for one in e.files)
    unplaced = [one.name for _, one in located if one.extent is None]
    crs = ", ".join(sorted({(one.crs or "")[:40] for _, one in located}))
    if not located or (unplaced and not validated):
        what = f"stated: {crs}; where {unplaced[0]} lies is not known" if located else "no geometry"
        return Judgement(Verdict.CANNOT_CHECK, what, links)
    why = f"stated: {crs}; the coordinates lie where it may be used"
    return Judgement(Verdict.PASS, why, links)
