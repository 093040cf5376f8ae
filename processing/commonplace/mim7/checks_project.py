"""The checks of the project's own list, P1 to P10."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from commonplace.mim7.checks_mim import (
    FILES,
    SERVICE,
    layer_links,
    persistent_ids,
    service,
    stated_crs,
    unique_ids,
    valid_encodings,
)
from commonplace.mim7.evidence import Evidence
from commonplace.mim7.outcome import Judgement, Verdict
from commonplace.mim7.requirements import texts

INPUTS: Final = "report.json#/inputs"
#: Codes that say a package is not what its manifest says.
DAMAGED: Final = ("PACKAGE_FILE_MISSING", "PACKAGE_FILE_CHANGED", "PACKAGE_NO_MANIFEST")
ITSELF: Final = "#/requirements"


def _inputs(e: Evidence) -> list[Mapping[str, Any]]:
    return list(e.report["inputs"]) if e.report is not None else []


def reading(e: Evidence) -> Judgement:
    """P1."""
    if e.service is not None:
        return service(e)
    if e.report is None:
        return Judgement(Verdict.NOT_APPLICABLE, "a file is read as a whole", (FILES,))
    lacking = [one.get("source") for one in _inputs(e) if not (one["kind"] and one["address"])]
    if lacking or not _inputs(e):
        return Judgement(Verdict.FAIL, "a source without kind or address", (INPUTS,))
    kinds = ", ".join(sorted({str(one["kind"]) for one in _inputs(e)}))
    links = tuple(f"{INPUTS}/{number}" for number in range(len(_inputs(e))))
    return Judgement(Verdict.PASS, f"sources on record: {len(links)} ({kinds})", links)


def id_policy(e: Evidence) -> Judgement:
    """P2."""
    hosts = [(one.name, one.ids.hosts) for one in e.layers if one.ids and one.ids.hosts]
    if hosts:
        name, machines = hosts[0]
        why = f"ids of {name} hold a machine's name: {', '.join(machines)}"
        return Judgement(Verdict.FAIL, why, layer_links(e, [name]))
    found = persistent_ids(e)
    if found.verdict is not Verdict.CANNOT_CHECK or unique_ids(e).verdict is not Verdict.PASS:
        return found
    return Judgement(Verdict.CANNOT_CHECK, f"no row numbers, no hosts; {found.why}", found.links)


def coordinates(e: Evidence) -> Judgement:
    """P3."""
    stated = stated_crs(e)
    if e.report is None or stated.verdict is Verdict.FAIL:
        return stated
    operations = list(e.report["operations"])
    links = tuple(f"report.json#/operations/{number}" for number in range(len(operations)))
    for number, one in enumerate(operations):
        if one["ballpark"]:
            why = f"{one['layer']}: from {one['source']} to {one['target']} by a ballpark operation"
            return Judgement(Verdict.FAIL, why, (links[number],))
        if one["accuracy"] is None:
            why = f"{one['layer']}: the accuracy of {one['name']} is not known"
            return Judgement(Verdict.CANNOT_CHECK, why, (links[number],))
    if not operations:
        return Judgement(stated.verdict, f"nothing was transformed; {stated.why}", stated.links)
    if stated.verdict is not Verdict.PASS:
        return Judgement(stated.verdict, f"operations are on record; {stated.why}", links)
    worst = max(float(one["accuracy"]) for one in operations)
    why = f"operations on record: {len(operations)}, accurate to {worst:g} m or better"
    return Judgement(Verdict.PASS, why, (*links, *stated.links))


def encodings(e: Evidence) -> Judgement:
    """P4."""
    return valid_encodings(e)


def model(e: Evidence) -> Judgement:
    """P5."""
    without = [one.name for one in e.layers if one.model is None]
    if not e.layers:
        return Judgement(Verdict.CANNOT_CHECK, "no layer was read", (FILES,))
    if without:
        why = f"no data model is declared for {', '.join(without[:3])}"
        return Judgement(Verdict.FAIL, why, layer_links(e, without))
    models = ", ".join(sorted({one.model for one in e.layers if one.model}))
    if e.report is None:
        why = f"declared: {models}; which properties it lacks is not told"
        return Judgement(Verdict.CANNOT_CHECK, why, layer_links(e))
    unused = sum(map(len, e.report["unused_columns"].values()))
    unfilled = sum(map(len, e.report["unfilled_properties"].values()))
    links = ("report.json#/unused_columns", "report.json#/unfilled_properties")
    why = f"{models}; {unused} source columns unused and {unfilled} properties unfilled are listed"
    return Judgement(Verdict.PASS, why, ("package.json#/data", *links))


def metadata(e: Evidence) -> Judgement:
    """P6."""
    place = "package.json#/licence" if e.kind == "package" else "#/evidence/licence"
    if e.licence is None:
        return Judgement(Verdict.FAIL, "no licence is stated", (place,))
    if e.kind != "package" and not (e.records and e.publisher):
        why = f"licence: {e.licence}; publisher and catalogue record are not in the data"
        return Judgement(Verdict.CANNOT_CHECK, why, (place,))
    if e.publisher is None:
        return Judgement(Verdict.FAIL, "no publisher is stated", ("package.json#/attribution",))
    if not e.records:
        why = f"licence {e.licence} and publisher are stated; there is no catalogue record"
        return Judgement(Verdict.FAIL, why, (place, "package.json#/documents"))
    why = f"licence {e.licence}, publisher, {len(e.records)} metadata records"
    return Judgement(Verdict.PASS, why, (place, *e.records))


def provenance(e: Evidence) -> Judgement:
    """P7."""
    if e.report is None:
        why = "nothing comes with the data that says how they were made"
        return Judgement(Verdict.CANNOT_CHECK, why, (SERVICE if e.service else FILES,))
    damaged = [one for one in e.findings if one.code in DAMAGED]
    if damaged:
        why = f"{damaged[0].code}: {damaged[0].message}"
        return Judgement(Verdict.FAIL, why, ("#/evidence/findings", "package.json#/data"))
    files = [
        file for one in _inputs(e) for file in one.get("files", ()) if isinstance(file, Mapping)
    ]
    unhashed = [str(one.get("name")) for one in files if not one.get("sha256")]
    if unhashed:
        why = f"an input without SHA-256: {unhashed[0]}"
        return Judgement(Verdict.FAIL, why, (INPUTS,))
    documents = [one for one in e.documents if one.endswith((".yaml", ".yml"))]
    if not documents or not e.report["versions"]:
        return Judgement(Verdict.FAIL, "no job or no versions on record", ("package.json",))
    why = f"on record: sources ({len(_inputs(e))}), job and mappings ({len(documents)}), hashes"
    links = (INPUTS, "report.json#/versions", "package.json#/data", *documents)
    return Judgement(Verdict.PASS, why, links)


def personal(e: Evidence) -> Judgement:
    """P8."""
    if e.report is not None:
        decided = list(e.report["personal"])
        why = f"columns with a decision: {len(decided)}" if decided else "no column looked personal"
        return Judgement(Verdict.PASS, why, ("report.json#/personal",))
    flagged = [f"{one.name}.{each}" for one in e.layers for each in one.personal]
    if flagged:
        why = f"may be personal, and no decision comes with the data: {', '.join(flagged[:3])}"
        names = [one.name for one in e.layers if one.personal]
        return Judgement(Verdict.CANNOT_CHECK, why, layer_links(e, names))
    if not e.layers:
        return Judgement(Verdict.CANNOT_CHECK, "no layer was read", (SERVICE,))
    return Judgement(Verdict.PASS, "no column's name looks personal", layer_links(e))


def security(e: Evidence) -> Judgement:
    """P9. TLS certificates are always verified by the engine's client."""
    if e.service is not None:
        addresses, link = [e.service.address], SERVICE
    else:
        urls = [str(one["address"]) for one in _inputs(e)]
        addresses, link = [one for one in urls if "://" in one], INPUTS
    if not addresses:
        return Judgement(Verdict.NOT_APPLICABLE, "no service was asked", (FILES,))
    plain = [one for one in addresses if urlsplit(one).scheme == "http"]
    if plain:
        return Judgement(Verdict.FAIL, f"without TLS: {plain[0]}", (link,))
    if any(urlsplit(one).scheme != "https" for one in addresses):
        why = "the connection to a database isn't on record"
        return Judgement(Verdict.CANNOT_CHECK, why, (link,))
    return Judgement(Verdict.PASS, "TLS, certificates verified", (link,))


def this_report(e: Evidence) -> Judgement:
    """P10."""
    named = ", ".join(one for one in texts() if one != "P")
    return Judgement(Verdict.PASS, f"this report, against {named}", (ITSELF,))
