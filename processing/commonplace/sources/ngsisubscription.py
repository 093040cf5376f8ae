"""Subscriptions of an NGSI-LD broker (§5.8): made, kept, read, removed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from commonplace.errors import MalformedAnswer
from commonplace.http import Client, Response, fault
from commonplace.report import Severity
from commonplace.sources.ngsiask import JSON, Asked
from commonplace.sources.ngsibroker import UNSUPPORTED
from commonplace.sources.ngsicolumns import members_of
from commonplace.sources.notes import Notebook

PREFIX: Final = "urn:ngsi-ld:Subscription:commonplace:"
TRIGGERS: Final = ("entityCreated", "entityUpdated", "entityDeleted")
ALREADY: Final = 409
GONE: Final = 404


@dataclass(frozen=True, slots=True)
class Changes:
    """What notifications tell, by id: entities as they are now, times of deletion."""

    entities: dict[str, dict[str, Any]] = field(default_factory=dict)
    deleted: dict[str, str] = field(default_factory=dict)

    def changed(self, name: str, entity: dict[str, Any]) -> None:
        self.deleted.pop(name, None)
        self.entities[name] = entity

    def gone(self, name: str, moment: str) -> None:
        self.entities.pop(name, None)
        self.deleted[name] = moment

    def add(self, later: Changes) -> None:
        """Later news of an entity replace earlier ones."""
        for name, entity in later.entities.items():
            self.changed(name, entity)
        for name, moment in later.deleted.items():
            self.gone(name, moment)


class Subscription:
    """One subscription to some types of a broker's entities.

    Its id derives from ``name``, so that what a killed run left behind is replaced.
    """

    def __init__(
        self, asked: Asked, client: Client, notebook: Notebook, types: list[str], name: str
    ) -> None:
        self._asked = asked
        self._client = client
        self._notebook = notebook
        self._types = types
        digest = hashlib.sha256("\n".join([asked.base, *types, name]).encode()).hexdigest()
        self.id = f"{PREFIX}{digest[:16]}"
        self.deletions = True

    def start(self, url: str) -> bool:
        """Subscribe; False when the broker has no subscriptions, which is told.

        Brokers before v1.6 do not know ``notificationTrigger``: without it they tell no
        deletions, and :attr:`deletions` is False.
        """
        for self.deletions in (True, False):
            answer = self._made(url)
            if answer.status == ALREADY:
                self.stop()
                answer = self._made(url)
            if answer.status < 400:
                return True
        self._notebook.note(
            "SUBSCRIPTION_REFUSED",
            Severity.WARNING,
            f"the broker takes no subscription: {fault(answer).message}",
            fix="nothing to do: it is asked for changes from time to time",
        )
        return False

    def _made(self, url: str) -> Response:
        body = json.dumps(self._document(url), ensure_ascii=False).encode()
        headers = {**self._asked.headers, "Content-Type": JSON}
        return self._client.send(
            "POST",
            f"{self._asked.base}/subscriptions",
            body,
            headers=headers,
            allowed=(*UNSUPPORTED, ALREADY),
        )

    def _document(self, url: str) -> dict[str, Any]:
        document: dict[str, Any] = {
            "id": self.id,
            "type": "Subscription",
            "description": "keeps a GeoPackage in step",
            "entities": [{"type": one} for one in self._types],
            "notification": {
                "format": "normalized",
                "endpoint": {"uri": url, "accept": JSON},
            },
        }
        if self.deletions:
            document["notificationTrigger"] = list(TRIGGERS)
        stated = dict(self._asked.pairs)
        for name in ("q", "scopeQ", "lang"):
            if name in stated:
                document[name] = stated[name]
        if "attrs" in stated:
            document["notification"]["attributes"] = stated["attrs"].split(",")
        if "georel" in stated:
            document["geoQ"] = {
                "georel": stated["georel"],
                "geometry": stated["geometry"],
                "coordinates": json.loads(stated["coordinates"]),
                # Without it one broker never notified.
                "geoproperty": stated.get("geoproperty", "location"),
            }
        return document

    def exists(self) -> bool:
        """Whether the broker still knows it; one that restarted may not."""
        answer = self._client.get(
            f"{self._asked.base}/subscriptions/{self.id}",
            headers={**self._asked.headers, "Accept": JSON},
            allowed=UNSUPPORTED,
        )
        return answer.status == 200

    def stop(self) -> None:
        """Unsubscribe. That the broker doesn't know it any more is as good."""
        self._client.send(
            "DELETE",
            f"{self._asked.base}/subscriptions/{self.id}",
            headers=self._asked.headers,
            allowed=(GONE,),
        )


def changes_of(body: bytes, subscription: str) -> Changes | None:
    """What a notification tells; None when it is of another subscription.

    Raises
    ------
    MalformedAnswer
    """
    try:
        told = json.loads(body)
    except ValueError as error:
        raise MalformedAnswer(f"a notification is no JSON: {error}") from error
    if not isinstance(told, Mapping) or told.get("subscriptionId") != subscription:
        return None
    data = told.get("data")
    if isinstance(data, Mapping) and isinstance(data.get("features"), list):
        data = data["features"]
    elif isinstance(data, Mapping):
        data = [data]
    if not isinstance(data, list):
        raise MalformedAnswer("a notification has no data")
    changes = Changes()
    for one in data:
        if not isinstance(one, dict) or not isinstance(one.get("id"), str):
            continue
        moment = members_of(one).get("deletedAt")
        if moment is None:
            changes.changed(one["id"], one)
        else:
            changes.gone(one["id"], str(moment))
    return changes
