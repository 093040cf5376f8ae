"""Writes the table of the library's documents into docs/library.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from commonplace.library import Entry, entries

PAGE: Final = Path(__file__).parents[1] / "docs" / "library.md"
BEGIN: Final = "<!-- documents -->\n"
END: Final = "<!-- end of documents -->\n"


def table() -> str:
    """The documents, a row each: name, schema with feature types, source, licence."""
    return "\n".join((*_head(), *map(_row, entries()))) + "\n"


def _head() -> Iterator[str]:
    yield "| document | makes | of | licence |"
    yield "|---|---|---|---|"


def _row(one: Entry) -> str:
    makes = f"{one.target}: {', '.join(one.types)}"
    return f"| `{one.name}` | {makes} | {one.source or one.title} | {one.licence} |"


def main() -> None:
    text = PAGE.read_text(encoding="utf-8")
    above, _, rest = text.partition(BEGIN)
    below = rest.partition(END)[2]
    PAGE.write_text(f"{above}{BEGIN}\n{table()}\n{END}{below}", encoding="utf-8")


if __name__ == "__main__":
    main()
