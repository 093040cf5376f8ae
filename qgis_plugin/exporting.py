"""What the export of a package needs: the form's values, what is lacking, the job they make."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from qgis.core import Qgis, QgsAbstractMetadataBase, QgsMapLayer, QgsProject, QgsSettings

from .engine import Message
from .jobs import Choices, job_request
from .texts import tr

#: Languages that metadata records can be written in (ISO 639-2/B), by their own names.
LANGUAGES: Final = {
    "eng": "English",
    "ger": "Deutsch",
    "fre": "Français",
    "ita": "Italiano",
    "dut": "Nederlands",
}
_LANGUAGE_CODES: Final = {
    "en": "eng",
    "de": "ger",
    "fr": "fre",
    "it": "ita",
    "nl": "dut",
    "deu": "ger",
    "fra": "fre",
    "nld": "dut",
}
#: Licences that portals know, by their SPDX identifiers.
LICENCES: Final = (
    *("CC-BY-4.0", "CC0-1.0", "CC-BY-SA-4.0", "ODbL-1.0", "ODC-By-1.0", "PDDL-1.0"),
    *("etalab-2.0", "DL-DE-BY-2.0", "DL-DE-ZERO-2.0"),
)
TARGETS: Final = ("EPSG:4258", "EPSG:3035")
KEPT_SETTING: Final = "commonplace/about"
TOPIC_VOCABULARY: Final = "gmd:topicCategory"

DATA, COORDINATES, FORMATS_PAGE, ABOUT, FOLDER = "data", "crs", "formats", "about", "folder"


@dataclass(frozen=True)
class About:
    """What is said of the data. ``open_access``: there are no limits to public access."""

    title: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    licence: str = ""
    attribution: str = ""
    organisation: str = ""
    email: str = ""
    language: str = "eng"
    lineage: str = ""
    open_access: bool = False


@dataclass(frozen=True)
class Wish:
    """The form. With ``job`` a job file is run, whose data, CRS and texts are its own.

    ``accuracy`` is in metres. No ``formats``, with a job: those that it names.
    """

    by_job: bool = False
    job: str = ""
    mapping: str = ""
    layers: tuple[str, ...] = ()
    only_selected: bool = False
    crs: str = TARGETS[0]
    accuracy: float | None = None
    grids: str = ""
    formats: tuple[str, ...] = ()
    zipped: bool = False
    validated: bool = False
    folder: str = ""
    replace: bool = False
    about: About = About()


@dataclass(frozen=True)
class Lack:
    """Something without which there is no export: on which page, which field, in words."""

    page: str
    field: str
    text: str


@dataclass(frozen=True)
class Place:
    """A folder to write to: whether it will do, whether ``replace`` is needed, in words."""

    fits: bool
    replaces: bool = False
    text: str = ""


def lacking(wish: Wish) -> list[Lack]:
    """What is still needed, in the form's order."""
    found = list(_data_lacks(wish))
    if not wish.by_job:
        if not wish.crs:
            text = tr("a target CRS that has an EPSG code")
            found.append(Lack(COORDINATES, "crs", text))
        if not wish.formats:
            found.append(Lack(FORMATS_PAGE, "formats", tr("a format")))
        for name, text in (
            ("title", tr("a title")),
            ("licence", tr("a licence")),
            ("attribution", tr("an attribution")),
        ):
            if not getattr(wish.about, name):
                found.append(Lack(ABOUT, name, text))
    if wish.grids and not Path(wish.grids).is_dir():
        found.append(Lack(COORDINATES, "grids", tr("a folder of grids that is there")))
    if not wish.folder and not wish.by_job:
        found.append(Lack(FOLDER, "folder", tr("a folder for the package")))
    elif wish.folder:
        place = place_of(wish.folder)
        if not place.fits:
            found.append(Lack(FOLDER, "folder", tr("another folder for the package")))
        elif place.replaces and not wish.replace:
            found.append(Lack(FOLDER, "replace", tr("leave to replace the package there")))
    return found


def _data_lacks(wish: Wish) -> Iterable[Lack]:
    if wish.by_job:
        if not Path(wish.job).is_file():
            yield Lack(DATA, "job", tr("a job file"))
        return
    if not wish.layers:
        yield Lack(DATA, "layers", tr("layers"))
    if not Path(wish.mapping).is_file():
        yield Lack(DATA, "mapping", tr("a mapping file"))


def advised(about: About) -> list[str]:
    """What a record of INSPIRE's metadata must have and isn't said, in words."""
    wanted = (
        (about.abstract, tr("abstract")),
        (about.organisation, tr("organisation")),
        (about.email, tr("e-mail")),
        (about.open_access, tr("access")),
    )
    return [text for value, text in wanted if not value]


def place_of(folder: str) -> Place:
    """What there is at a folder, and what that means for a package."""
    path = Path(folder)
    if path.is_dir():
        return _place_in(path)
    if path.exists():
        return Place(False, text=tr("This is a file. A package is a folder."))
    parent = next((one for one in path.absolute().parents if one.exists()), None)
    if parent is None or not parent.is_dir() or not os.access(parent, os.W_OK):
        return Place(False, text=tr("Nothing can be written there."))
    return Place(True, text=tr("The folder will be made."))


def _place_in(path: Path) -> Place:
    if not os.access(path, os.W_OK):
        return Place(False, text=tr("Nothing can be written there."))
    if empty(path):
        return Place(True, text=tr("The folder is empty."))
    if (path / "package.json").is_file():
        return Place(True, True, tr("There is a package already."))
    text = tr("The folder holds other things. Choose a new one: only packages are replaced.")
    return Place(False, text=text)


