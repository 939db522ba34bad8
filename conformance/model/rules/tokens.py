"""Tokens: whoever was given one is let in by it, whatever else is asked for, until its time is over."""

from __future__ import annotations

from typing import Any

from conformance.contract.facets.token import Token
from conformance.contract.message import Request
from conformance.engine.api import Api
from conformance.engine.making import build
from conformance.engine.outcome import Mismatch, expect
from conformance.engine.tokens import issued, tried, wrongly
from conformance.engine.waiting import clock
from conformance.model.rule import Pick, Rule, Step
from conformance.model.world import World

MOST = 4
"""Tokens in a scenario."""

SPARE = 5
"""Seconds of a token's time that are left unused."""

TICK = 1
"""Seconds by which a clock that is told may be behind."""


class Tokens(Rule):
    """Tokens asked for in every way that is to succeed, asked for in vain, used, and kept for a while."""

    name = "token"
    makes = True
    alone = True
    weight = 6

    def usable(self) -> bool:
        """Whether a token is promised to let its holder in."""
        return self.family.token is not None and self.family.promised(f"{self.family.token.subject}/token/opens")

    def _promised(self, claim: str) -> bool:
        return self.family.promised(f"{self._token.subject}/token/{claim}")

    @property
    def _token(self) -> Token:
        assert self.family.token is not None
        return self.family.token

    def _ways(self) -> list[str]:
        return ["", *(f"without {name}" for name in self._token.optional if self._promised(f"without/{name}"))]

    def _wrongs(self) -> list[str]:
        return [f"wrong {name}" for name in self._token.secrets if self._promised(f"wrong/{name}")]

    def choices(self, world: World) -> list[Any]:
        """What to ask for or to try next."""
        tokens = world.facts.get("tokens", {})
        found: list[Any] = [("ask", way, None) for way in self._ways()] if len(tokens) < MOST else []
        found += [("fail", way, None) for way in self._wrongs()] if self._may_fail(world) else []
        found += [("use", "", number) for number in tokens]
        return found + [("wait", "", None)] * self._waits(world)

    def _may_fail(self, world: World) -> bool:
        """Whether a wrong secret may be sent: elsewhere none follows another, since accounts may be locked for that."""
        return not (world.elsewhere and world.facts.get("failed"))

    def _waits(self, world: World) -> bool:
        """Whether a while can pass that leaves every token some of its time."""
        left = [one["left"] for one in world.facts.get("tokens", {}).values()]
        lives = self._token.lifetime is not None and self._promised("lives")
        return lives and "advance_clock" in world.controls and bool(left) and min(left) > 2 * SPARE

    def step(self, world: World, choice: Any, _: Pick, /) -> Step:
        """The request, the use or the while."""
        what, way, number = choice
        tokens = world.facts.get("tokens", {})
        if what == "ask":
            makes = max(tokens, default=0) + 1
            return Step(self.name, what, None, way, makes, f"ask for token {makes} {way}".rstrip())
        words = {"fail": f"ask for a token with a {way}", "use": f"use token {number}", "wait": "wait a while"}
        return Step(self.name, what, number, way, words=words[what])

    def stands(self, world: World, step: Step) -> bool:
        """Whether the token is there, and a while can pass."""
        tokens = world.facts.get("tokens", {})
        if step.what == "fail":
            return self._may_fail(world)
        return self._waits(world) if step.what == "wait" else step.on is None or step.on in tokens

    def play(self, api: Api, world: World, step: Step) -> str:
        """Right requests get tokens, wrong ones none, and each token that was given out lets its holder in."""
        tokens = world.facts.setdefault("tokens", {})
        if step.what in {"ask", "fail"}:
            world.facts["failed"] = step.what == "fail"
        if step.what == "ask":
            asked, reply = clock(api), api.send(self._request(api, step.value))
            access, left = issued(api, self._token, reply), self._lifetime(reply)
            until = asked + left if asked is not None and left else None
            tokens[step.makes] = {"access": access, "left": left, "until": until}
            return str(reply.status)
        if step.what == "fail":
            name = step.value.removeprefix("wrong ")
            place, right = self._token.secrets[name], build(api, self._token.subject)
            reply = api.send(wrongly(right, place))
            api.expect_refusal(reply)
            return str(reply.status)
        if step.what == "wait":
            seconds = min(one["left"] for one in tokens.values()) / 2
            api.control("advance_clock", seconds=seconds)
            world.facts["waited"] = True
            for one in tokens.values():
                one["left"] -= seconds
            return f"{seconds:g} s"
        return "let in" if self._opens(api, step.on, tokens) else "refused, for its time is over"

    def _request(self, api: Api, way: str) -> Request:
        right = build(api, self._token.subject)
        return self._token.optional[way.removeprefix("without ")].without(right) if way else right

    def _lifetime(self, reply: Any) -> float:
        seen = self._token.lifetime.seen(reply) if self._token.lifetime else None
        try:
            return float(seen) if isinstance(seen, int) and not isinstance(seen, bool) else 0.0
        except OverflowError:
            raise Mismatch("a number of seconds that a token lives", f"one of {len(str(seen))} digits") from None

    def _opens(self, api: Api, number: Any, tokens: dict[Any, Any]) -> bool:
        """Whether a token lets its holder in; one whose time has passed meanwhile is forgotten when it does not."""
        reply, until = tried(api, self._token, tokens[number]["access"]), tokens[number]["until"]
        if api.succeeded(reply):
            return True
        now = clock(api)
        over = until is not None and now is not None and now + TICK >= until
        expect(over, f"token {number} to open {self._token.opens}", f"status {reply.status}")
        del tokens[number]
        return False

    def look(self, api: Api, world: World) -> None:
        """Every token that was given out still lets its holder in; after a while, none is left for others to get."""
        tokens = world.facts.get("tokens", {})
        for number in list(tokens):
            self._opens(api, number, tokens)
        if world.facts.get("waited") and tokens:
            api.control("advance_clock", seconds=max(one["left"] for one in tokens.values()) + SPARE)
