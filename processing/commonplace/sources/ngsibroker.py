"""An NGSI-LD broker: its types described, its answers' headers heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa

from commonplace.batch import GEOMETRY, Field, Layer
from commonplace.errors import MalformedAnswer, ServerFault, SourceError
from commonplace.http import Client, Response, fault, shown_url
from commonplace.job import SourceSpec
from commonplace.ngsi import context as contexts
from commonplace.report import Severity
from commonplace.sources.ngsiask import JSON, Asked, Form, Question, asked_of, forms
from commonplace.sources.ngsicolumns import Parsed, parse_entities
from commonplace.sources.ngsipages import Page, linked, parsed
from commonplace.sources.notes import Notebook
from commonplace.sources.rows import unique_names

SAMPLE: Final = 20
UNSUPPORTED: Final = (400, 404, 405, 406, 422, 501)
TOO_LONG: Final = 414


@dataclass(frozen=True, slots=True)
class Listed:
    """A type in the broker's own list: how it is asked for, its attributes."""

    asked: str
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityType:
    """An entity type as described: its layer, how it is asked for, its first entities.

    ``stored`` are the columns' own names by the layer's (those alike but for their case
    differ); ``several`` attributes that have more instances than one.
    """

    layer: Layer
    listed: Listed
    form: Form
    sample: tuple[Mapping[str, Any], ...] = ()
    stored: Mapping[str, str] = field(default_factory=dict)
    several: tuple[str, ...] = ()

    @property
    def renamed(self) -> dict[str, str]:
        return {old: new for new, old in self.stored.items() if old != new}


