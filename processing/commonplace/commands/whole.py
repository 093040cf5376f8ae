"""A package that was checked before anything is done with it; a zip is unpacked for that."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from commonplace.errors import SourceError


@contextmanager
def whole_package(path: Path) -> Iterator[Path]:
    """The folder of a package, for as long as the block lasts.

    Raises
    ------
    SourceError
        A file is missing or was changed, or an entry of the zip would leave the folder; it is
        named.
    """
    from commonplace.package import verify
    from commonplace.report import Severity

    errors = [one for one in verify(path) if one.severity is Severity.ERROR]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise SourceError(
            f"{path.name} is no whole package: {errors[0].message}{more}",
            hint="commonplace verify lists all; take the package again from where it came",
        )
    if path.is_dir():
        yield path
        return
    with TemporaryDirectory(prefix="commonplace-package-") as folder:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
        (manifest,) = Path(folder).rglob("package.json")
        yield manifest.parent
