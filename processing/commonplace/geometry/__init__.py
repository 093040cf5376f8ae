"""Geometry by whole columns: from a source's WKB to what encoders may write as it stands."""

from commonplace.geometry.fitting import conform
from commonplace.geometry.operators import OPERATORS, Operator, Parameter, dissolve
from commonplace.geometry.prepare import AreaChange, Prepared, Transformation, prepare
from commonplace.geometry.settle import bounds, settle
from commonplace.geometry.space import sound

__all__ = [
    "OPERATORS",
    "AreaChange",
    "Operator",
    "Parameter",
    "Prepared",
    "Transformation",
    "bounds",
    "conform",
    "dissolve",
    "prepare",
    "settle",
    "sound",
]
