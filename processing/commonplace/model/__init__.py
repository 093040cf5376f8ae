"""The target model: INSPIRE's application schemas and what they use, as data.

:func:`load_model` gives the :class:`Model`; its vocabulary is in
:mod:`commonplace.model.types`.
"""

from __future__ import annotations

from commonplace.model.loader import Model, UnknownName, load_model
from commonplace.model.search import Hit

__all__ = ["Hit", "Model", "UnknownName", "load_model"]
