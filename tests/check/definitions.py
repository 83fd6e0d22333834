"""How definitions of external methods are damaged: a term more or less, another origin, another call."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from eftheory.methods import Definition
from eftheory.methods.recorded import Call, Program

PLACES = ("step", "observe", "measure")
COMMON = "common minimiser"
Draft = dict[str, Any]  # a definition whose parts can be changed
Terms = dict[str, Fraction]


def thaw(it: Definition) -> Draft:
    """A copy to be changed."""
    draft: Draft = {key: list(getattr(it, key)) for key in ("server_state", "agent_state", "hypotheses")}
    draft |= {"name": it.name, "weights": dict(it.weights)}
    for place in PLACES:
        program: Program = getattr(it, place)
        draft[place] = {
            "calls": [[call.call, dict(call.of)] for call in program.calls],
            "agents": {name: dict(terms) for name, terms in program.agents.items()},
            "server": {name: dict(terms) for name, terms in program.server.items()},
        }
    return draft


def freeze(draft: Draft) -> Definition:
    """The definition; ValueError where the reader would refuse it."""
    programs = {
        place: Program(
            tuple(Call(kind, of) for kind, of in draft[place]["calls"]), draft[place]["agents"], draft[place]["server"]
        )
        for place in PLACES
    }
    lists = {key: tuple(draft[key]) for key in ("server_state", "agent_state", "hypotheses")}
    return Definition(name=draft["name"], weights=draft["weights"], **programs, **lists)


def change_definition(rng: random.Random, it: Definition) -> Definition:
    """A changed copy; ValueError where the reader would refuse it."""
    draft = thaw(it)
    try:
        rng.choice(CHANGES)(rng, draft)
    except LookupError:
        raise ValueError("there is nothing to change in this way") from None
    return freeze(draft)


def little(rng: random.Random) -> Fraction:
    """A number that is small, mostly."""
    return rng.choice((-1, 1)) * (Fraction(1, 2 ** rng.randrange(1, 24)) if rng.random() < 0.8 else Fraction(1))


def combinations(program: dict[str, Any]) -> Iterator[tuple[Terms, int]]:
    """All combinations of a program, each with the number of calls whose answers it may use."""
    for k, (_, of) in enumerate(program["calls"]):
        yield of, k
    for part in ("agents", "server"):
        for terms in program[part].values():
            yield terms, len(program["calls"])


def pick(rng: random.Random, draft: Draft) -> tuple[Terms, list[str]]:
    """One combination, and the names it may use."""
    program = draft[rng.choice(PLACES)]
    terms, calls = rng.choice(list(combinations(program)))
    names = draft["server_state"] + draft["agent_state"] + ["x*"] * (COMMON in draft["hypotheses"])
    return terms, names + [f"{kind} {k}" for k, (kind, _) in enumerate(program["calls"][:calls])]


def nudge_coefficient(rng: random.Random, draft: Draft) -> None:
    terms, _ = pick(rng, draft)
    terms[rng.choice(list(terms))] *= 1 + little(rng)


def add_term(rng: random.Random, draft: Draft) -> None:
    terms, names = pick(rng, draft)
    name = rng.choice(names)
    terms[name] = terms.get(name, Fraction(0)) + little(rng)


def drop_term(rng: random.Random, draft: Draft) -> None:
    terms, _ = pick(rng, draft)
    del terms[rng.choice(list(terms))]


def decay(rng: random.Random, draft: Draft) -> None:
    """x+ loses a share of x, as with weight decay; now and then of another vector."""
    part = draft["step"]["server" if rng.random() < 0.8 else "agents"]
    name = rng.choice(list(part))
    part[name][name] = part[name].get(name, Fraction(0)) - abs(little(rng))


def anchor(rng: random.Random, draft: Draft) -> None:
    """One vector of the server is pulled to another, which may be new, or to x*."""
    step = draft["step"]["server"]
    name, weight = rng.choice(draft["server_state"]), abs(little(rng))
    target = rng.choice([*draft["server_state"], "x*", "w"])
    if target == "w" and target not in draft["server_state"]:
        draft["server_state"].append("w")
        step["w"] = {"w": rng.choice((Fraction(1, 2), Fraction(0), Fraction(1)))}
        for place in rng.choice(((), ("observe",), ("observe", "measure"))):
            draft[place]["server"]["w"] = {"w": Fraction(1)}
            if place == "measure":
                draft["weights"]["w"] = Fraction(1)
    step[name][name] = step[name].get(name, Fraction(0)) - weight
    step[name][target] = step[name].get(target, Fraction(0)) + weight


def change_origin(rng: random.Random, draft: Draft) -> None:
    """x - x* becomes x, or x becomes x - x*, in one combination."""
    terms, _ = pick(rng, draft)
    if "x*" in terms:
        del terms["x*"]
        return
    moved = [name for name in terms if name in draft["server_state"]]
    terms["x*"] = -terms[rng.choice(moved or list(terms))]


def move(rng: random.Random, draft: Draft) -> None:
    """A coordinate, a term of the measure or what is sent or asked about moves with x* by another factor."""
    terms, _ = pick(rng, draft)
    terms["x*"] = terms.get("x*", Fraction(0)) + little(rng)


def change_weight(rng: random.Random, draft: Draft) -> None:
    name = rng.choice(list(draft["weights"]))
    draft["weights"][name] *= 1 + little(rng) / 2 if rng.random() < 0.7 else abs(little(rng))


def swap_calls(rng: random.Random, draft: Draft) -> None:
    calls = draft["step"]["calls"]
    if len(calls) > 1:
        i, j = rng.sample(range(len(calls)), 2)
        calls[i], calls[j] = calls[j], calls[i]


def insert_call(program: dict[str, Any], place: int, kind: str, of: Terms) -> str:
    """A call more at a place; later answers are renumbered. Returns the name of the new answer."""

    def later(match: re.Match[str]) -> str:
        number = int(match[2])
        return f"{match[1]} {number + (number >= place)}"

    for terms, _ in list(combinations(program)):
        renamed = {re.sub(r"^(gradient|mean|compress) (\d+)$", later, name): value for name, value in terms.items()}
        terms.clear()
        terms |= renamed
    program["calls"].insert(place, [kind, of])
    return f"{kind} {place}"


def add_compression(rng: random.Random, draft: Draft) -> None:
    """Something is compressed besides, and used a little or not at all."""
    step = draft["step"]
    names = draft["agent_state"] + [f"{kind} {k}" for k, (kind, _) in enumerate(step["calls"]) if kind != "mean"]
    of = {rng.choice(names): Fraction(1)}
    answer = insert_call(step, len(step["calls"]), "compress", of)
    if step["agents"] and rng.random() < 0.8:
        terms = rng.choice(list(step["agents"].values()))
        terms[answer] = little(rng) / 2


def double_call(rng: random.Random, draft: Draft) -> None:
    """One question is asked twice, and the mean of the answers used."""
    step = draft["step"]
    if not step["calls"]:
        return
    k = rng.randrange(len(step["calls"]))
    kind, of = step["calls"][k]
    second, first = insert_call(step, k + 1, kind, dict(of)), f"{kind} {k}"
    share = rng.choice((Fraction(1, 2), Fraction(1, 2), Fraction(1), Fraction(-1, 2), Fraction(2), little(rng)))
    for terms, _ in combinations(step):
        if first in terms:
            terms[first], terms[second] = terms[first] * (1 - share), terms[first] * share


def toggle_hypothesis(rng: random.Random, draft: Draft) -> None:
    """The common minimiser is granted or withdrawn, with what speaks of it or without."""
    if COMMON not in draft["hypotheses"]:
        draft["hypotheses"].append(COMMON)
        return
    draft["hypotheses"].remove(COMMON)
    if rng.random() < 0.8:
        for place in PLACES:
            for terms, _ in combinations(draft[place]):
                terms.pop("x*", None)


def change_kind(rng: random.Random, draft: Draft) -> None:
    """A result of the server becomes one of the agents, or the reverse, its vectors asked for or averaged."""
    program = draft[rng.choice(PLACES)]
    source, target = rng.sample(("agents", "server"), 2)
    if not program[source]:
        return
    name = rng.choice(list(program[source]))
    terms = program[source].pop(name)
    if source == "agents" and rng.random() < 0.8:
        terms = {insert_call(program, len(program["calls"]), "mean", terms): Fraction(1)}
    elif source == "server" and rng.random() < 0.8:
        agents = [each for each in draft["agent_state"] if rng.random() < 0.8]
        answers = [f"{kind} {k}" for k, (kind, _) in enumerate(program["calls"]) if kind == "gradient"]
        for each in (agents or answers)[:1]:
            terms[each] = terms.get(each, Fraction(0)) + little(rng)
    program[target][name] = terms


def mix_coordinates(rng: random.Random, draft: Draft) -> None:
    """To one coordinate some of another is added."""
    part = draft["observe"][rng.choice(("agents", "server"))]
    if part:
        target, source = rng.choice(list(part)), rng.choice(list(part))
        factor = little(rng)
        for name, value in dict(part[source]).items():
            part[target][name] = part[target].get(name, Fraction(0)) + factor * value


CHANGES: tuple[Callable[[random.Random, Draft], None], ...] = (
    nudge_coefficient, nudge_coefficient, nudge_coefficient, add_term, add_term, add_term, drop_term, decay, decay,
    anchor, anchor, change_origin, change_origin, move, move, change_weight, swap_calls, add_compression, double_call,
    toggle_hypothesis, change_kind, mix_coordinates,
)  # fmt: skip


def scale_coordinate(rng: random.Random, it: Definition) -> tuple[Definition, str, Fraction]:
    """The definition with one coordinate multiplied by a number; V can be rewritten along."""
    draft = thaw(it)
    part = rng.choice([draft["observe"][kind] for kind in ("agents", "server") if draft["observe"][kind]])
    name, factor = rng.choice(list(part)), 1 + little(rng) / 2
    part[name] = {symbol: factor * value for symbol, value in part[name].items()}
    return freeze(draft), name, factor


def renamed(it: Definition, name: str) -> Definition:
    """The same under another name."""
    return replace(it, name=name)
