"""The writing side of a broker: batches, tenants, single attributes (§6.14 to §6.17)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from commonplace.errors import MalformedAnswer, SourceError
from commonplace.http import Client, Response
from commonplace.ngsi.context import link_header

PREFIX: Final = "/ngsi-ld/v1"
LD_JSON: Final = "application/ld+json"
JSON: Final = "application/json"
TENANT: Final = "NGSILD-Tenant"
REFUSED: Final = frozenset({400, 409, 413, 422})
NO_TENANT: Final = "NonexistentTenant"
NOT_FOUND: Final = "ResourceNotFound"
ASKED_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the broker did not take an entity. ``status`` is None where it does not say."""

    entity: str
    reason: str
    kind: str = ""
    status: int | None = None

    @property
    def lasting(self) -> bool:
        """Whether another try can't help."""
        return self.status is not None and 400 <= self.status < 500 and self.status != 429


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch. ``whole`` is why it was refused altogether."""

    created: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    whole: Refused | None = None


@dataclass(frozen=True, slots=True)
class Broker:
    """One broker (and tenant) that is written to."""

    url: str
    client: Client
    tenant: str | None = None
    base: str = field(init=False)

    def __post_init__(self) -> None:
        bare = self.url.rstrip("/")
        base = bare if bare.endswith(PREFIX) else bare + PREFIX
        object.__setattr__(self, "base", base)

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        return {**more, **({TENANT: self.tenant} if self.tenant else {})}

    def require_tenant(self) -> None:
        """Make sure that the tenant is there: writing to it would create it.

        Raises
        ------
        SourceError
        """
        if not self.tenant:
            return
        headers = self._headers({"Accept": JSON})
        answer = self.client.get(f"{self.base}/types", headers=headers, allowed=(404,))
        if answer.status == 404 and NO_TENANT in answer.body.decode(errors="replace"):
            raise SourceError(
                f"the broker has no tenant {self.tenant!r}",
                hint="check its name, or create it on purpose: --create-tenant",
            )

    def upsert(self, ids: Sequence[str], body: bytes) -> Outcome:
        """Create entities, or update the attributes that the batch has and no others."""
        url = f"{self.base}/entityOperations/upsert"
        answer = self._sent(url, body, LD_JSON, (("options", "update"),))
        return _outcome(answer, ids)

    def delete(self, ids: Sequence[str]) -> Outcome:
        """Delete entities."""
        url = f"{self.base}/entityOperations/delete"
        return _outcome(self._sent(url, json.dumps(list(ids)).encode(), JSON, ()), ids)

    def _sent(
        self, url: str, body: bytes, kind: str, parameters: Sequence[tuple[str, str]]
    ) -> Response:
        headers = self._headers({"Content-Type": kind, "Accept": JSON})
        return self.client.send("POST", url, body, parameters, headers=headers, allowed=REFUSED)

    def attributes(
        self, entities: Sequence[tuple[str, str]], context: str | None
    ) -> dict[str, list[str]]:
        """Names of the attributes that entities, given by id and type, have now.

        Ids alone are "too wide" a query for some brokers (§5.7.2.4).

        Raises
        ------
        MalformedAnswer
            The broker answers with no list.
        """
        link = {} if context is None else {"Link": link_header(context)}
        headers = self._headers({"Accept": JSON, **link})
        found: dict[str, list[str]] = {}
        for start in range(0, len(entities), ASKED_AT_ONCE):
            some = entities[start : start + ASKED_AT_ONCE]
            asked = [{"id": name, "type": kind} for name, kind in some]
            query = {"type": "Query", "entities": asked}
            answer = self.client.send(
                "POST",
                f"{self.base}/entityOperations/query",
                json.dumps(query).encode(),
                (("limit", str(len(some))), ("local", "true")),
                headers={**headers, "Content-Type": JSON},
                query=True,
            )
            listed = answer.json()
            if not isinstance(listed, list):
                raise MalformedAnswer("the broker answered a query with no list of entities")
            found.update({str(one.get("id")): list(one) for one in listed})
        return found

    def delete_attribute(self, entity: str, name: str, context: str | None) -> bool:
        """Delete one attribute; False where it was not there."""
        link = {} if context is None else {"Link": link_header(context)}
        url = f"{self.base}/entities/{quote(entity, safe=':')}/attrs/{quote(name, safe='')}"
        answer = self.client.send("DELETE", url, headers=self._headers(link), allowed=(404,))
        return answer.status != 404


def _outcome(answer: Response, ids: Sequence[str]) -> Outcome:
    """What an answer to a batch says, entity by entity."""
    if answer.status in REFUSED:
        return Outcome(whole=_refused(ids[0] if ids else "", _json(answer), answer.status))
    if answer.status == 201:
        listed = _json(answer)
        created = dict.fromkeys(map(str, listed)) if isinstance(listed, list) else {}
        return Outcome(tuple(created), tuple(one for one in ids if one not in created))
    if answer.status != 207:
        return Outcome(done=tuple(ids))
    told = _json(answer)
    if not isinstance(told, dict):
        raise MalformedAnswer("the broker's answer 207 does not say what became of the entities")
    errors = told.get("errors") or []
    refused = tuple(_refused(_name(one), one.get("error"), None) for one in errors)
    lost = {one.entity for one in refused}
    return Outcome(done=tuple(one for one in ids if one not in lost), refused=refused)


def _name(error: Mapping[str, Any]) -> str:
    found = error.get("entityId") or error.get("id") or ""
    return str(found[0] if isinstance(found, list) and found else found)


def _refused(entity: str, error: Any, status: int | None) -> Refused:
    if not isinstance(error, Mapping):
        return Refused(entity, str(error or "refused"), status=status)
    stated = error.get("status", status)
    texts = [str(error[one]) for one in ("title", "detail") if error.get(one)]
    kind = str(error.get("type", "")).rpartition("/")[2]
    number = int(stated) if str(stated).isdigit() else status
    return Refused(entity, ": ".join(texts) or "refused", kind, number)


def _json(answer: Response) -> Any:
    try:
        return json.loads(answer.body)
    except ValueError:
        return None
