"""Units of measure: how a value is converted to the unit that a property is measured in."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pint

_POWER: Final = re.compile(r"(?<=[A-Za-z])([23])\b")
#: UCUM and plain spellings that pint calls otherwise.
_SPELLINGS: Final = {"Cel": "degC", "[ft_i]": "ft", "[in_i]": "in", "[mi_i]": "mi", "%": "percent"}


class NoConversion(Exception):
    """Why one unit doesn't become another."""


@functools.cache
def conversion(given: str, wanted: str) -> tuple[float, float]:
    """(factor, offset) that make a value in ``given`` one in ``wanted``: v × factor + offset.

    Raises
    ------
    NoConversion
        An unknown unit, or units of different kinds.
    """
    import pint

    units = _registry()
    try:
        zero, one = (
            units.Quantity(n, _unit(given)).to(_unit(wanted)).magnitude for n in (0.0, 1.0)
        )
    except (pint.PintError, ValueError, AttributeError) as error:
        raise NoConversion(f"{given} can't be converted to {wanted}: {error}") from error
    return float(one - zero), float(zero)


def _unit(name: str) -> pint.Unit:
    return _registry().parse_units(_SPELLINGS.get(name) or _POWER.sub(r"**\1", name))


@functools.cache
def _registry() -> pint.UnitRegistry[float]:
    import pint

    return pint.UnitRegistry(cache_folder=None)
