"""An authorisation server (RFC 6749 §4.4, §6) and an API behind its tokens, for tests."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote_plus

import httpx

CLIENT = "plan"
SECRET = "c1ient-s3cret/+%"


@dataclass
class Tokens:
    """Issues tokens ``token-number-1`` and so on; only the newest one is good.

    ``in_form`` refuses basic authentication of the client; ``refreshes`` adds refresh
    tokens; ``refuses`` says no to everybody, and repeats the secret when it does.
    """

    lifetime: float | None = 3600
    in_form: bool = False
    refreshes: bool = False
    refuses: bool = False
    refuses_refresh: bool = False
    issued: int = 0
    revoked: bool = False
    grants: list[str] = field(default_factory=list)
    asked: list[httpx.Request] = field(default_factory=list)
    guarded: Callable[[httpx.Request], httpx.Response] | None = None

    @property
    def newest(self) -> str:
        return f"token-number-{self.issued}"

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if request.url.path == "/token":
            return self._token(request)
        if request.headers.get("authorization") != f"Bearer {self.newest}" or self.revoked:
            return httpx.Response(401, json={"title": "no or old token"})
        if self.guarded is not None:
            return self.guarded(request)
        return httpx.Response(200, json={"token": self.issued})

    def _token(self, request: httpx.Request) -> httpx.Response:
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        if self.refuses:
            text = f"{SECRET} is not the secret of {CLIENT}"
            return httpx.Response(400, json={"error": "nope", "error_description": text})
        if not self._known(request, form):
            return httpx.Response(401, json={"error": "invalid_client"})
        grant = form["grant_type"]
        self.grants.append(grant)
        if grant == "refresh_token" and (
            self.refuses_refresh or form["refresh_token"] != f"refresh-{self.issued}"
        ):
            return httpx.Response(400, json={"error": "invalid_grant"})
        self.issued += 1
        self.revoked = False
        body: dict[str, object] = {"access_token": self.newest, "token_type": "Bearer"}
        if self.lifetime is not None:
            body["expires_in"] = self.lifetime
        if self.refreshes:
            body["refresh_token"] = f"refresh-{self.issued}"
        return httpx.Response(200, json=body)

    def _known(self, request: httpx.Request, form: dict[str, str]) -> bool:
        if self.in_form:
            return (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        scheme, _, pair = request.headers.get("authorization", "").partition(" ")
        if scheme != "Basic":
            return False
        user, _, password = base64.b64decode(pair).decode().partition(":")
        return (unquote_plus(user), unquote_plus(password)) == (CLIENT, SECRET)
