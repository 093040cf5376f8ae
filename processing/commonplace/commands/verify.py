"""``commonplace verify``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from commonplace.commands.writing import print_json

EXAMPLES = """\b
Examples:
  commonplace verify out/package
  commonplace verify package.zip
  commonplace verify package.zip --json | jq .findings
"""


@click.command(epilog=EXAMPLES)
@click.argument("package", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")
def verify(package: Path, as_json: bool) -> None:
    """Check that PACKAGE, a folder or a zip, is whole: every file there and unchanged.

    Nothing is unpacked. The exit code is 8 where a file is missing, was changed, or would lie
    outside the package; each is named.
    """
    from commonplace.commands.verify_table import show, to_json
    from commonplace.errors import Unreachable
    from commonplace.package import verify as verified
    from commonplace.report import Severity

    if not package.exists():
        raise Unreachable(f"nothing is at {package}")
    findings = verified(package)
    if as_json:
        print_json(to_json(package, findings))
    else:
        show(package, findings)
    if any(one.severity is Severity.ERROR for one in findings):
        sys.exit(8)
