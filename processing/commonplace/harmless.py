"""Text of data, made fit to be shown on a terminal."""

from __future__ import annotations

from typing import Final

_CONTROLS: Final = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"},
    **dict.fromkeys(range(0x7F, 0xA0), 0xFFFD),
}


def harmless(text: str) -> str:
    """Text that a terminal only shows: control characters become the pictures of them."""
    return text.translate(_CONTROLS)
