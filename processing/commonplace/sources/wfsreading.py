"""One reading of a WFS layer: by pages, or whatever else the server leaves; once more where
features vanished meanwhile; and what was odd about it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from commonplace.errors import MalformedAnswer, ServerFault
from commonplace.report import Severity
from commonplace.sources.wfspages import Pager, Tally, Unpaged, may_be_clamped
from commonplace.sources.wfsselect import Selection
from commonplace.sources.wfsservice import Kind, Service
from commonplace.sources.wfsstore import Store
from commonplace.sources.wfstiles import read_tiles


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads a selection of a feature type into stores below ``folder``."""

    service: Service
    kind: Kind
    selection: Selection
    pager: Pager
    folder: Path

    def read(self) -> tuple[Store, Tally]:
        """All there is; once more where features vanished between two pages.

        Raises
        ------
        SourceError
        """
        pager = self.pager
        store, tally = self._once(self._below("first"))
        if pager.limit is not None:
            return store, tally
        if not self._changed(tally):
            self._check(tally)
            return store, tally
        self._note(
            "SOURCE_CHANGED",
            Severity.WARNING,
            "features were added or deleted while the layer was read: it was read once more",
            fix="read again if it has to be one state of the data",
        )
        pager.tally = Tally()
        store, tally = self._once(self._below("again"))
        self._check(tally)
        return store, tally

    def _below(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir()
        return folder

    def _opened(self, folder: Path) -> Store:
        folder.mkdir()
        return self.kind.store(folder)

    def _changed(self, tally: Tally) -> bool:
        """Whether the server counts otherwise than before; keeps what it counts now."""
        pager = self.pager
        if pager.total is None or (tally.distinct == pager.total and not tally.stale):
            return False
        before, pager.total = pager.total, self.service.hits(self.selection.request)
        return pager.total is not None and pager.total != before and not tally.overlapping

    def _once(self, folder: Path) -> tuple[Store, Tally]:
        """All pages; in one answer, or tile by tile, where the server can't page."""
        pager = self.pager
        store = self._opened(folder / "pages")
        try:
            pager.read(self.selection.request, store)
        except Unpaged as unpaged:
            if unpaged.refused:
                found = self._sorted(folder)
                if found is not None:
                    return found
            self._note(
                "PAGES_NOT_OFFERED",
                Severity.INFO,
                "the server takes no notice of startIndex: the layer was read in another way",
            )
            total = pager.tally.total
        else:
            return store, pager.tally
        store = self._opened(folder / "whole")
        pager.tally = Tally(total=total)
        page = pager.whole(self.selection.request, store)
        if not may_be_clamped(page.rows, total):
            return store, pager.tally
        answer = store, pager.tally
        store = self._opened(folder / "tiles")
        pager.tally = Tally(total=total)
        try:
            read_tiles(self.service, self.kind, self.selection, pager, store, page.rows)
        except MalformedAnswer:
            if total is not None:
                raise
            self._note(
                "MAY_BE_INCOMPLETE",
                Severity.WARNING,
                f"the server sent {page.rows} features, tells no count and offers no pages",
                fix="compare with what the data's owner counts",
            )
            return answer
        return store, pager.tally

    def _sorted(self, folder: Path) -> tuple[Store, Tally] | None:
        """Pages in the order of a property: some can't count through what has no key."""
        pager = self.pager
        name = next(iter(self.kind.declared.values), None)
        if name is None:
            return None
        store = self._opened(folder / "sorted")
        total = pager.tally.total
        pager.tally = Tally()
        try:
            pager.read(replace(self.selection.request, sort=name), store)
        except (Unpaged, ServerFault):
            pager.tally = Tally(total=total)
            return None
        return store, pager.tally

    def _check(self, tally: Tally) -> None:
        new = tally.distinct
        if tally.shares_ids:
            self._note(
                "IDS_NOT_UNIQUE",
                Severity.WARNING,
                "different features have the same id: all were taken",
                fix="tell the server's owner: ids must be unique, and don't go by gml_id",
            )
        if new < tally.done and not tally.overlapping:
            self._note(
                "FEATURES_REPEATED",
                Severity.WARNING,
                "features came more than once: they were taken once",
                fix="the server's order isn't stable between pages; a larger page_size may help",
                count=tally.done - new,
            )
        if tally.total is not None and tally.total != new:
            self.service.notebook.count_differs(tally.total, new, layer=self.kind.layer.name)

    def _note(
        self,
        code: str,
        severity: Severity,
        message: str,
        *,
        fix: str | None = None,
        count: int = 1,
    ) -> None:
        self.service.notebook.note(
            code, severity, message, layer=self.kind.layer.name, fix=fix, count=count
        )
