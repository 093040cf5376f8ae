"""The document under edit, and the talk with the engine about it; no widgets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from qgis.core import QgsVectorLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..engine import Message
from ..enginesession import EngineSession
from ..jobs import NoSuchLayer, StagedLayer, job_text, match_layers
from ..mapping import merging
from ..mapping.document import (
    Document,
    agreed,
    derived_layers,
    feature_type,
    layers_of,
    read,
    wanted_layers,
    with_layers,
    with_value,
    without,
)
from ..mapping.rows import Row, node_of, with_codes
from ..mapping.trees import at
from ..mapping.types import TargetType, TypeInfo, type_info
from ..texts import language, no_such_layer, tr
from .harmonise_staging import Copies
from .harmonise_undo import Edit, QUndoStack

PREVIEW_AFTER: Final = 300
NOWHERE: Final = Document()


class MappingEditor(QObject):
    """Holds the document and its undo stack; asks the engine; says what is new.

    Parameters
    ----------
    layers
        Layers of the project.
    only_selected
        Of those with a selection, take only that.
    """

    changed = pyqtSignal()
    previewed = pyqtSignal(dict)
    waiting = pyqtSignal(str)
    failed = pyqtSignal(str)
    hinted = pyqtSignal(str)
    saved = pyqtSignal(str)

    def __init__(
        self, layers: Sequence[QgsVectorLayer], *, only_selected: bool, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.layers = list(layers)
        self.only_selected = only_selected
        self.session = EngineSession(self)
        self.copies = Copies(self)
        self.copies.ready.connect(self._look)
        self.copies.failed.connect(self.failed)
        self.undo = QUndoStack(self)
        self.document = NOWHERE
        self._is_stale = False
        self._watched = list(layers)
        for layer in self._watched:
            layer.layerModified.connect(self._layer_changed)
            layer.subsetStringChanged.connect(self._layer_changed)
        self.section = ""
        self.path: Path | None = None
        self.likely: list[TargetType] = []
        self._infos: dict[str, TypeInfo] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PREVIEW_AFTER)
        self._later.timeout.connect(self._preview)

    # -- layers --------------------------------------------------------------------------------

    def stage(self) -> None:
        """Copy the layers as they are now; then suggest, or preview again."""
        self.layers = self.there()
        if not self.layers:
            self.failed.emit(tr("The layers are no longer in the project."))
            return
        self.waiting.emit(tr("Reading the layers…"))
        self._is_stale = False
        self.copies.stage(self.layers, only_selected=self.only_selected)

    def _layer_changed(self) -> None:
        """Say so once: whether to read the layers again is the user's to decide."""
        if not self._is_stale:
            self._is_stale = True
            self.hinted.emit(tr("A layer has changed. Read the layers again (F5) to see it here."))

    def there(self) -> list[QgsVectorLayer]:
        """The layers that are still in the project."""
        return [one for one in self.layers if not sip.isdeleted(one)]

    def _look(self) -> None:
        if self.document is NOWHERE:
            self.suggest(0)
        else:
            self._preview()

    def close(self) -> None:
        """Ask nothing more, and leave nothing behind."""
        while self._watched:
            layer = self._watched.pop()
            if not sip.isdeleted(layer):
                layer.layerModified.disconnect(self._layer_changed)
                layer.subsetStringChanged.disconnect(self._layer_changed)
        self._later.stop()
        self.session.close()
        self.copies.close()

    @property
    def staged(self) -> Sequence[StagedLayer]:
        """The copies of the layers."""
        return self.copies.layers

    def columns(self, section: str) -> list[str]:
        """The columns of the layers that a section reads."""
        wanted = layers_of(self.document, section) if section else ()
        found: dict[str, None] = {}
        for one in self.staged:
            if not wanted or set(wanted) & set(one.names) or len(self.staged) == 1:
                found.update(dict.fromkeys(self.copies.columns(one)))
        return list(found)

    # -- suggestions ---------------------------------------------------------------------------

    def suggest(self, number: int, target: TargetType | None = None) -> None:
        """Suggest a mapping for a layer, which becomes the document or is taken into it."""
        layer = self.staged[number]
        self.waiting.emit(tr("Looking at {layer}…").format(layer=layer.names[0]))
        self.session.ask(
            self._question(layer, target),
            lambda answer: self._take(answer, number),
            self.failed.emit,
        )

    def _question(self, layer: StagedLayer, target: TargetType | None) -> Message:
        question = {
            "type": "suggest_tree",
            "source": self.copies.source,
            "layer": layer.table,
            "file": layer.names[-1],
            "language": language(),
        }
        return {**question, "feature_type": target.name} if target else question

    def _take(self, answer: Message, number: int) -> None:
        layer = self.staged[number].names[0]
        found = merging.suggested(answer, layer)
        if self.document is NOWHERE:
            self.likely = [_type_of(one) for one in answer["types"]]
            self._start(found)
        elif found.schema == self.document.schema:
            document = merging.merged(self.document, found, layer)
            self.push(tr("Take in {layer}").format(layer=layer), document)
        else:
            kind = _type_of(answer["types"][0])
            text = tr(
                "Layer {layer} looks like {type} of schema {schema}. A document has one schema: "
                "make another one for it, or add it as something else."
            )
            name = kind.label or kind.feature_type
            self.hinted.emit(text.format(layer=layer, type=name, schema=kind.schema))
        if number + 1 < len(self.staged) and not self.path:
            self.suggest(number + 1)

    def retype(self, target: TargetType) -> None:
        """Another target type for the section that is shown, with what is suggested for it."""
        wanted = layers_of(self.document, self.section)
        number = self._number_of(wanted)
        layer = self.staged[number]

        def take(answer: Message) -> None:
            found = merging.suggested(answer, layer.names[0])
            document = merging.retyped(self.document, self.section, found, layer.names)
            self.section = next(one for one in reversed(document.sections) if one)
            first = [one for one in document.sections if feature_type(one) == target.feature_type]
            self.section = first[-1] if first else self.section
            self.push(tr("Target type {type}").format(type=target.feature_type), document)

        self.waiting.emit(tr("Looking at {layer}…").format(layer=layer.names[0]))
        self.session.ask(self._question(layer, target), take, self.failed.emit)

    def add(self, target: TargetType, number: int) -> None:
        """One more section, for a layer."""
        layer = self.staged[number]

        def take(answer: Message) -> None:
            found = merging.suggested(answer, layer.names[0])
            document = merging.merged(self.document, found, layer.names[0])
            new = [one for one in document.sections if one not in self.document.sections]
            self.section = new[0] if new else self.section
            self.push(tr("Add {type}").format(type=target.feature_type), document)

        self.session.ask(self._question(layer, target), take, self.failed.emit)

    def _number_of(self, wanted: Sequence[str]) -> int:
        numbers = [
            number
            for number, one in enumerate(self.staged)
            if any(name in one.names for name in wanted)
        ]
        return numbers[0] if numbers else 0

    # -- the document --------------------------------------------------------------------------

    def _start(self, document: Document, path: Path | None = None) -> None:
        self.document = document
        self.path = path
        self.section = document.sections[0] if document.sections else ""
        self.undo.clear()
        self._describe()

    def load(self, path: Path) -> None:
        """Open a mapping document.

        Raises
        ------
        OSError, UnicodeDecodeError
        """
        text = path.read_text(encoding="utf-8")
        question = {
            "type": "read_document",
            "document": text,
            "name": path.name,
            "beside": str(path.parent),
        }
        self.waiting.emit(tr("Reading {file}…").format(file=path.name))
        self.session.ask(question, lambda answer: self._start(read(answer), path), self.failed.emit)

    def save(self, path: Path, then: Callable[[], object] | None = None) -> None:
        """Write the document to a file."""
        document = self.document
        comments = {"above": dict(document.above), "beside": dict(document.beside)}
        question = {
            "type": "write_document",
            "tree": json.dumps(document.tree, ensure_ascii=False),
            "comments": json.dumps(comments, ensure_ascii=False),
        }

        def write(answer: Message) -> None:
            try:
                write_whole(path, answer["document"])
            except OSError as error:
                self.failed.emit(str(error))
                return
            self.path = path
            self.undo.setClean()
            self.saved.emit(str(path))
            if then is not None:
                then()

        self.session.ask(question, write, self.failed.emit)

    def read_layers(self, names: Sequence[str]) -> None:
        """The layers that the section shown reads."""
        text = tr("Read {layers}").format(layers=", ".join(names))
        self.push(text, with_layers(self.document, self.section, names))

    def show_section(self, name: str) -> None:
        """Another section."""
        if name in self.document.sections and name != self.section:
            self.section = name
            self._describe()

    def push(self, text: str, document: Document) -> None:
        """An edit that can be undone."""
        if document != self.document:
            self.undo.push(Edit(text, self.document, document, self._show))

    def _show(self, document: Document) -> None:
        self.document = document
        if self.section not in document.sections:
            self.section = document.sections[0] if document.sections else ""
        self._describe()

    @property
    def info(self) -> TypeInfo | None:
        """The type of the section that is shown, once the engine has described it."""
        return self._infos.get(self._target())

    def _target(self) -> str:
        return f"{self.document.schema}:{feature_type(self.section)}"

    def _describe(self) -> None:
        target = self._target()
        if target in self._infos or not self.section:
            self._changed()
            return

        def take(answer: Message) -> None:
            self._infos[target] = type_info(answer)
            self._changed()

        question = {"type": "describe", "target": target, "language": language()}
        self.session.ask(question, take, self.failed.emit, kind="describe")

    def _changed(self) -> None:
        self.changed.emit()
        self._later.start()

    # -- edits of a row ------------------------------------------------------------------------

    def set_value(self, row: Row, keys: Sequence[str | int], text: str) -> None:
        """A value typed for a row; an empty one takes it away."""
        if not text:
            self.take_away(row)
            return
        node = node_of(text, row.node)
        self.push(
            tr("{property} is {value}").format(property=row.label, value=text),
            with_value(self.document, tuple(keys), node),
        )

    def take_away(self, row: Row) -> None:
        """No value for a row."""
        if row.keys is not None:
            text = tr("Remove {property}").format(property=row.label)
            self.push(text, without(self.document, row.keys))

    def agree(self, row: Row) -> None:
        """What is suggested for a row is right: it need not be looked at again."""
        if row.keys is not None:
            text = tr("Agree to {property}").format(property=row.label)
            self.push(text, agreed(self.document, row.keys))

    def set_codes(self, row: Row, codes: dict[str, str], unmatched: str) -> None:
        """What a row's values mean."""
        if row.keys is not None:
            text = tr("Codes of {property}").format(property=row.label)
            node = with_codes(row.node, codes, unmatched)
            self.push(text, with_value(self.document, row.keys, node))

    def count_values(self, row: Row, then: Callable[[Message, Message], object]) -> None:
        """The values of a row in its layers, and its code list."""
        target = self._target()
        tables = [table for one in self._tables(self.section) for table in one]
        counting = {
            "type": "values",
            "layers": tables,
            "expression": row.expression,
            "feature_type": target,
            "property": row.path,
        }
        listing = {"type": "codes", "target": target, "path": row.path}

        def count(listed: Message) -> None:
            def ask(path: str) -> None:
                question = {**counting, "source": path}
                self.session.ask(question, lambda found: then(found, listed), self.failed.emit)

            self.copies.when_whole(ask)

        def without_list(_text: str) -> None:
            count({"name": row.label, "closed": False, "codes": []})

        self.waiting.emit(tr("Counting values…"))
        self.session.ask(listing, count, without_list)

    # -- preview -------------------------------------------------------------------------------

    def _tables(self, section: str = "") -> list[list[str]]:
        return list(self._matched(section).values())

    def _matched(self, section: str = "") -> dict[str, list[str]]:
        """The copies that each section reads; layers that the document makes keep their name."""
        made = derived_layers(self.document)
        wanted = wanted_layers(self.document)
        if section:
            wanted = {section: wanted.get(section, ())}
        own = {name: [one for one in names if one in made] for name, names in wanted.items()}
        read = {
            name: [one for one in names if one not in made]
            for name, names in wanted.items()
            if not own[name] or len(own[name]) < len(names)
        }
        matched = match_layers(read, self.staged)
        return {name: [*matched.get(name, ()), *own[name]] for name in {**matched, **own}}

    def _preview(self) -> None:
        if not self.copies.source or not self.section:
            return
        try:
            tables = self._matched()
        except NoSuchLayer as error:
            self.failed.emit(no_such_layer(error))
            return
        question = {
            "type": "preview",
            "document": job_text(self.document.tree),
            "source": self.copies.source,
            "tables": json.dumps(tables),
        }
        if self.path is not None:
            question["beside"] = str(self.path.parent)
        self.waiting.emit(tr("Preview…"))
        self.session.ask(question, self.previewed.emit, self.failed.emit, kind="preview")

    def unread(self) -> list[str]:
        """Columns that no expression of the document names and that aren't left out."""
        text = json.dumps([at(self.document.whole, (one,)) for one in self.document.sections])
        ignored = at(self.document.whole, ("ignore",)) or {}
        return [
            one
            for section in self.document.sections[:1]
            for one in self.columns(section)
            if one not in ignored and not re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text)
        ]


def _type_of(answer: Message) -> TargetType:
    return TargetType(answer["schema"], answer["feature_type"], "", "", answer["label"] or "")


def write_whole(path: Path, text: str) -> None:
    """A text file, written beside and then put in place.

    Raises
    ------
    OSError
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
