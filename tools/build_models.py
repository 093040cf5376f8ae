"""Derive the target model's data files from the official schemas, UML and code lists.

    python tools/build_models.py ../shared/inspire processing/commonplace/model/data

Only facts are taken over (names, types, occurrence, values, first sentences of
definitions). The same input gives the same bytes. What the files hold is described in
docs/decisions.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from model_codelists import code_lists, concepts, merged, registry_codes
from model_uml import Catalogue, first_sentence
from model_xsd import XS, XSD, Declarations, Document, Reader, closure, read_documents

Json = dict[str, Any]

INSPIRE = "inspire.ec.europa.eu/schemas/"
XLINK = "http://www.w3.org/1999/xlink"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
WFS = "http://www.opengis.net/wfs/2.0"
WFS_LOCATION = "http://schemas.opengis.net/wfs/2.0/wfs.xsd"
WITHOUT_CONTENT = {
    "http://www.interactive-instruments.de/ShapeChange/AppInfo",
    "http://www.w3.org/XML/1998/namespace",
    XLINK,
}
REFERENCE_TYPE = "{http://www.opengis.net/gml/3.2}ReferenceType"

# Code lists of properties that the UML catalogue doesn't hold; sources: the schemas'
# own documentation and the Generic Network Model of D2.10.1.
UNCATALOGUED = {
    ("net", "applicableDirection"): "LinkDirectionValue",
    ("net", "type"): "ConnectionTypeValue",
    ("el-tin", "propertyType"): "ElevationPropertyTypeValue",
    ("el-tin", "surfaceType"): "SurfaceTypeValue",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("inspire", type=Path, help="folder with schemas/, schemas.json, …")
    parser.add_argument("output", type=Path, help="folder for the model files")
    arguments = parser.parse_args()
    write_models(arguments.inspire, arguments.output)


def write_models(inspire: Path, output: Path) -> None:
    """Write all model files, and remove model files that are no longer made."""
    output.mkdir(parents=True, exist_ok=True)
    files = build(inspire)
    for stale in sorted(output.glob("*.json.xz")):
        if stale.name not in files:
            stale.unlink()
    for name, content in files.items():
        (output / name).write_bytes(packed(content))


def packed(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return lzma.compress(text.encode(), preset=9)


def build(inspire: Path) -> dict[str, object]:
    """The content of every model file, by file name."""
    schemas = _load(inspire / "schemas.json")
    registry = registry_codes(inspire / "by-url.tgz")
    lists = merged(_load(inspire / "codelists" / "inspire_codelists_en.json"), registry)
    uml = _load(inspire / "inspire_model_2025.1.json")
    declarations = read_documents(inspire / "schemas", [one["xsd"] for one in schemas])
    reader = Reader(declarations)
    keys = schema_keys(declarations, schemas)
    catalogue = Catalogue(uml, schemas, lists)
    add_meaning(reader, keys, catalogue)
    kept = reachable(reader, keys)
    files: dict[str, object] = {
        f"{key.replace('/', '-')}.json.xz": namespace_file(reader, kept, namespace, key)
        for namespace, key in sorted(keys.items(), key=lambda item: item[1])
    }
    files["index.json.xz"] = index(declarations, reader, schemas, keys, catalogue, kept)
    files["substitutions.json.xz"] = substitutions(reader, kept)
    files["codelists.json.xz"] = code_lists(lists, registry)
    files["concepts.json.xz"] = concepts(
        _load(inspire / "codelists" / "featureconcepts_en_de_fr_nl.json")
    )
    return files


def _load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


# -- keys ------------------------------------------------------------------------------


def schema_keys(declarations: Declarations, schemas: list[Json]) -> dict[str, str]:
    """``prefix/version`` of every namespace: from the folder, for INSPIRE; else the prefix its
    own documents use and the version in the path.
    """
    keys = {one["namespace"]: f"{one['prefix']}/{one['folder_version']}" for one in schemas}
    for document in declarations.documents.values():
        namespace = document.namespace
        if namespace in keys or namespace in WITHOUT_CONTENT:
            continue
        if document.path.startswith(INSPIRE):
            keys[namespace] = "/".join(document.path[len(INSPIRE) :].split("/")[:2])
        else:
            version = next(
                part for part in reversed(document.path.split("/")[:-1]) if re.match(r"\d", part)
            )
            keys[namespace] = f"{_own_prefix(declarations, namespace)}/{version}"
    return keys


def _own_prefix(declarations: Declarations, namespace: str) -> str:
    """The prefix that most documents declare for a namespace."""
    counted = Counter(
        prefix
        for document in declarations.documents.values()
        for prefix, bound in document.root.nsmap.items()
        if prefix and bound == namespace
    )
    return str(min(counted, key=lambda prefix: (-counted[prefix], prefix)))


# -- meaning ---------------------------------------------------------------------------


def add_meaning(reader: Reader, keys: dict[str, str], catalogue: Catalogue) -> None:
    """Replace documentation by facts: definition, voidable, code list, unit."""
    for name, element in reader.elements.items():
        namespace, local = _split(name)
        prefix = keys.get(namespace, "").split("/")[0]
        documentation = element.pop("documentation", None)
        if _is_inspire(keys, namespace):
            found = catalogue.find_class(prefix, local)
            definition = first_sentence(found.get("definition") if found else documentation)
            if definition:
                element["definition"] = definition
    for name, one in reader.types.items():
        namespace, local = _split(name)
        prefix = keys.get(namespace, "").split("/")[0]
        for particle in _elements(one.get("content")):
            documentation = particle.pop("documentation", None)
            if "name" in particle and _is_inspire(keys, namespace):
                class_name = local.split(".")[0].removesuffix("Type").removesuffix("Property")
                facts = catalogue.facts(prefix, class_name, _split(particle["name"])[1])
                particle.update(facts or _facts_of_xsd(particle, documentation, prefix, catalogue))


def _facts_of_xsd(
    particle: Json, documentation: str | None, prefix: str, catalogue: Catalogue
) -> Json:
    """What the XSD alone says: INSPIRE's encoding rule makes exactly voidables nillable."""
    result: Json = {}
    if particle.get("nillable"):
        result["voidable"] = True
    definition = first_sentence(documentation)
    if definition:
        result["definition"] = definition
    listed = UNCATALOGUED.get((prefix, _split(particle["name"])[1]))
    if listed and particle["type"] == REFERENCE_TYPE and "target" not in particle:
        result["code_list"] = catalogue.list_uri(listed)
    return result


