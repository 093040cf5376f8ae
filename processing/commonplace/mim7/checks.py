"""Which check judges which requirement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from commonplace.mim7 import checks_mim as mim
from commonplace.mim7 import checks_project as project
from commonplace.mim7.evidence import Evidence
from commonplace.mim7.outcome import Judgement

Check = Callable[[Evidence], Judgement]

CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "V5-R1": mim.feature_service,
        "V5-R2": mim.unique_ids,
        "V5-Rec1": mim.api_on_wfs,
        "V5-Rec2": mim.standard_encodings,
        "R1.1": mim.service,
        "R2.1": mim.valid_encodings,
        "R3.1": mim.context,
        "R4.1": mim.persistent_ids,
        "R5.1": mim.stated_crs,
        "P1": project.reading,
        "P2": project.id_policy,
        "P3": project.coordinates,
        "P4": project.encodings,
        "P5": project.model,
        "P6": project.metadata,
        "P7": project.provenance,
        "P8": project.personal,
        "P9": project.security,
        "P10": project.this_report,
    }
)
