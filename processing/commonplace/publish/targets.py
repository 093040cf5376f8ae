"""What a target is: told by its address, and where that isn't enough by what answers there."""

from __future__ import annotations

from typing import Any, Final, Literal

from commonplace.database.session import SCHEMES
from commonplace.errors import MalformedAnswer
from commonplace.http import Client

Kind = Literal["ngsild", "ogcapi", "postgis", "atom"]

KINDS: Final = ("ngsild", "ogcapi", "postgis", "atom")
_RELATIONS: Final = frozenset({"conformance", "data"})


def kind_by_address(target: str) -> Kind | None:
    """A database or a folder; None for what must be asked."""
    scheme, found, _ = target.partition("://")
    if not found:
        return "atom"
    return "postgis" if scheme.lower() in SCHEMES else None


def kind_by_answer(target: str, client: Client) -> Kind:
    """An OGC API says so on its landing page; else it is a broker.

    Raises
    ------
    Unreachable
    """
    answer = client.get(target, headers={"Accept": "application/json"}, allowed=range(400, 600))
    try:
        page: Any = answer.json() if answer.status < 400 else None
    except MalformedAnswer:
        return "ngsild"
    links = page.get("links") if isinstance(page, dict) else None
    relations = {one.get("rel") for one in links or () if isinstance(one, dict)}
    plain = {str(one).rpartition("/")[2] for one in relations}
    return "ogcapi" if plain & _RELATIONS else "ngsild"
