"""Which features came before: hashes of their ids, in a few sorted runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def hashes_of(features: Sequence[dict[str, Any]]) -> tuple[Hashes, bool]:
    """Hashes of the features' ids and True; where one has none, of their content and False."""
    ids = [one.get("id") for one in features]
    are_ids = all(one is not None for one in ids)
    texts = map(str, ids) if are_ids else (json.dumps(one, sort_keys=True) for one in features)
    return np.fromiter(map(hash, texts), dtype=np.int64, count=len(ids)), are_ids


@dataclass(slots=True)
class Seen:
    """Ids that came before: 8 bytes each, found in logarithmic time."""

    count: int = 0
    _runs: list[Hashes] = field(default_factory=list)

    def fresh(self, hashes: Hashes) -> Mask:
        """Which of them did not come before; of several alike, the first."""
        mask = np.zeros(len(hashes), dtype=bool)
        mask[np.unique(hashes, return_index=True)[1]] = True
        for run in self._runs:
            places = np.searchsorted(run, hashes)
            places[places == len(run)] = 0
            mask &= run[places] != hashes
        return mask

    def add(self, hashes: Hashes) -> None:
        """Remember hashes that are fresh."""
        if not len(hashes):
            return
        self.count += len(hashes)
        run = np.sort(hashes)
        while self._runs and len(self._runs[-1]) <= 2 * len(run):
            run = np.sort(np.concatenate((self._runs.pop(), run)))
        self._runs.append(run)
