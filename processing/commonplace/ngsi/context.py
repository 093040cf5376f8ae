"""``@context`` documents without the network: terms to IRIs and back (JSON-LD 1.1, §4.4).

Contexts are resolved from a bundled table only, made by ``tools/build_contexts.py``: the
core contexts and those of Smart Data Models, pinned by hash. A URL that is not in the table
is never fetched: it is named in :attr:`Context.unknown`, and the caller tells or refuses.
Terms that no context defines expand into the default context, as brokers do (§4.4).
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

CORE: Final = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld"
CORE_PREFIX: Final = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context"
DEFAULT: Final = "https://uri.etsi.org/ngsi-ld/default-context/"
RELATION: Final = "http://www.w3.org/ns/json-ld#context"
BUNDLE: Final = "contexts.json.xz"


@dataclass(frozen=True, slots=True)
class Document:
    """One bundled context. ``sha256`` is that of the document it was made from."""

    url: str
    sha256: str
    terms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Context:
    """Terms of one or more contexts, the core context's above all others (§5.5.7).

    ``unknown`` are URLs that are not bundled: their terms are missing here.
    ``redefined`` are core terms that another context tried to define otherwise.
    """

    terms: Mapping[str, str]
    urls: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    redefined: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, repr=False)

    def expand(self, name: str) -> str:
        """The IRI of a name: of a term, a prefixed name, or an IRI as it is."""
        found = self.terms.get(name)
        if found is not None:
            return found
        prefix, colon, rest = name.partition(":")
        if not colon:
            return DEFAULT + name
        return self.terms[prefix] + rest if prefix in self.terms else name

    def compact(self, iri: str) -> str:
        """The shortest name of an IRI: a term, else the IRI; the default context falls away."""
        return self.names.get(iri) or iri.removeprefix(DEFAULT)

    def defines(self, name: str) -> bool:
        """Whether a name means something beyond this broker: not of the default context."""
        return not self.expand(name).startswith(DEFAULT)


@cache
def bundle() -> Mapping[str, Document]:
    """All bundled contexts by URL, other addresses of the same document included."""
    packed = files(__package__).joinpath(BUNDLE).read_bytes()
    known: dict[str, Document] = {}
    for one in json.loads(lzma.decompress(packed)):
        terms = MappingProxyType(one["terms"])
        for url in one["urls"]:
            known[url] = Document(url, one["sha256"], terms)
    return MappingProxyType(known)


@cache
def core() -> Document:
    """The core context, v1.9."""
    return bundle()[CORE]


def is_core(url: str) -> bool:
    """Whether a URL names a core context of any version."""
    return url.startswith(CORE_PREFIX)


def resolve(stated: Any) -> Context:
    """The context that an ``@context`` states: a URL, an object, or a list of those.

    The core context is added, last and therefore strongest, whether stated or not.
    """
    terms: dict[str, str] = {}
    urls: list[str] = []
    unknown: list[str] = []
    protected = core().terms
    redefined: list[str] = []
    for one in _listed(stated):
        if isinstance(one, str):
            urls.append(one)
            document = bundle().get(one)
            if document is None and not is_core(one):
                unknown.append(one)
            found = {} if document is None else document.terms
        else:
            found = defined_terms(one, terms)
        if not (isinstance(one, str) and is_core(one)):
            redefined.extend(
                name for name, iri in found.items() if name in protected and protected[name] != iri
            )
        terms.update(found)
    terms.update(protected)
    unique = tuple(dict.fromkeys(redefined))
    return Context(terms, tuple(urls), tuple(dict.fromkeys(unknown)), unique, _names(terms))


def _names(terms: Mapping[str, str]) -> dict[str, str]:
    """Terms by IRI: the shortest, of those the first in the alphabet."""
    names: dict[str, str] = {}
    for term in sorted(terms, key=lambda one: (len(one), one)):
        names.setdefault(terms[term], term)
    return names


def _listed(stated: Any) -> list[str | Mapping[str, Any]]:
    if stated is None:
        return []
    found = stated if isinstance(stated, list) else [stated]
    return [one for one in found if isinstance(one, (str, Mapping))]


def defined_terms(context: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, str]:
    """Terms of a context object as IRIs; scoped contexts inside a term are left out.

    Parameters
    ----------
    known
        Terms of the contexts before it, whose prefixes it may use.
    """
    stated: dict[str, str] = {}
    for name, one in context.items():
        iri = one.get("@id") if isinstance(one, Mapping) else one
        if not name.startswith("@") and isinstance(iri, str):
            stated[name] = iri
    vocabulary = context.get("@vocab")
    expanded: dict[str, str] = {}
    for name, iri in stated.items():
        if iri.startswith("@"):
            continue
        expanded[name] = _expanded(iri, {**known, **stated})
    if isinstance(vocabulary, str):
        for name, one in context.items():
            if isinstance(one, Mapping) and "@id" not in one and not name.startswith("@"):
                expanded[name] = vocabulary + name
    return expanded


def _expanded(iri: str, terms: Mapping[str, str]) -> str:
    """An IRI written with prefixes; a prefix may itself be written with another."""
    for _ in range(8):
        prefix, colon, rest = iri.partition(":")
        if not colon or rest.startswith("//") or prefix not in terms or terms[prefix] == iri:
            return iri
        iri = terms[prefix] + rest
    return iri


def link_header(url: str) -> str:
    """The ``Link`` header that names a context for a plain JSON body (§6.3.5)."""
    return f'<{url}>; rel="{RELATION}"; type="application/ld+json"'
