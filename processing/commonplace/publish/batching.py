"""Entities into bodies of batch operations, by bytes and by number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from commonplace.publish.preparing import Prepared
from commonplace.publish.profiles import Profile


def batched(entities: Iterable[Prepared], profile: Profile) -> Iterator[list[Prepared]]:
    """Batches whose body keeps within a profile's limits; a larger entity stands alone."""
    batch: list[Prepared] = []
    size = 2
    for one in entities:
        longer = len(one.body) + 1
        full = len(batch) >= profile.batch_entities or size + longer > profile.batch_bytes
        if batch and full:
            yield batch
            batch, size = [], 2
        batch.append(one)
        size += longer
    if batch:
        yield batch


def body_of(batch: Sequence[Prepared]) -> bytes:
    """The JSON array of a batch."""
    return b"[" + b",".join(one.body for one in batch) + b"]"


def halves(batch: Sequence[Prepared]) -> tuple[list[Prepared], list[Prepared]]:
    """A batch cut in two."""
    middle = len(batch) // 2
    return list(batch[:middle]), list(batch[middle:])
