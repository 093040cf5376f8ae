"""What an editor asked for and isn't there."""

from __future__ import annotations

from commonplace.errors import CommonplaceError


class NotInModel(CommonplaceError):
    """No feature type, property or code list of that name."""

    code = "MODEL_NAME_UNKNOWN"
    exit_code = 2


def unknown(message: str) -> NotInModel:
    """The error, with what to do."""
    return NotInModel(message, hint="choose a target type again")
