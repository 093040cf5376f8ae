"""Read a closed tree of XML Schema documents into one set of declarations.

Only what the INSPIRE schemas and what they import use of XML Schema 1.0 is understood;
anything else stops the build. Names are expanded (``{namespace}local``).
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

XSD = "http://www.w3.org/2001/XMLSchema"
XS = f"{{{XSD}}}"
XML = "http://www.w3.org/XML/1998/namespace"
GML_ID = "{http://www.opengis.net/gml/3.2}id"
APPINFO_TARGET = "{http://www.opengis.net/gml/3.2}targetElement"

Node = Any  # lxml ships no types
Json = dict[str, Any]
Attribute = tuple[str, str, bool, str | None, str | None]

DATES = {"date", "gYear", "gYearMonth"}
NUMBERS = ("double", "decimal", "integer")


@dataclass
class Document:
    """One schema document; ``path`` is host/path, as in the folder layout."""

    path: str
    root: Node
    namespace: str
    includes: list[str] = field(default_factory=list)
    imports: list[str] = field(default_factory=list)


@dataclass
class Declarations:
    """All documents reached and their global declarations, by kind and name."""

    documents: dict[str, Document]
    found: dict[str, dict[str, tuple[Node, Document]]]

    def nodes(self, kind: str) -> dict[str, tuple[Node, Document]]:
        return self.found.get(kind, {})


def read_documents(folder: Path, entries: Iterable[str]) -> Declarations:
    """Read ``entries`` and all they include or import. The first declaration of a name wins
    (cvbase/1.0 exists twice, in the folders 1.0 and 2.0).
    """
    documents: dict[str, Document] = {}
    todo = list(entries)
    while todo:
        path = todo.pop(0)
        if path not in documents:
            documents[path] = document = _read(folder, path)
            todo += document.includes + document.imports
    found: dict[str, dict[str, tuple[Node, Document]]] = {}
    for document in documents.values():
        for node in document.root.iterchildren(etree.Element):
            kind = _tag(node)
            if node.get("name") is not None:
                kind = "type" if kind in ("complexType", "simpleType") else kind
                name = f"{{{document.namespace}}}{node.get('name')}"
                found.setdefault(kind, {}).setdefault(name, (node, document))
    return Declarations(documents, found)


def _read(folder: Path, path: str) -> Document:
    root = etree.parse(folder / path, etree.XMLParser(resolve_entities=False)).getroot()
    document = Document(path, root, str(root.get("targetNamespace")))
    for node in root.iterchildren(f"{XS}include", f"{XS}import"):
        target = posixpath.normpath(
            posixpath.join(posixpath.dirname(path), str(node.get("schemaLocation")))
        )
        (document.includes if _tag(node) == "include" else document.imports).append(target)
    if root.find(f"{XS}redefine") is not None or not root.get("targetNamespace"):
        raise ValueError(f"{path}: redefine or no target namespace")
    return document


def closure(
    documents: dict[str, Document], entry: str, links: Callable[[Document], list[str]]
) -> list[str]:
    """Paths reached from ``entry``, nearest first."""
    seen = [entry]
    for path in seen:
        seen += [one for one in links(documents[path]) if one not in seen]
    return seen


def _tag(node: Node) -> str:
    return str(etree.QName(node).localname)


def qname(node: Node, text: str) -> str:
    """The expanded name of ``prefix:local`` in the scope of ``node``."""
    prefix, _, local = text.rpartition(":")
    if prefix == "xml":
        return f"{{{XML}}}{local}"
    return f"{{{node.nsmap[prefix or None]}}}{local}"


def occurrence(node: Node) -> Json:
    """``min`` and ``max`` where they aren't 1; ``max`` -1 is unbounded."""
    result: Json = {}
    if node.get("minOccurs", "1") != "1":
        result["min"] = int(node.get("minOccurs"))
    maximum = node.get("maxOccurs", "1")
    if maximum != "1":
        result["max"] = -1 if maximum == "unbounded" else int(maximum)
    return result


@dataclass(frozen=True)
class Simple:
    """A simple type followed down to a built-in."""

    builtin: str
    values: tuple[str, ...] = ()


