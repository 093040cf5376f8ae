"""CityGML 1.0 and 2.0 (OGC 12-019) as city models, member by member in bounded memory.

Of each city object: its attributes, generic ones included, its parts and installations, and
the surfaces of LoD 0 to 4, also those that a solid only refers to by ``xlink:href``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from lxml import etree

from commonplace.errors import CrsUnknown, MalformedAnswer, Unreachable
from commonplace.job import SourceSpec
from commonplace.report import Observer
from commonplace.sources.citygml_members import Members, known_system, local, system_in
from commonplace.sources.cityjson import note_textures
from commonplace.sources.cityjson_layers import CityModelSource
from commonplace.sources.cityjson_objects import Chunk, Head
from commonplace.sources.crsname import northing_first
from commonplace.sources.notes import Notebook

CHUNK_OBJECTS: Final = 2_000
CHUNK_VERTICES: Final = 500_000
NAMESPACES: Final = ("http://www.opengis.net/citygml/2.0", "http://www.opengis.net/citygml/1.0")
GML: Final = "http://www.opengis.net/gml"
_APPEARANCE: Final = "appearanceMember"
_MEMBERS: Final = frozenset(
    (
        *(f"{{{one}}}cityObjectMember" for one in NAMESPACES),
        *(f"{{{one.replace('citygml', 'citygml/appearance')}}}{_APPEARANCE}" for one in NAMESPACES),
        f"{{{GML}}}featureMember",
    )
)
_SYSTEMS_LOOKED_AT: Final = 20
_SAFE: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": True,
    "remove_pis": True,
}


class CityGmlSource(CityModelSource):
    """Layers of a CityGML file. See :class:`commonplace.batch.Source`."""

    def __init__(self, spec: SourceSpec, observer: Observer | None = None) -> None:
        if spec.path is None:
            raise MalformedAnswer("a CityGML source needs a path")
        super().__init__(CityGml(spec.path), "citygml", spec, observer)


class CityGml:
    """A file. See :class:`commonplace.sources.cityjson_objects.CityModel`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._swap = False

    def head(self, notebook: Notebook) -> Head:
        found = None
        version = ""
        for number, member in enumerate(self._members()):
            root = member.getroottree().getroot()
            version = "1.0" if NAMESPACES[1] in root.nsmap.values() else "2.0"
            envelope = root.find(f"{{{GML}}}boundedBy/{{{GML}}}Envelope")
            stated = None if envelope is None else envelope.get("srsName")
            found = known_system(stated) if stated else system_in(member)
            if found is not None or number >= _SYSTEMS_LOOKED_AT:
                break
        self._swap = found is not None and _northing_first(found)
        return Head(found, "CityGML", {"version": version})

    def chunks(self, notebook: Notebook) -> Iterator[Chunk]:
        members = Members(notebook, swap=self._swap)
        for member in self._members():
            if local(member) == _APPEARANCE:
                note_textures(notebook)
                continue
            members.add(member)
            if len(members.objects) >= CHUNK_OBJECTS or members.positions.count >= CHUNK_VERTICES:
                yield members.chunk()
                members = Members(notebook, swap=self._swap)
        if members.objects:
            yield members.chunk()

    def _members(self) -> Iterator[etree._Element]:
        """Members, each dropped from memory when the next is asked for.

        Raises
        ------
        Unreachable, MalformedAnswer
        """
        if not self.path.is_file():
            raise Unreachable(f"{self.path} is not there")
        with self.path.open("rb") as file:
            try:
                yield from _members(file, self.path.name)
            except etree.XMLSyntaxError as error:
                raise MalformedAnswer(
                    f"{self.path.name}, line {error.lineno}: {error.msg}",
                    hint="is the file whole? Copy or download it again",
                ) from error


def _members(file: BinaryIO, name: str) -> Iterator[etree._Element]:
    _check_root(file, name)
    done: etree._Element | None = None
    for _, element in etree.iterparse(
        file, events=("end",), tag=sorted(_MEMBERS), remove_comments=True, **_SAFE
    ):
        parent = element.getparent()
        if parent is None or parent.getparent() is not None:
            continue  # of a group or an object within
        if done is not None:
            parent.remove(done)
        yield element
        element.clear()
        done = element


def _check_root(file: BinaryIO, name: str) -> None:
    for _, root in etree.iterparse(file, events=("start",), **_SAFE):
        if local(root) != "CityModel":
            raise MalformedAnswer(f"{name} is no CityGML: its root is {local(root)!r}")
        break
    file.seek(0)


def _northing_first(name: str) -> bool:
    try:
        return northing_first(name)
    except CrsUnknown:
        return False
