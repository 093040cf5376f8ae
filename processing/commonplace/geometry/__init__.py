"""Geometry by whole columns: from a source's WKB to what encoders may write as it stands."""

from commonplace.geometry.coverage import CLIP, LAYER_OPERATORS, clip
from commonplace.geometry.fitting import conform, in_words
from commonplace.geometry.metres import metres_a_degree, scaled
from commonplace.geometry.network import Network, network, node_names
from commonplace.geometry.operators import OPERATORS, Operator, Parameter, dissolve
from commonplace.geometry.placing import Transformation
from commonplace.geometry.prepare import Prepared, prepare
from commonplace.geometry.reading import read_column
from commonplace.geometry.repairing import AreaChange
from commonplace.geometry.settle import bounds, settle
from commonplace.geometry.space import sound

__all__ = [
    "CLIP",
    "LAYER_OPERATORS",
    "OPERATORS",
    "AreaChange",
    "Network",
    "Operator",
    "Parameter",
    "Prepared",
    "Transformation",
    "bounds",
    "clip",
    "conform",
    "dissolve",
    "in_words",
    "metres_a_degree",
    "network",
    "node_names",
    "prepare",
    "read_column",
    "scaled",
    "settle",
    "sound",
]
