"""CSW 2.0.2 (OGC 07-006r1, ISO profile 07-045): a catalogue searched, its records a layer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import pyarrow as pa
from lxml import etree
from owslib.ows import OperationsMetadata, ServiceIdentification

from commonplace.batch import Evidence, Layer, Query
from commonplace.errors import Cancelled, MalformedAnswer, SourceError
from commonplace.http import Client, shown_url
from commonplace.job import SourceSpec
from commonplace.report import Observer, Severity
from commonplace.sources.cswfilter import VOCABULARIES, filter_of
from commonplace.sources.cswrecords import record_of
from commonplace.sources.notes import find_layer
from commonplace.sources.paging import located
from commonplace.sources.recordsmodel import Record, Search, records_layer
from commonplace.sources.recordsrows import found_rows
from commonplace.sources.service import ServiceSource
from commonplace.sources.wfsxml import (
    Asker,
    Pairs,
    ServiceRefused,
    child,
    local,
    meaningful,
    own_link,
    root_of,
    service_address,
)

PAGE_SIZE: Final = 100
OWN: Final = frozenset(
    "service request version acceptversions typenames elementsetname resulttype outputschema"
    " constraint constraintlanguage constraint_language_version startposition maxrecords"
    " namespace outputformat language".split()
)
_OWS: Final = "http://www.opengis.net/ows"
_GMD: Final = "http://www.isotc211.org/2005/gmd"
_CSW: Final = "http://www.opengis.net/cat/csw/2.0.2"


@dataclass(frozen=True, slots=True)
class _Service:
    address: str
    title: str | None
    licence: str | None
    schema: str


@dataclass(frozen=True, slots=True)
class _Page:
    records: list[Record]
    matched: int | None
    following: int | None


class CswSource(ServiceSource):
    """The records of one catalogue. See :class:`commonplace.batch.Source`."""

    WHAT = "a CSW source"

    def __init__(
        self,
        spec: SourceSpec,
        observer: Observer | None = None,
        client: Client | None = None,
    ) -> None:
        super().__init__(spec, observer, client)
        self._asker = Asker(self._client)
        self._known: _Service | None = None
        self._count: int | None = None

    @property
    def _base(self) -> str:
        return service_address(self._url, OWN)[0]

    @property
    def service(self) -> _Service:
        """What the capabilities say; asked for once."""
        if self._known is None:
            self._known = self._capabilities()
        return self._known

    def layers(self) -> list[Layer]:
        service = self.service
        if self._count is None:
            self._count = self._page(service, (), 1, 1).matched
        return [records_layer("records", service.title, self._count, service.licence)]

    def layer(self, name: str | None = None) -> Layer:
        return find_layer(self.layers(), name, self._address)

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        return found_rows(self, layer, query, self._observer)

    def search(self, search: Search) -> Iterator[Record]:
        """The records found. What the server filters is applied here again, save the words."""
        service = self.service
        constraint = self._constraint(service, search)
        yield from search.chosen(self._records(service, constraint, search.limit))

    def _capabilities(self) -> _Service:
        pairs = (("service", "CSW"), ("version", "2.0.2"), ("request", "GetCapabilities"))
        answer = self._asker.ask(self._base, pairs)
        where = shown_url(answer.url)
        root = root_of(answer.body, where)
        if local(root) != "Capabilities" or "/cat/csw" not in str(etree.QName(root).namespace):
            raise MalformedAnswer(
                f"{where} answered {local(root)}, not a catalogue's capabilities",
                hint="give the address of a CSW",
            )
        about = child(root, "ServiceIdentification")
        said = None if about is None else ServiceIdentification(about, _OWS)
        address, schemas = self._base, [_CSW]
        metadata = child(root, "OperationsMetadata")
        for element in () if metadata is None else metadata.iterfind("{*}Operation[@name]"):
            operation = OperationsMetadata(element, _OWS)
            if operation.name == "GetRecords":
                methods = getattr(operation, "methods", ())
                gets = [one["url"] for one in methods if one.get("type") == "Get"]
                address = own_link(str(gets[0]), self._base) if gets else address
                stated = {name.lower(): one for name, one in operation.parameters.items()}
                schemas = list(stated.get("outputschema", {}).get("values", schemas))
        return _Service(
            address=address,
            title=None if said is None else meaningful(said.title),
            licence=None
            if said is None
            else meaningful(said.accessconstraints) or meaningful(said.fees),
            schema=_GMD if _GMD in schemas else _CSW,
        )

    def _constraint(self, service: _Service, search: Search) -> Pairs:
        """The filter, in names and an axis order that the server understands."""
        if search.text is None and search.bbox is None and search.theme is None:
            return ()
        pushed = search
        if search.bbox is not None:
            order = self._axes(service)
            if order is None:
                self._notebook.note(
                    "BBOX_NOT_PUSHED",
                    Severity.INFO,
                    "the catalogue's bbox doesn't find a record inside: all are read",
                    layer="records",
                )
                pushed = replace(search, bbox=None)
            else:
                west, south, east, north = search.bbox
                pushed = replace(search, bbox=(south, west, north, east) if order else search.bbox)
        return self._understood(service, pushed)

    def _understood(self, service: _Service, search: Search) -> Pairs:
        """The filter in the first vocabulary that the server doesn't refuse.

        Raises
        ------
        ServiceRefused
            It refuses them all.
        """
        for number, names in enumerate(VOCABULARIES):
            constraint = filter_of(search, names)
            try:
                if constraint:
                    self._page(service, constraint, 1, 1)
            except ServiceRefused:
                if number == len(VOCABULARIES) - 1:
                    raise
            else:
                return constraint
        raise AssertionError("the last vocabulary returns or raises")

    def _axes(self, service: _Service) -> bool | None:
        """Whether the server wants latitude first; None where no order finds a known record."""
        sample = self._page(service, (), 1, 20).records
        known = next((one for one in sample if one.extent is not None), None)
        if known is None or known.extent is None:
            return None
        west, south, east, north = known.extent
        for order in (True, False):
            box = (south, west, north, east) if order else known.extent
            try:
                constraint = self._understood(service, Search(bbox=box))
                page = self._page(service, constraint, 1, 20)
            except ServiceRefused:
                continue
            if any(one.meets(known.extent) for one in page.records):
                return order
        return None

    def _records(self, service: _Service, constraint: Pairs, limit: int | None) -> Iterator[Record]:
        """All records, page by page, until one brings nothing new."""
        size = self._spec.page_size or PAGE_SIZE
        if limit is not None and not constraint:
            size = min(size, limit)
        position, number = 1, 1
        seen: set[str] = set()
        while True:
            if self._observer.cancelled():
                raise Cancelled("cancelled between pages")
            try:
                page = self._page(service, constraint, position, size)
            except SourceError as error:
                raise located(error, number, len(seen)) from error
            fresh = [one for one in page.records if one.id not in seen or not one.id]
            seen.update(one.id or f"-{number}-{index}" for index, one in enumerate(fresh))
            yield from fresh
            self._observer.progress("read records", len(seen), page.matched)
            if not fresh or (page.following == 0 and _all(page, position)):
                break
            later = page.following or 0
            position = later if later > position else position + len(page.records)
            number += 1
            if page.matched is not None and position > page.matched:
                break
        self._check(page.matched, len(seen))

    def _check(self, matched: int | None, done: int) -> None:
        if matched is not None and matched != done:
            self._notebook.note(
                "COUNT_DIFFERS",
                Severity.WARNING,
                f"the catalogue counts {matched} records and sent {done}",
                layer="records",
                count=abs(matched - done),
            )

    def _page(self, service: _Service, constraint: Pairs, position: int, size: int) -> _Page:
        answer = self._asker.ask(
            service.address,
            (
                ("service", "CSW"),
                ("version", "2.0.2"),
                ("request", "GetRecords"),
                ("typeNames", "csw:Record" if service.schema == _CSW else "gmd:MD_Metadata"),
                ("outputSchema", service.schema),
                ("elementSetName", "full"),
                ("resultType", "results"),
                ("startPosition", str(position)),
                ("maxRecords", str(size)),
                *constraint,
            ),
        )
        root = root_of(answer.body, shown_url(answer.url))
        results = child(root, "SearchResults")
        if results is None:
            raise MalformedAnswer(f"{shown_url(answer.url)} answered no search results")
        return _Page(
            records=[record_of(one) for one in results.iterchildren() if _is_record(one)],
            matched=_number(results.get("numberOfRecordsMatched")),
            following=_number(results.get("nextRecord")),
        )

    def evidence(self) -> Evidence:
        details: dict[str, object] = {
            "title": self.service.title,
            "schema": self.service.schema,
            **self._traffic(),
        }
        return Evidence("csw", self._address, details)


def _all(page: _Page, position: int) -> bool:
    return page.matched is None or position + len(page.records) > page.matched


def _is_record(element: etree._Element) -> bool:
    return local(element) in (
        "MD_Metadata",
        "Record",
        "SummaryRecord",
        "BriefRecord",
        "MI_Metadata",
    )


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.strip().isdigit() else None
