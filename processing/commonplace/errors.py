"""Every way the engine can stop, as one tree with stable codes and exit codes.

::

    CommonplaceError
    ├── DocumentError          a job or mapping document is refused (all problems at once)
    ├── SourceError            a source can't be read
    │   ├── Unreachable        no answer, refused, timed out
    │   ├── ServerFault        an answer, but an error status
    │   ├── AccessRefused      the user may not, or is not who they say
    │   ├── MalformedAnswer    an answer that is not what the protocol says
    │   ├── PackageDamaged     a package that is not what its manifest says
    │   ├── LayerNotFound
    │   └── ColumnNotFound
    ├── CrsError               coordinates can't be transformed as asked
    │   ├── CrsUnknown         no CRS stated by source or job, or one nobody knows
    │   └── AccuracyNotReached the best usable operation is worse than the job demands
    ├── MappingError           a mapping can't be run
    │   ├── ExpressionRefused  not in the language (reads files, clock, …)
    │   └── LimitExceeded      time or memory of a part used up
    ├── TooManyRejected        more rows rejected than the job allows
    ├── PersonalDataUndecided  the job doesn't say what becomes of personal data
    ├── OutputError            the package can't be written
    │   ├── TargetExists
    │   ├── TargetBusy         another program holds it
    │   └── DiskFull
    ├── ClusterError           a Dask cluster can't run the parts
    ├── WorkerError            the engine as a process (worker/)
    │   ├── ProtocolError      a message that is not of the protocol
    │   └── WorkerDied         the process of a job ended without an answer
    └── Cancelled

Problems *in data* are findings (:mod:`commonplace.report`), never exceptions.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar, Final


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a document: what, where, and the nearest right thing."""

    message: str
    path: str
    line: int | None = None
    hint: str | None = None
    code: str = "DOCUMENT"

    def __str__(self) -> str:
        where = f"{self.path} (line {self.line})" if self.line else self.path
        return f"{self.message} @ {where}" + (f"; {self.hint}" if self.hint else "")


class CommonplaceError(Exception):
    """Base of all errors that a user can meet.

    Parameters
    ----------
    message
        What happened, in one sentence, with the place (file, layer, feature, attribute).
    hint
        How to mend it.
    """

    code: ClassVar[str] = "ERROR"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the keyword arguments when an error crosses a process boundary."""
        return (_rebuild, (type(self), self.args, self.__dict__))


def _rebuild(
    kind: type[CommonplaceError], args: tuple[object, ...], state: dict[str, object]
) -> CommonplaceError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class DocumentError(CommonplaceError):
    code = "DOCUMENT_REFUSED"
    exit_code = 2

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        listed = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"{name} is refused:\n{listed}")
        self.name = name
        self.problems = problems


class SourceError(CommonplaceError):
    code = "SOURCE"
    exit_code = 3


class Unreachable(SourceError):
    code = "SOURCE_UNREACHABLE"


class ServerFault(SourceError):
    code = "SOURCE_SERVER_FAULT"


class AccessRefused(SourceError):
    code = "SOURCE_ACCESS_REFUSED"


class MalformedAnswer(SourceError):
    code = "SOURCE_MALFORMED"


class PackageDamaged(SourceError):
    code = "PACKAGE_DAMAGED"


class LayerNotFound(SourceError):
    code = "SOURCE_LAYER_NOT_FOUND"


class ColumnNotFound(SourceError):
    code = "SOURCE_COLUMN_NOT_FOUND"


class CrsError(CommonplaceError):
    code = "CRS"
    exit_code = 4


class CrsUnknown(CrsError):
    code = "CRS_UNKNOWN"


class AccuracyNotReached(CrsError):
    code = "CRS_ACCURACY_NOT_REACHED"


class MappingError(CommonplaceError):
    code = "MAPPING"
    exit_code = 5


class ExpressionRefused(MappingError):
    code = "MAPPING_EXPRESSION_REFUSED"


class LimitExceeded(MappingError):
    code = "MAPPING_LIMIT_EXCEEDED"


class TooManyRejected(CommonplaceError):
    code = "TOO_MANY_REJECTED"
    exit_code = 6


class PersonalDataUndecided(CommonplaceError):
    code = "PERSONAL_DATA"
    exit_code = 10


class OutputError(CommonplaceError):
    code = "OUTPUT"
    exit_code = 7


class TargetExists(OutputError):
    code = "OUTPUT_EXISTS"


class TargetBusy(OutputError):
    code = "OUTPUT_BUSY"


class DiskFull(OutputError):
    code = "OUTPUT_DISK_FULL"


class ClusterError(CommonplaceError):
    code = "CLUSTER"
    exit_code = 11


class WorkerError(CommonplaceError):
    code = "WORKER"


class ProtocolError(WorkerError):
    code = "WORKER_PROTOCOL"


class WorkerDied(WorkerError):
    code = "WORKER_DIED"


class Cancelled(CommonplaceError):
    code = "CANCELLED"
    exit_code = 130


EXIT_CODES: Final[tuple[tuple[int, str], ...]] = (
    (0, "done; findings, if any, are in the report"),
    (1, "an error without a group of its own"),
    (2, "the command line, a job or a mapping document is refused"),
    (3, "a source can't be read"),
    (4, "coordinates can't be transformed as accurately as asked"),
    (5, "a mapping can't be run"),
    (6, "more rows were rejected than the job allows"),
    (7, "the package can't be written"),
    (8, "validation found problems"),
    (9, "not everything was published"),
    (10, "the job doesn't say what becomes of personal data"),
    (11, "the Dask cluster can't be used"),
    (130, "cancelled"),
)


@contextmanager
def disk_errors(name: str) -> Iterator[None]:
    """Turn what the operating system says while ``name`` is written into our errors.

    Raises
    ------
    DiskFull, OutputError
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                f"no space left while writing {name}",
                hint="free space or choose another output.folder; nothing was left behind",
            ) from error
        raise OutputError(f"{name} can't be written: {error}") from error
