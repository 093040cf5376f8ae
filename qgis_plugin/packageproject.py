"""A package's QGIS project as parts that can be put into another project, one by one.

Ids of layers and relations become new ones everywhere in it, so that a package can be opened
twice. What a stranger's project could do besides showing data (code of forms, actions, data
from elsewhere) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsLayerTreeGroup,
    QgsPathResolver,
    QgsProject,
    QgsProjectMetadata,
    QgsReadWriteContext,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsRelation,
    QgsRelationContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from .texts import tr

LARGEST: Final = 64 * 1024 * 1024
CODE: Final = (
    *("editforminit", "editforminitcodesource", "editforminitfilepath", "editforminitcode"),
    *("editform", "attributeactions"),
)
_ID: Final = re.compile(r"<id>([^<>&]+)</id>")


class ProjectUnreadable(Exception):
    """The project can't be read."""


@dataclass(frozen=True)
class PackageProject:
    """A project read from a file; its data lie in ``root`` or below."""

    path: Path
    root: Path
    document: QDomDocument

    @property
    def title(self) -> str:
        """The project's title."""
        return str(self._element().firstChildElement("title").text())

    @property
    def crs(self) -> QgsCoordinateReferenceSystem:
        """The project's CRS."""
        return _crs(self._element().firstChildElement("projectCrs"))

    @property
    def view(self) -> QgsReferencedRectangle | None:
        """What the map shows when it is opened."""
        settings = self._element().firstChildElement("ProjectViewSettings")
        box = settings.firstChildElement("DefaultViewExtent")
        sides = [box.attribute(name) for name in ("xmin", "ymin", "xmax", "ymax")]
        if not all(sides):
            return None
        return QgsReferencedRectangle(QgsRectangle(*map(float, sides)), _crs(box))

    def metadata(self) -> QgsProjectMetadata:
        """What the project says of its data."""
        found = QgsProjectMetadata()
        found.readMetadataXml(self._element().firstChildElement("projectMetadata"))
        return found

    def layers(self) -> Iterator[tuple[str, QDomElement]]:
        """Names and elements of the layers."""
        listed = self._element().firstChildElement("projectlayers")
        for element in _children(listed, "maplayer"):
            yield element.firstChildElement("layername").text(), element

    def layer(self, element: QDomElement) -> QgsVectorLayer | None:
        """A layer, with its data, style, forms and metadata; None where it can't be opened."""
        if element.attribute("type") != "vector" or not self._is_inside(element):
            return None
        for name in CODE:
            for one in list(_children(element, name)):
                element.removeChild(one)
        found = QgsVectorLayer()
        read = found.readLayerXml(element, self._context())
        return found if read and found.isValid() else None

    def tree(self, project: QgsProject) -> QgsLayerTreeGroup:
        """Groups and layers, once these are in the project."""
        found = QgsLayerTreeGroup.readXml(
            self._element().firstChildElement("layer-tree-group"), self._context()
        )
        found.resolveReferences(project)
        return found

    def relations(self, project: QgsProject) -> list[QgsRelation]:
        """The relations between layers that are in the project."""
        listed = self._element().firstChildElement("relations")
        context = QgsRelationContext(project)
        found = [
            QgsRelation.createFromXml(one, self._context(), context)
            for one in _children(listed, "relation")
        ]
        return [one for one in found if one.isValid()]

    def _is_inside(self, element: QDomElement) -> bool:
        """Whether a layer is read from a file of the package and nothing else."""
        if element.firstChildElement("provider").text() != "ogr":
            return False
        source = element.firstChildElement("datasource").text().partition("|")[0]
        file, root = (self.path.parent / source).resolve(), self.root.resolve()
        return file.is_file() and root in file.parents

    def _context(self) -> QgsReadWriteContext:
        context = QgsReadWriteContext()
        context.setPathResolver(QgsPathResolver(str(self.path)))
        return context

    def _element(self) -> QDomElement:
        return self.document.documentElement()


def read_project(path: Path, root: Path) -> PackageProject:
    """Read a project file, its ids made new.

    Raises
    ------
    ProjectUnreadable
    """
    try:
        if path.stat().st_size > LARGEST:
            raise ProjectUnreadable(tr("{path} is too large.").format(path=path))
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectUnreadable(tr("{path} can't be read.").format(path=path)) from error
    document = QDomDocument()
    if "<!ENTITY" in text or not _set_content(document, renamed(text)):
        raise ProjectUnreadable(tr("{path} can't be read.").format(path=path))
    return PackageProject(path, root, document)


def renamed(text: str) -> str:
    """A project's text with new ids of its layers, and so of the relations between them."""
    ids = sorted(set(_ID.findall(text)), key=len, reverse=True)
    if not ids:
        return text
    suffix = f"_{uuid4().hex}"
    return re.sub("|".join(map(re.escape, ids)), lambda found: found[0] + suffix, text)


def _set_content(document: QDomDocument, text: str) -> bool:
    read = document.setContent(text)
    return bool(read[0] if isinstance(read, tuple) else read)  # Qt 6 has a result of its own


def _children(element: QDomElement, name: str) -> Iterator[QDomElement]:
    child = element.firstChildElement(name)
    while not child.isNull():
        following = child.nextSiblingElement(name)
        yield child
        child = following


def _crs(element: QDomElement) -> QgsCoordinateReferenceSystem:
    found = QgsCoordinateReferenceSystem()
    found.readXml(element)
    return found
