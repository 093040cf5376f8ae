"""How a package, a file or a service meets MIM7: evidence gathered, then judged."""

from __future__ import annotations

from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import Final

from commonplace.errors import SourceError
from commonplace.job import SourceSpec
from commonplace.mim7 import judge
from commonplace.mim7.evidence import Evidence
from commonplace.mim7.layers import Options
from commonplace.mim7.outcome import Outcome
from commonplace.mim7.packages import of_package
from commonplace.mim7.targets import of_file, of_service
from commonplace.package import holds_package, unpacked
from commonplace.report import Observer
from commonplace.validate.outcome import Validation
from commonplace.validation import validate

_CHECKED: Final = frozenset(
    (".gml", ".xml", ".gpkg", ".geojson", ".json", ".fgb", ".parquet", ".csv", ".jsonfg")
)


def judge_target(
    spec: SourceSpec,
    options: Options,
    observer: Observer,
    *,
    previous: Path | None = None,
    schemas: Path | None = None,
) -> Outcome:
    """Judge a package, a file or a service.

    Parameters
    ----------
    previous
        The package or file of before, to see whether ids persist; not for services.
    schemas
        Folder of the official XSDs.

    Raises
    ------
    SourceError
    """
    evidence = _gathered(spec, options, observer, previous, schemas)
    return judge(evidence, f"Commonplace {version('commonplace')}")


def _gathered(
    spec: SourceSpec,
    options: Options,
    observer: Observer,
    previous: Path | None,
    schemas: Path | None,
) -> Evidence:
    if spec.path is None:
        if previous is not None:
            raise SourceError(
                "a service can't be compared with a state of before",
                hint="only packages and files can",
            )
        return of_service(spec, options, observer)
    if not spec.path.exists():
        raise SourceError(f"there is no {spec.path}", hint="give a file, a package or an address")
    if not holds_package(spec.path):
        validation = _validated(spec.path, schemas, observer)
        return of_file(spec, options, validation, previous, observer)
    try:
        if previous is not None and not holds_package(previous):
            raise ValueError(f"{previous.name} is no package")
        with ExitStack() as unpacking:
            folder = unpacking.enter_context(unpacked(spec.path))
            before = previous and unpacking.enter_context(unpacked(previous))
            return of_package(folder, _validated(folder, schemas, observer), before)
    except (OSError, ValueError, KeyError) as error:
        raise SourceError(
            f"the package can't be read: {error}", hint="commonplace verify tells more"
        ) from error


def _validated(path: Path, schemas: Path | None, observer: Observer) -> Validation | None:
    """What our validator says of it; None where it has no rules for it."""
    if path.is_file() and path.suffix.casefold() not in _CHECKED:
        return None
    return validate([path], schemas=schemas, observer=observer)
