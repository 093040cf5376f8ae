"""Writes the table of the validator's rules into docs/validate.md."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from commonplace.validate.catalogue import table

PAGE: Final = Path(__file__).parents[1] / "docs" / "validate.md"
MARK: Final = "<!-- rules -->\n"


def main() -> None:
    above = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    PAGE.write_text(f"{above}{MARK}\n{table()}", encoding="utf-8")


if __name__ == "__main__":
    main()
