"""What all sources over HTTP begin with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar

from commonplace.batch import Layer
from commonplace.errors import SourceError, Unreachable
from commonplace.http import Client, shown_url
from commonplace.job import SourceSpec
from commonplace.report import Finding, Observer, Severity, Silent
from commonplace.sources.connect import client_for
from commonplace.sources.notes import Notebook


class ServiceSource:
    """A source at an address, asked by one client; what is odd goes into its notebook.

    ``WHAT`` calls it in messages, with its article.

    Raises
    ------
    SourceError
        The job states no address.
    """

    WHAT: ClassVar[str]

    def __init__(
        self,
        spec: SourceSpec,
        observer: Observer | None = None,
        client: Client | None = None,
    ) -> None:
        if spec.url is None:
            raise SourceError(f"{self.WHAT} needs a url")
        self._spec = spec
        self._url: str = spec.url
        self._observer = observer or Silent()
        self._client = client or client_for(spec, self._observer)
        self._notebook = Notebook()

    def findings(self) -> list[Finding]:
        """What was odd so far."""
        return self._notebook.findings()

    def _every_layer(
        self,
        names: Sequence[str],
        described: Callable[[str], Layer],
        plain: Callable[[str], Layer],
        *,
        at_once: int = 1,
    ) -> list[Layer]:
        """Layers with fields and counts; one that the service fails at is told, and is as its
        list has it.

        Raises
        ------
        SourceError
            The service can't be reached, or fails at every one.
        """

        def tried(name: str) -> Layer | SourceError:
            try:
                return described(name)
            except Unreachable:
                raise
            except SourceError as error:
                return error

        with ThreadPoolExecutor(at_once, thread_name_prefix="layers") as pool:
            found = list(pool.map(tried, names))
        errors = [one for one in found if isinstance(one, SourceError)]
        if errors and len(errors) == len(found):
            raise errors[0]
        layers = []
        for name, one in zip(names, found, strict=True):
            if isinstance(one, SourceError):
                self._tell_unreadable(name, one)
                one = plain(name)  # noqa: PLW2901
            layers.append(one)
        return layers

    def _tell_unreadable(self, layer: str, error: SourceError) -> None:
        self._notebook.note(
            "LAYER_UNREADABLE",
            Severity.WARNING,
            f"the service fails at it: {error.message}",
            layer=layer,
            fix="tell the service's owner; the other layers can be read",
        )

    @property
    def _address(self) -> str:
        """The address as it may be shown."""
        return shown_url(self._url)

    def _traffic(self) -> dict[str, object]:
        """What was asked of the service, for the evidence."""
        tally = self._client.tally
        return {"requests": tally.requests, "bytes": tally.bytes, "retries": tally.retries}
