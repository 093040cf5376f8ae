"""What all sources over HTTP begin with."""

from __future__ import annotations

from typing import ClassVar

from commonplace.errors import SourceError
from commonplace.http import Client, shown_url
from commonplace.job import SourceSpec
from commonplace.report import Finding, Observer, Silent
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

    @property
    def _address(self) -> str:
        """The address as it may be shown."""
        return shown_url(self._url)

    def _traffic(self) -> dict[str, object]:
        """What was asked of the service, for the evidence."""
        tally = self._client.tally
        return {"requests": tally.requests, "bytes": tally.bytes, "retries": tally.retries}