class Broker:
    """Asks a broker for its types and their entities; describes each type once."""

    def __init__(self, spec: SourceSpec, client: Client, notebook: Notebook, crs: str) -> None:
        self.asked: Asked = asked_of(spec)
        self._spec = spec
        self._client = client
        self._notebook = notebook
        self._crs = crs
        self._types: dict[str, Listed] | None = None
        self._known: dict[str, EntityType] = {}
        self._context = contexts.resolve(spec.context)
        self._posted = False
        self._told_contexts: set[str] = set()
        self._hear_context(spec.context)

    # --- types ---

    def listed(self) -> dict[str, Listed]:
        """Types by layer name."""
        if self._types is None:
            named = self.asked.types
            self._types = {one: Listed(one) for one in named} if named else self._discovered()
        return self._types

    def _discovered(self) -> dict[str, Listed]:
        url = f"{self.asked.base}/types?details=true"
        answer = self.ask(Question(url, JSON), allowed=UNSUPPORTED)
        if answer.status in UNSUPPORTED:
            raise ServerFault(
                f"the broker does not list its types: {fault(answer).message}",
                hint="name a type in the url: …/ngsi-ld/v1/entities?type=Building",
            )
        body = answer.json()
        found: list[tuple[str, tuple[str, ...]]]
        if isinstance(body, dict) and isinstance(body.get("typeList"), list):
            found = [(str(one), ()) for one in body["typeList"]]
        elif isinstance(body, list):
            found = [
                (
                    str(one.get("typeName") or one["id"]),
                    tuple(map(str, one.get("attributeNames", ()))),
                )
                for one in body
                if isinstance(one, dict) and (one.get("typeName") or one.get("id"))
            ]
        else:
            raise MalformedAnswer(f"{shown_url(url)} answered no list of types")
        names = unique_names([self.short(one) for one, _ in found], taken=())
        return {
            name: Listed(asked, attributes)
            for name, (asked, attributes) in zip(names, found, strict=True)
        }

    def short(self, name: str) -> str:
        """An expanded name as the bundled contexts write it; others as they are."""
        if "://" not in name:
            return name
        found = self._context.compact(name)
        if found == name:
            found = bundled_names().get(name, name)
        head, _, companion = name.rpartition("_")
        return f"{self.short(head)}_{companion}" if found == name and "/" in head else found

    def plain(self, name: str) -> Layer:
        """What the list of types itself says."""
        attributes = self.listed()[name].attributes
        geometry = self._spec.ngsi.geometry
        short = [self.short(one) for one in attributes if one != geometry]
        fields = tuple(Field(one, "string") for one in unique_names(["id", "type", *short]))
        return Layer(name=name, fields=fields, geometry_type="Unknown", crs=self._crs)

    def described(self, name: str) -> EntityType:
        """A type with its fields and count; asked for once."""
        if name not in self._known:
            self._known[name] = self._describe(name, self.listed()[name])
        return self._known[name]

    def _describe(self, name: str, listed: Listed) -> EntityType:
        form, page = self._sample(listed.asked)
        made = self.columns(page.entities)
        announced = self._announced(listed)
        found = [one for one in made.batch.schema.names if one != GEOMETRY]
        stored = list(dict.fromkeys(("id", "type", *_in_order(announced, found))))
        names = unique_names([self.short(one) for one in stored])
        kinds = {
            one.name: str(one.type) for one in made.batch.schema if not pa.types.is_null(one.type)
        }
        fields = tuple(
            Field(new, kinds.get(old, "string")) for new, old in zip(names, stored, strict=True)
        )
        layer = Layer(
            name=name,
            fields=fields,
            geometry_type=self._geometry_type(made, listed, page),
            crs=self._crs,
            count=page.total,
        )
        return EntityType(
            layer=layer,
            listed=listed,
            form=form,
            sample=tuple(page.entities),
            stored=dict(zip(names, stored, strict=True)),
            several=tuple(made.further),
        )

    def _announced(self, listed: Listed) -> list[str]:
        """Attributes that will come as columns: of the listed ones those asked for."""
        asked = dict(self.asked.pairs).get("attrs")
        wanted = listed.attributes if asked is None else asked.split(",")
        geometry = self._spec.ngsi.geometry
        return [one for one in listed.attributes if one in wanted and one != geometry]

    def columns(
        self,
        entities: Sequence[Mapping[str, Any]],
        *,
        with_geometry: bool = True,
        renamed: Mapping[str, str] | None = None,
    ) -> Parsed:
        """Entities as columns, in the way this source is asked to read them."""
        return parse_entities(
            entities,
            with_geometry=with_geometry,
            geometry_name=self._spec.ngsi.geometry,
            swap=self._spec.ngsi.swapped,
            renamed=renamed,
        )

    def _geometry_type(self, made: Parsed, listed: Listed, page: Page) -> str | None:
        kinds = (
            {one.geom_type for one in made.shapes if one is not None}
            if made.shapes is not None
            else set()
        )
        if len(kinds) == 1:
            return str(kinds.pop())
        announced = self._spec.ngsi.geometry in listed.attributes or not page.entities
        return "Unknown" if kinds or announced else None

    def _sample(self, asked: str) -> tuple[Form, Page]:
        """The first entities, in the first form that the broker understands."""
        answer: Response | None = None
        for form in forms(self._spec.ngsi.form):
            answer = self.ask(self.question(asked, form, SAMPLE), allowed=(*UNSUPPORTED, TOO_LONG))
            if answer.status == TOO_LONG and not self._posted:
                self._posted = True
                answer = self.ask(self.question(asked, form, SAMPLE), allowed=UNSUPPORTED)
            if answer.status == 200:
                self._hear_context(linked(answer.all_headers("link"), contexts.RELATION))
                return form, parsed(answer)
            if answer.status == 404:
                break
        assert answer is not None
        raise fault(answer)

    # --- asking ---

    def question(self, asked: str, form: Form, size: int) -> Question:
        """The first page of a type, by GET or, where the address grows long, by POST."""
        return self.asked.page(asked, form, size, posted=self._posted)

    def ask(self, question: Question, allowed: Sequence[int] = ()) -> Response:
        """Ask; what the answer's headers warn of is noted."""
        headers = {**self.asked.headers, "Accept": question.media_type}
        if question.body is None:
            answer = self._client.get(question.url, headers=headers, allowed=allowed)
        else:
            headers["Content-Type"] = JSON
            answer = self._client.send(
                "POST", question.url, question.body, headers=headers, allowed=allowed, query=True
            )
        for warning in answer.all_headers("ngsild-warning"):
            self._notebook.note(
                "PARTIAL_RESULT",
                Severity.WARNING,
                "a source behind the broker did not answer: entities may be missing",
                value=warning[:200],
                fix="read again when all sources are up",
            )
        return answer

    def _hear_context(self, url: str | None) -> None:
        """Tell of a context that isn't bundled, or refuse it, as the job says."""
        if url is None or url in self._told_contexts:
            return
        self._told_contexts.add(url)
        if not contexts.resolve(url).unknown:
            return
        if self._spec.ngsi.unknown_context == "refuse":
            raise SourceError(
                f"the @context {shown_url(url)} is not bundled, and the job refuses unknown ones",
                hint="state ngsi.unknown_context: tell, to take the broker's names as they are",
            )
        self._notebook.note(
            "CONTEXT_UNKNOWN",
            Severity.INFO,
            "the @context is not bundled and is not fetched: names are the broker's own",
            value=shown_url(url),
        )

    def undefined(self, name: str) -> list[str]:
        """Attributes of a type that no known context defines: they mean something here only."""
        return [one for one in self.listed()[name].attributes if not self._context.defines(one)]


def bundled_names() -> Mapping[str, str]:
    """Terms of all bundled contexts by IRI."""
    return contexts.resolve(list(contexts.bundle())).names


def _in_order(announced: Sequence[str], found: Sequence[str]) -> list[str]:
    """The announced attributes, each followed by its companions, then whatever else came."""
    ordered: list[str] = []
    for name in announced:
        ordered.append(name)
        ordered.extend(
            one
            for one in found
            if one.startswith(f"{name}_") and one not in announced and one not in ordered
        )
    return [*ordered, *(one for one in found if one not in ordered)]
