"""Numbers and HTML as people read them."""

from __future__ import annotations

from html import escape


def size_text(size: int) -> str:
    """Bytes as ``12.3 MB`` (decimal units)."""
    amount = float(size)
    for unit in ("bytes", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


def count_text(count: int) -> str:
    """A count with narrow no-break spaces between thousands (ISO 80000-1)."""
    return f"{count:,}".replace(",", "\u202f")


def number_text(number: float) -> str:
    """A number with as many digits as one reads."""
    if number == int(number) and abs(number) < 1e15:
        return count_text(int(number))
    return f"{number:.4g}"


def metres_text(accuracy: float | None) -> str:
    """An accuracy given in metres, in the unit that suits it."""
    if accuracy is None:
        return "not known"
    if accuracy == 0:
        return "exact"
    return f"{accuracy * 100:.3g} cm" if accuracy < 1 else f"{accuracy:.3g} m"


def safe(value: object) -> str:
    """Any value as HTML text; data never becomes markup."""
    return escape(str(value), quote=True)
