"""What was found about a package, in the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from rich.text import Text

from commonplace.package import Manifest, read_manifest
from commonplace.package.words import size_text
from commonplace.report import Finding, Severity
from commonplace.terminal import Terminal

COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
SHOWN: Final = 20


def show(package: Path, findings: Sequence[Finding]) -> None:
    """What the package is, then what is wrong, then the verdict."""
    out = Terminal(highlight=False)
    manifest = _manifest(package)
    if manifest is not None:
        size = size_text(sum(one.size for one in manifest.data))
        out.print(Text(manifest.title, style="bold"))
        holds = f"{len(manifest.data)} data files, {size}; {len(manifest.documents)} documents"
        out.print(Text(f"{holds}; state of {manifest.as_of}"), soft_wrap=True)
        rights = f"licence {manifest.licence}; attribution: {manifest.attribution}"
        out.print(Text(rights), soft_wrap=True)
    for one in findings[:SHOWN]:
        line = Text(f"{one.code}  ", style=COLOURS[one.severity])
        line.append(one.message, style="default")
        out.print(line, soft_wrap=True)
    if len(findings) > SHOWN:
        out.print(f"… and {len(findings) - SHOWN} more (--json lists all)")
    errors = sum(one.severity is Severity.ERROR for one in findings)
    if errors:
        what = "file is not as it" if errors == 1 else "files are not as they"
        out.print(Text(f"damaged: {errors} {what} should be", style="red"))
    else:
        out.print(Text("whole: every file is there and unchanged", style="green"))


def to_json(package: Path, findings: Sequence[Finding]) -> dict[str, Any]:
    """The same as JSON types."""
    manifest = _manifest(package)
    return {
        "package": package.name,
        "title": None if manifest is None else manifest.title,
        "as_of": None if manifest is None else manifest.as_of,
        "whole": all(one.severity is not Severity.ERROR for one in findings),
        "findings": [
            {
                "code": one.code,
                "severity": one.severity.value,
                "file": one.value,
                "message": one.message,
                "fix": one.fix,
            }
            for one in findings
        ],
    }


def _manifest(package: Path) -> Manifest | None:
    try:
        return read_manifest(package)
    except (OSError, ValueError, KeyError, TypeError):
        return None