def empty(folder: Path) -> bool:
    """Whether there is a folder with nothing in it: a file dialog made it to be taken."""
    return folder.is_dir() and not any(folder.iterdir())


def choices_of(wish: Wish, layers: Sequence[QgsMapLayer]) -> Choices:
    """What *Harmonise and export* runs, of a wish that lacks nothing."""
    return Choices(
        mapping=Path(wish.mapping),
        title=wish.about.title,
        licence=wish.about.licence,
        attribution=wish.about.attribution,
        crs=wish.crs,
        formats=wish.formats,
        folder=Path(wish.folder),
        accuracy=wish.accuracy,
        grids=Path(wish.grids) if wish.grids else None,
        replace=_replaces(wish),
        description=origin_of(layers),
        metadata=metadata_of(wish.about),
        zipped=wish.zipped,
        validated=wish.validated,
    )


def request_of(wish: Wish) -> Message:
    """What *Export package* sends, of a wish with a job file.

    Raises
    ------
    OSError, UnicodeDecodeError
        The file can't be read.
    """
    return job_request(
        Path(wish.job),
        Path(wish.folder) if wish.folder else None,
        replace=_replaces(wish),
        formats=wish.formats,
        zipped=wish.zipped,
        validated=wish.validated,
    )


def _replaces(wish: Wish) -> bool:
    return wish.replace or (bool(wish.folder) and empty(Path(wish.folder)))


def metadata_of(about: About) -> dict[str, Any]:
    """The job's ``metadata``: what is said, and nothing else."""
    contact = {"organisation": about.organisation, "email": about.email}
    told: dict[str, Any] = {
        "language": about.language,
        "abstract": about.abstract,
        "keywords": list(about.keywords),
        "lineage": about.lineage,
        "contact": {name: value for name, value in contact.items() if value},
        "limitations": "none" if about.open_access else "",
    }
    return {name: value for name, value in told.items() if value}


def about_project(project: QgsProject, layers: Sequence[QgsMapLayer], language: str) -> About:
    """What the project's metadata say, then its layers', then what was said last time.

    Parameters
    ----------
    language
        That of QGIS's interface (ISO 639-1).
    """
    stated, kept = project.metadata(), kept_about()
    contact = next(iter(stated.contacts()), None)
    title = stated.title() or project.title() or project.baseName()
    return About(
        title=title,
        abstract=stated.abstract() or agreed([one.metadata().abstract()] for one in layers),
        keywords=keywords_of(stated.keywords()),
        licence=agreed(one.metadata().licenses() for one in layers) or kept.licence,
        attribution=agreed(one.metadata().rights() for one in layers) or kept.attribution,
        organisation=contact.organization if contact else kept.organisation,
        email=contact.email if contact else kept.email,
        language=language_of(stated, language),
        lineage="; ".join(stated.history()),
        open_access=kept.open_access,
    )


def keywords_of(by_vocabulary: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Keywords of QGIS's metadata; topic categories follow from the target type."""
    told = [
        one
        for vocabulary, words in by_vocabulary.items()
        if vocabulary != TOPIC_VOCABULARY
        for one in words
    ]
    return tuple(dict.fromkeys(told))


def language_of(stated: QgsAbstractMetadataBase, interface: str) -> str:
    """The language of the record: the metadata's where it is one of ours, else QGIS's."""
    for code in (stated.language(), interface):
        folded = code.strip().lower()[:3].rstrip("-_")
        known = _LANGUAGE_CODES.get(folded, folded)
        if known in LANGUAGES:
            return known
    return "eng"


def agreed(values: Iterable[Sequence[str]]) -> str:
    """What all layers say, or nothing."""
    said = {"; ".join(value) for value in values}
    return said.pop() if len(said) == 1 else ""


def origin_of(layers: Sequence[QgsMapLayer]) -> str:
    """Where the rows came from. No addresses: they may hold passwords."""
    named = ", ".join(f"{layer.name()} ({layer.providerType()})" for layer in layers)
    return f"Layers of a QGIS {Qgis.QGIS_VERSION} project: {named}"


def kept_about() -> About:
    """What was said of who publishes, the last time."""
    try:
        told = json.loads(str(QgsSettings().value(KEPT_SETTING, "") or "{}"))
        known = {one.name for one in fields(About)}
        return replace(About(), **{name: told[name] for name in known & told.keys()})
    except (ValueError, TypeError, AttributeError):
        return About()


def keep_about(about: About) -> None:
    """Remember who publishes and how, for the next export."""
    kept = ("licence", "attribution", "organisation", "email", "open_access")
    told = {name: value for name, value in asdict(about).items() if name in kept}
    QgsSettings().setValue(KEPT_SETTING, json.dumps(told))


def step_text(step: str, done: int, total: int) -> str:
    """What the engine does just now."""
    if step == "map":
        return tr("Harmonising and writing, parts done: {done}").format(done=done)
    if step == "validate":
        return tr("Checking the files written")
    if step.startswith("read "):
        return tr("Reading {layer}").format(layer=step[len("read ") :])
    return step


def outcome_text(result: Message) -> str:
    """What came of an export, in sentences."""
    counts = result["counts"]
    text = tr("The package is written. Objects: {written}; rows left out: {rejected}.")
    said = text.format(written=sum(counts["written"].values()), rejected=counts["rejected"])
    found = counts["findings"]
    if found["error"] or found["warning"]:
        text = tr("Findings in the report – errors: {errors}, warnings: {warnings}.")
        said += " " + text.format(errors=found["error"], warnings=found["warning"])
    return said
