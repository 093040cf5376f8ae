"""Scenarios about packages: what is decided, and what a project may bring in."""

from pathlib import Path
from zipfile import ZipFile

from packages_told import told_of
from qgis.core import QgsProject


def package_decisions(folder):
    """Paths that were typed, what is said of what was found, and where things go."""
    from commonplace_qgis import packages as p

    folder = Path(folder)
    told = {"kind": "package", "title": "Town", "whole": True, "opens": "project"}
    told.update(licence="CC0-1.0", attribution="Nobody", as_of="2026-01-01T00:00:00Z", findings=[])
    told["layers"] = [
        {"name": "Building", "count": 12, "format": "gpkg", "crs": None, "file": "data/t.gpkg"},
        {"name": "Odd", "count": None, "format": "new", "crs": None, "file": "data/t.new"},
    ]
    damage = [{"severity": "error", "message": "x is missing"}]
    (folder / "town.zip").touch()
    (folder / "town").mkdir()
    for name, files in {"town": ("package.json", "checksums.sha256"), "x": ("a.gml",)}.items():
        with ZipFile(folder / f"{name}_zipped.zip", "w") as archive:
            for one in files:
                archive.writestr(f"{name}/{one}", "")
    (folder / "whole").mkdir()
    for one in ("package.json", "checksums.sha256"):
        (folder / "whole" / one).touch()
    (folder / "cp.gml").touch()
    (folder / "cp.gpkg").touch()
    packed = p.looked(folder / "town.zip", told)
    whole = p.looked(folder / "town", told)
    damaged = p.looked(folder / "town.zip", {**told, "whole": False, "findings": damage})
    gml = p.looked(folder / "cp.gml", {**told, "kind": "gml", "opens": "convert"})
    tables = p.looked(folder / "town", {**told, "opens": "convert"})
    entities = p.looked(folder / "town", {**told, "opens": None})
    found = {
        "packed": packed,
        "whole": whole,
        "damaged": damaged,
        "gml": gml,
        "tables": tables,
        "entities": entities,
    }
    work = folder / "work"
    places = {name: p.proposed(one, []) for name, one in found.items()}
    openings = {name: p.opening(one, places[name], work) for name, one in found.items()}
    typed = (" ", '"/a b/c"', "file:///a%20b/c.gml", "file:///C:/town", "/a")
    return {
        "typed": [str(p.path_of(one)) for one in typed],
        "packages": [one.name for one in sorted(folder.iterdir()) if p.is_package(one)],
        "rows": packed.layers,
        "about": p.about(packed),
        "verdicts": {name: p.verdict(one) for name, one in found.items()},
        "may": {name: p.may_open(one, anyway=False) for name, one in found.items()},
        "insisted": {name: p.may_open(one, anyway=True) for name, one in found.items()},
        "nothing": p.may_open(None, anyway=True),
        "places": {name: place and place.name for name, place in places.items()},
        "requests": {name: one.request for name, one in openings.items()},
        "projects": {name: str(one.project) for name, one in openings.items()},
        "suffixed": p.opening(gml, folder / "mine", work).request["target"],
        "refused": [
            p.refused(gml, None),
            p.refused(gml, Path("cp.gpkg")),
            p.refused(gml, folder / "cp"),
            p.refused(gml, folder / "new"),
            p.refused(packed, folder / "town"),
            p.refused(packed, folder / "new"),
            p.refused(whole, None),
        ],
        "notes": p.notes(
            [
                {"severity": "info", "count": 3, "layer": "A", "message": "fine"},
                {"severity": "warning", "count": 2, "layer": None, "message": "odd"},
                {"severity": "error", "count": 1, "layer": "A", "message": "wrong"},
            ]
        ),
    }


def package_projects(paths):
    """Put the projects of packages into one, and tell of each; a missing layer is named."""
    from commonplace_qgis.packagelayers import put_into
    from commonplace_qgis.packageproject import read_project

    project, answers = QgsProject.instance(), []
    for path in map(Path, paths):
        before = set(project.mapLayers())
        *steps, opened = put_into(project, read_project(path / "project.qgs", path), path.name)
        told = told_of(set(project.mapLayers()) - before) if opened.layers else {}
        told.update(steps=len(steps), missing=opened.missing, count=opened.layers)
        told["forms"] = [
            [form.initCodeSource(), form.initCode()]
            for form in (one.editFormConfig() for one in project.mapLayers().values())
        ]
        told["actions"] = [
            one.name()
            for layer in project.mapLayers().values()
            for one in layer.actions().actions()
        ]
        answers.append(told)
    return {"title": project.title(), "crs": project.crs().authid(), "packages": answers}


def package_unreadable(path):
    """What is said of a project that can't be read."""
    from commonplace_qgis.packageproject import ProjectUnreadable, read_project

    try:
        read_project(Path(path), Path(path).parent)
    except ProjectUnreadable as error:
        return str(error)
    return ""


PACKAGES = (package_decisions, package_projects, package_unreadable)