def _is_inspire(keys: dict[str, str], namespace: str) -> bool:
    return namespace in keys and ("inspire" in namespace)


def _split(name: str) -> tuple[str, str]:
    namespace, _, local = name.rpartition("}")
    return namespace[1:], local


def _elements(tree: Json | None) -> Iterator[Json]:
    if tree is None:
        return
    if "name" in tree or "ref" in tree:
        yield tree
    for kind in ("sequence", "choice"):
        for item in tree.get(kind, ()):
            yield from _elements(item)


# -- pruning ---------------------------------------------------------------------------


def reachable(reader: Reader, keys: dict[str, str]) -> set[tuple[str, str]]:
    """What instances can hold: ``("element" | "type", name)``.

    All INSPIRE declarations are roots. An element that a content model refers to brings
    all that may stand for it.
    """
    members: dict[str, list[str]] = {}
    for name, element in reader.elements.items():
        if "for" in element:
            members.setdefault(element["for"], []).append(name)
    todo = [("element", name) for name in reader.elements if _is_inspire(keys, _split(name)[0])]
    todo += [("type", name) for name in reader.types if _is_inspire(keys, _split(name)[0])]
    seen: set[tuple[str, str]] = set()
    referred: set[str] = set()
    while todo:
        kind, name = todo.pop()
        if kind == "reference":
            if name not in referred:
                referred.add(name)
                todo += [("element", name)]
                todo += [("reference", one) for one in members.get(name, ())]
            continue
        if (kind, name) in seen or name.startswith(XS):
            continue
        seen.add((kind, name))
        todo += _links(reader, kind, name)
    return seen


def _links(reader: Reader, kind: str, name: str) -> Iterator[tuple[str, str]]:
    if kind == "element":
        element = reader.elements[name]
        yield "type", element["type"]
        if "for" in element:
            yield "element", element["for"]
        return
    one = reader.types[name]
    if "base" in one:
        yield "type", one["base"]
    for particle in _elements(one.get("content")):
        if "ref" in particle:
            yield "reference", particle["ref"]
        else:
            yield "type", particle["type"]


# -- files -----------------------------------------------------------------------------


def namespace_file(reader: Reader, kept: set[tuple[str, str]], namespace: str, key: str) -> Json:
    """Elements and types of one namespace. Names are ``number:local``, the number that of the
    namespace in ``namespaces``; attributes are a table that types point into.
    """
    spaces: list[str] = [namespace, XSD]
    table: list[Any] = []

    def short(name: str) -> str:
        space, local = _split(name)
        if space not in spaces:
            spaces.append(space)
        return f"{spaces.index(space)}:{local}"

    def shortened(tree: Json) -> Json:
        result: Json = {}
        for word, value in tree.items():
            if word in ("ref", "name", "type", "for", "base", "target"):
                result[word] = short(value)
            elif word in ("sequence", "choice"):
                result[word] = [shortened(item) for item in value]
            elif word == "content":
                result[word] = shortened(value)
            elif word == "attributes":
                if value:
                    if value not in table:
                        table.append(value)
                    result[word] = table.index(value)
            else:
                result[word] = value
        return result

    elements = {
        _split(name)[1]: shortened(one)
        for name, one in reader.elements.items()
        if ("element", name) in kept and _split(name)[0] == namespace
    }
    types = {
        _split(name)[1]: shortened(one)
        for name, one in reader.types.items()
        if ("type", name) in kept and _split(name)[0] == namespace
    }
    return {
        "key": key,
        "namespaces": spaces,
        "attributes": table,
        "elements": elements,
        "types": dict(sorted(types.items())),
    }


