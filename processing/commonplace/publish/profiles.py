"""What brokers refuse, and what is done about it beforehand.

ETSI GS CIM 009 v1.9.1 §4.6.3 (no GeometryCollection) and §4.6.4 (characters that string
values of Properties may not hold) are read differently by brokers, so it is a profile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

BATCH_BYTES: Final = 2_000_000  # brokers take 2 MiB
BATCH_ENTITIES: Final = 1_000  # beyond it Orion-LD loses entities (#1607, #1951)

Texts = Literal["json", "percent", "keep"]


@dataclass(frozen=True, slots=True)
class Profile:
    """How entities are made acceptable to a broker.

    Parameters
    ----------
    texts
        Values with forbidden characters become ``JsonProperty`` (which is exempt and reads
        back as it was), are percent-encoded, or kept.
    collections
        Whether a GeometryCollection is sent.
    heights
        Whether coordinates keep their third ordinate: brokers accept it, but their
        geo-queries may then not find the entity.
    """

    texts: Texts = "json"
    collections: bool = False
    heights: bool = True
    batch_bytes: int = BATCH_BYTES
    batch_entities: int = BATCH_ENTITIES


PROFILES: Final[Mapping[str, Profile]] = MappingProxyType(
    {
        "strict": Profile(),
        "percent": Profile(texts="percent"),
        "lax": Profile(texts="keep", collections=True),
    }
)