class Reader:
    """Turn declarations into plain JSON with expanded names.

    ``types`` gets the named types and those made for anonymous ones
    (``AddressType.validFrom``, ``Envelope.type``).
    """

    def __init__(self, declarations: Declarations) -> None:
        self.declarations = declarations
        self.types: dict[str, Json] = {}
        self.elements: dict[str, Json] = {}
        for name, (node, document) in declarations.nodes("element").items():
            self.elements[name] = self._global_element(name, node, document)
        for name, (node, document) in declarations.nodes("type").items():
            if _tag(node) == "complexType":
                self.types[name] = self._complex(name, node, document)

    # -- elements ------------------------------------------------------------------

    def _global_element(self, name: str, node: Node, document: Document) -> Json:
        result: Json = {"type": self._type_of(node, name, document, "type")}
        if node.get("substitutionGroup"):
            result["for"] = qname(node, node.get("substitutionGroup"))
        for flag in ("abstract", "nillable"):
            if node.get(flag) in ("true", "1"):
                result[flag] = True
        return result | _annotation(node)

    def _type_of(self, node: Node, owner: str, document: Document, label: str) -> str:
        """The type an element or attribute names or holds."""
        if node.get("type"):
            return self._type_name(qname(node, node.get("type")))
        complex_type = node.find(f"{XS}complexType")
        if complex_type is not None:
            name = made = f"{owner}.{label}"
            number = 1
            while made in self.types:
                number += 1
                made = f"{name}.{number}"
            self.types[made] = {}
            self.types[made] = self._complex(made, complex_type, document)
            return made
        simple = node.find(f"{XS}simpleType")
        if simple is not None:
            return self._simple_name(f"{owner}.{label}", self._simple(simple))
        if node.get("substitutionGroup"):
            head, where = self.declarations.nodes("element")[
                qname(node, node.get("substitutionGroup"))
            ]
            return self._type_of(head, owner, where, label)
        return f"{XS}anyType"

    def _type_name(self, name: str) -> str:
        if name.startswith(XS):
            return name
        node, _ = self.declarations.nodes("type")[name]
        return name if _tag(node) == "complexType" else self._simple_name(name, self._simple(node))

    def _simple_name(self, name: str, simple: Simple) -> str:
        """A built-in stands for itself; an enumeration becomes a type with ``values``."""
        if not simple.values:
            return f"{XS}{simple.builtin}"
        self.types[name] = {"text": simple.builtin, "values": list(simple.values)}
        return name

    # -- simple types --------------------------------------------------------------

    def _simple_by_name(self, name: str) -> Simple:
        if name.startswith(XS):
            return Simple(name[len(XS) :])
        return self._simple(self.declarations.nodes("type")[name][0])

    def _simple(self, node: Node) -> Simple:
        restriction = node.find(f"{XS}restriction")
        if restriction is not None:
            return self._restricted(restriction)
        union = node.find(f"{XS}union")
        if union is None:
            return Simple("string")  # a list: blank-separated text
        members = [
            self._simple_by_name(qname(union, one)) for one in union.get("memberTypes", "").split()
        ]
        members += [self._simple(one) for one in union.iterchildren(f"{XS}simpleType")]
        return _united(members)

    def _restricted(self, restriction: Node) -> Simple:
        if restriction.get("base"):
            base = self._simple_by_name(qname(restriction, restriction.get("base")))
        else:
            base = self._simple(restriction.find(f"{XS}simpleType"))
        values = tuple(one.get("value") for one in restriction.iterchildren(f"{XS}enumeration"))
        return Simple(base.builtin, values or base.values)

    # -- complex types -------------------------------------------------------------

    def _complex(self, name: str, node: Node, document: Document) -> Json:
        result: Json = {}
        if node.get("abstract") in ("true", "1"):
            result["abstract"] = True
        complex_content = node.find(f"{XS}complexContent")
        if "true" in (
            node.get("mixed"),
            complex_content.get("mixed") if complex_content is not None else None,
        ):
            result["mixed"] = True
        body, base = node, None
        for content in node.iterchildren(f"{XS}complexContent", f"{XS}simpleContent"):
            body = next(content.iterchildren(f"{XS}extension", f"{XS}restriction"))
            base = qname(body, body.get("base"))
            if _tag(content) == "simpleContent":
                result |= self._simple_content(body, base)
            if _tag(body) == "restriction":
                result["restricts"] = True
        if base == f"{XS}anyType":
            base = None
            result.pop("restricts", None)
        elif base is not None and self._is_complex(base):
            result["base"] = base
        particle = next(
            body.iterchildren(f"{XS}sequence", f"{XS}choice", f"{XS}group", f"{XS}all"), None
        )
        if particle is not None:
            content_tree = self._particle(particle, name, document)
            if any(content_tree.get(kind) for kind in ("sequence", "choice")):
                result["content"] = content_tree
        result["attributes"] = list(self._attributes(body, base, name, document).values())
        return result

    def _is_complex(self, name: str) -> bool:
        found = self.declarations.nodes("type").get(name)
        return found is not None and _tag(found[0]) == "complexType"

    def _simple_content(self, body: Node, base: str) -> Json:
        if self._is_complex(base):
            node, document = self.declarations.nodes("type")[base]
            inherited = self._complex(base, node, document)
            simple = Simple(inherited["text"], tuple(inherited.get("values", ())))
        else:
            simple = self._simple_by_name(base)
        values = tuple(one.get("value") for one in body.iterchildren(f"{XS}enumeration"))
        result: Json = {"text": simple.builtin}
        if values or simple.values:
            result["values"] = list(values or simple.values)
        return result

    def _particle(self, node: Node, owner: str, document: Document) -> Json:
        kind = _tag(node)
        if kind == "element":
            return self._local_element(node, owner, document)
        if kind == "any":
            return {"any": node.get("namespace", "##any")} | occurrence(node)
        if kind == "group":
            definition, where = self.declarations.nodes("group")[qname(node, node.get("ref"))]
            inner = next(definition.iterchildren(f"{XS}sequence", f"{XS}choice", f"{XS}all"))
            return self._particle(inner, owner, where) | occurrence(node)
        items = [
            self._particle(one, owner, document)
            for one in node.iterchildren(*(f"{XS}{tag}" for tag in PARTICLES))
        ]
        return {"choice" if kind == "choice" else "sequence": items} | occurrence(node)

    def _local_element(self, node: Node, owner: str, document: Document) -> Json:
        if node.get("ref"):
            return {"ref": qname(node, node.get("ref"))} | occurrence(node) | _annotation(node)
        form = node.get("form", document.root.get("elementFormDefault", "unqualified"))
        space = f"{{{document.namespace}}}" if form == "qualified" else ""
        result: Json = {
            "name": space + node.get("name"),
            "type": self._type_of(node, owner, document, node.get("name")),
        }
        if node.get("nillable") in ("true", "1"):
            result["nillable"] = True
        return result | occurrence(node) | _annotation(node)

    # -- attributes ----------------------------------------------------------------

    def _attributes(
        self, body: Node, base: str | None, owner: str, document: Document
    ) -> dict[str, Attribute]:
        """All attributes of a type, inherited first."""
        result: dict[str, Attribute] = {}
        if base is not None and self._is_complex(base):
            node, where = self.declarations.nodes("type")[base]
            inner = node
            inherited = None
            for content in node.iterchildren(f"{XS}complexContent", f"{XS}simpleContent"):
                inner = next(content.iterchildren(f"{XS}extension", f"{XS}restriction"))
                inherited = qname(inner, inner.get("base"))
            result |= self._attributes(inner, inherited, base, where)
        for node, where in self._own_attributes(body, document):
            name = self._attribute_name(node, where)
            if node.get("use") == "prohibited":
                result.pop(name, None)
            else:
                result[name] = self._attribute(node, name)
        return result

    def _own_attributes(self, body: Node, document: Document) -> Iterator[tuple[Node, Document]]:
        for node in body.iterchildren(f"{XS}attribute", f"{XS}attributeGroup"):
            if _tag(node) == "attribute":
                yield node, document
            else:
                group, where = self.declarations.nodes("attributeGroup")[
                    qname(node, node.get("ref"))
                ]
                yield from self._own_attributes(group, where)

    def _attribute_name(self, node: Node, document: Document) -> str:
        if node.get("ref"):
            return qname(node, node.get("ref"))
        form = node.get("form", document.root.get("attributeFormDefault", "unqualified"))
        space = f"{{{document.namespace}}}" if form == "qualified" else ""
        return space + str(node.get("name"))

    def _attribute(self, node: Node, name: str) -> Attribute:
        declared = node
        if node.get("ref"):
            found = self.declarations.nodes("attribute").get(name)
            declared = found[0] if found else node  # xml:lang and the like
        simple = Simple("string")
        inner = declared.find(f"{XS}simpleType")
        if declared.get("type"):
            simple = self._simple_by_name(qname(declared, declared.get("type")))
        elif inner is not None:
            simple = self._simple(inner)
        return (
            name,
            simple.builtin,
            node.get("use") == "required",
            node.get("fixed") or declared.get("fixed"),
            node.get("default") or declared.get("default"),
        )


PARTICLES = ("element", "any", "group", "sequence", "choice", "all")


def _united(members: list[Simple]) -> Simple:
    """What a union's text is: the widest of numbers, a date, or just text.

    Members that only carry nil reasons (``…OrNilReason``) don't count.
    """
    if all(one.values for one in members):
        return Simple(members[0].builtin, tuple(value for one in members for value in one.values))
    kinds = {one.builtin for one in members if not one.values and one.builtin != "anyURI"}
    if len(kinds) == 1:
        return Simple(kinds.pop())
    if kinds and kinds <= DATES:
        return Simple("date")
    if kinds and kinds <= set(NUMBERS):
        return Simple(next(one for one in NUMBERS if one in kinds))
    return Simple("string")


def _annotation(node: Node) -> Json:
    """``documentation`` and, for references, the ``target`` element of GML's appinfo."""
    result: Json = {}
    annotation = node.find(f"{XS}annotation")
    if annotation is None:
        return result
    text = annotation.findtext(f"{XS}documentation")
    if text:
        result["documentation"] = text
    for target in annotation.iter(APPINFO_TARGET):
        if target.text.partition(":")[0].strip() in target.nsmap:  # some say "null:…"
            result["target"] = qname(target, target.text.strip())
    return result