def substitutions(reader: Reader, kept: set[tuple[str, str]]) -> dict[str, list[list[Any]]]:
    """Elements that name a head, by head, in document order: ``[name, abstract]``."""
    result: dict[str, list[list[Any]]] = {}
    for name, element in reader.elements.items():
        if "for" in element and ("element", name) in kept:
            member = [name, int(element.get("abstract", False))]
            result.setdefault(element["for"], []).append(member)
    return dict(sorted(result.items()))


def index(
    declarations: Declarations,
    reader: Reader,
    schemas: list[Json],
    keys: dict[str, str],
    catalogue: Catalogue,
    kept: set[tuple[str, str]],
) -> Json:
    """One record a namespace; the application schemas first and marked by their theme."""
    filled = {_split(name)[0] for _, name in kept}
    records = []
    for one in schemas:
        records.append(
            {
                "key": keys[one["namespace"]],
                "namespace": one["namespace"],
                "title": _title(one),
                "theme": one["theme_code"],
                "feature_types": one["feature_types"],
                "abstract_feature_types": one["abstract_feature_types"],
            }
            | _document_context(declarations, one["xsd"], keys, filled)
        )
    known = {one["namespace"] for one in schemas}
    for namespace, key in sorted(keys.items(), key=lambda item: item[1]):
        if namespace in known:
            continue
        entry = _main_document(declarations, list(declarations.documents), namespace)
        concrete, abstract = _features(reader, namespace)
        records.append(
            {
                "key": key,
                "namespace": namespace,
                "title": key.split("/")[0],
                "feature_types": concrete,
                "abstract_feature_types": abstract,
            }
            | _document_context(declarations, entry, keys, filled)
        )
    return {"release": "2025.1", "schemas": records}


def _title(schema: Json) -> str:
    uml = schema["uml_schema"]
    name = uml[0][0] if uml else Path(schema["xsd"]).stem
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.replace("_", " "))


def _features(reader: Reader, namespace: str) -> tuple[list[str], list[str]]:
    """Names of concrete and abstract features of an older INSPIRE schema."""
    concrete: list[str] = []
    abstract: list[str] = []
    if "inspire" not in namespace:
        return concrete, abstract
    for name, element in reader.elements.items():
        space, local = _split(name)
        head: str | None = element.get("for")
        while head is not None and _split(head)[1] != "AbstractFeature":
            head = reader.elements[head].get("for")
        if space == namespace and head is not None:
            (abstract if element.get("abstract") else concrete).append(local)
    return sorted(concrete), sorted(abstract)


def _document_context(
    declarations: Declarations, entry: str, keys: dict[str, str], filled: set[str]
) -> Json:
    """Location, prefixes and locations for documents of the schema with entry ``entry``."""
    documents = declarations.documents
    paths = closure(documents, entry, lambda one: one.includes + one.imports)
    own = documents[entry].namespace
    namespaces = list(dict.fromkeys(documents[path].namespace for path in paths))
    namespaces = [one for one in namespaces if one == own or one in filled]
    locations = {own: official(entry)}
    for namespace in namespaces:
        if namespace != own:
            locations[namespace] = official(_main_document(declarations, paths, namespace))
    locations[XLINK] = "http://www.w3.org/1999/xlink.xsd"
    locations[WFS] = WFS_LOCATION
    prefixes = _prefixes(documents[entry], namespaces, keys)
    return {
        "location": locations[own],
        "imports": namespaces,
        "prefixes": prefixes | {XLINK: "xlink", WFS: "wfs", XSI: "xsi"},
        "locations": locations,
    }


def official(path: str) -> str:
    """The address to write: INSPIRE's is https, the others' schemas import each other by http."""
    return ("https://" if path.startswith("inspire.ec.europa.eu") else "http://") + path


def _main_document(declarations: Declarations, paths: list[str], namespace: str) -> str:
    """Of a namespace's documents among ``paths``, the one that includes most, nearest first."""
    documents = declarations.documents
    candidates = [path for path in paths if documents[path].namespace == namespace]
    return max(
        candidates,
        key=lambda path: (
            len(closure(documents, path, lambda one: one.includes)),
            -candidates.index(path),
        ),
    )


def _prefixes(entry: Document, namespaces: list[str], keys: dict[str, str]) -> dict[str, str]:
    """A prefix for every namespace, none twice. The schema's own and its direct imports keep
    their plain prefix; a second version of the same schema gets its digits (``base33``).
    """
    direct = set(entry.root.nsmap.values())
    ordered = sorted(
        namespaces, key=lambda one: (one != entry.namespace, one not in direct, keys[one])
    )
    result: dict[str, str] = {}
    for namespace in ordered:
        prefix, version = keys[namespace].split("/")
        if prefix in result.values():
            prefix += version.replace(".", "")
        result[namespace] = prefix
    return {namespace: result[namespace] for namespace in namespaces}


if __name__ == "__main__":
    main()
