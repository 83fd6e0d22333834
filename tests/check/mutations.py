"""How certificates are damaged: in memory, number by number and part by part, and in their JSON text."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any

from eftheory.assumptions import AgentType, Contractive
from eftheory.certificates import Block, Certificate, Lower
from eftheory.claims import Setting
from eftheory.methods import METHODS, Method, Recorded, Template
from eftheory.recording import record
from eftheory.search.upper import CENTER, search_upper
from eftheory.writing import seal, write_certificate
from tests.check.definitions import change_definition, scale_coordinate
from tests.check.external import SETTINGS, external
from tests.check.fitting import fit, rescaled, turned
from tests.kit.examples import EXAMPLES, example

BOUNDS = ("upper", "lower", "class_bound")
TEMPLATES = ("values", "memory", "memory, values")
Path = tuple[Any, ...]


def places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Fraction]]:
    """The paths to all numbers inside dataclasses, mappings and tuples."""
    if isinstance(value, Fraction):
        yield path, value
        return
    if is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    parts = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, tuple) else ()
    for key, part in parts:
        yield from places(part, (*path, key))


def look(value: Any, path: Path) -> Any:
    """What stands at a path."""
    for key in path:
        value = getattr(value, key) if is_dataclass(value) else value[key]
    return value


def put(value: Any, path: Path, new: Any) -> Any:
    """A copy with something else at a path."""
    if not path:
        return new
    key, rest = path[0], path[1:]
    if is_dataclass(value):
        return replace(value, **{key: put(getattr(value, key), rest, new)})
    if isinstance(value, Mapping):
        return {**value, key: put(value[key], rest, new)}
    return (*value[:key], put(value[key], rest, new), *value[key + 1 :])


def nudge(rng: random.Random, x: Fraction, others: list[Fraction]) -> Fraction:
    """Another number: a little or a lot larger or smaller, a special one, or one from elsewhere."""
    choice = rng.random()
    sign = rng.choice((-1, 1))
    if choice < 0.45:
        return x * (1 + sign * Fraction(1, 2 ** rng.randrange(1, 90)))
    if choice < 0.6:
        return x + sign * Fraction(1, 2 ** rng.randrange(0, 90))
    if choice < 0.7:
        return rng.choice(others)
    if choice < 0.8:
        return rng.choice((Fraction(0), Fraction(1), Fraction(-1), Fraction(1, 2), Fraction(2)))
    if choice < 0.9:
        return x * rng.choice((Fraction(-1), Fraction(2), Fraction(1, 2), Fraction(1000), Fraction(1, 1000)))
    return 1 / x if x else Fraction(1)


EXTERNAL = tuple(f"external/{name}" for name in SETTINGS)


def certificate_of(name: str) -> Certificate:
    """An example, or an external method with room to spare."""
    return external(name.removeprefix("external/")) if name in EXTERNAL else example(name)


class Source:
    """One bound of one example, with its numbers found beforehand."""

    def __init__(self, name: str, bound: str) -> None:
        certificate = certificate_of(name)
        self.name, self.bound, self.setting = name, bound, certificate.setting
        self.evidence = getattr(certificate, bound)
        self.paths = [path for path, _ in places(self.evidence)]
        self.numbers = [value for _, value in places(self.evidence)]
        self.rates = [getattr(certificate, each).rate for each in BOUNDS if getattr(certificate, each)]

    def mutate(self, rng: random.Random, donors: list[Source]) -> tuple[Setting, Any]:
        """A changed copy of setting and evidence; ValueError where the reader would refuse it."""
        setting, evidence = self.setting, self.evidence
        for _ in range(rng.choices((1, 2, 3), (7, 2, 1))[0]):
            kind = rng.random()
            if isinstance(setting.method, Recorded) and rng.random() < 0.6:
                setting, evidence = change_method(rng, setting, evidence)
            elif kind < 0.5:
                evidence = self._number(rng, evidence)
            elif kind < 0.65:
                evidence = replace(evidence, rate=self._rate(rng, evidence.rate))
            elif kind < 0.8:
                setting = change_setting(rng, setting)
            else:
                evidence = self._structure(rng, evidence, donors)
        return setting, evidence

    def _number(self, rng: random.Random, evidence: Any) -> Any:
        path = rng.choice(self.paths)
        try:
            value = look(evidence, path)
        except (LookupError, AttributeError, TypeError):
            return evidence  # an earlier change removed it
        return put(evidence, path, nudge(rng, value, self.numbers)) if isinstance(value, Fraction) else evidence

    def _rate(self, rng: random.Random, rate: Fraction) -> Fraction:
        toward = rng.choice((Fraction(0), Fraction(1), *self.rates))
        share = Fraction(1, 2 ** rng.randrange(0, 60))
        return rng.choice((toward, rate + share * (toward - rate), nudge(rng, rate, self.numbers)))

    def _structure(self, rng: random.Random, evidence: Any, donors: list[Source]) -> Any:
        donor = rng.choice(donors).evidence
        if hasattr(evidence, "template") and rng.random() < 0.1:
            return replace(evidence, template=rng.choice(("", *TEMPLATES, "more")))
        if hasattr(evidence, "below") and rng.random() < 0.1:
            return self._support(rng, evidence)
        if isinstance(evidence, Lower) and rng.random() < 0.1:
            return turned(rng, evidence)
        shared = [field.name for field in fields(evidence) if hasattr(donor, field.name)]
        key = rng.choice(
            [field.name for field in fields(evidence) if getattr(evidence, field.name) not in ("", {}, ())]
        )
        part, choice = getattr(evidence, key), rng.random()
        if choice < 0.2:
            key = rng.choice(shared)
            return replace(evidence, **{key: getattr(donor, key)})
        if choice < 0.3 and type(donor) is type(evidence):
            return donor
        if choice < 0.4:
            return swap_types(evidence)
        if choice < 0.5 and (blocks := getattr(evidence, "lyapunov", None) or getattr(evidence, "gram", None)):
            position = rng.randrange(len(blocks))
            block = rename(rng, blocks[position], blocks)
            if rng.random() < 0.3:
                block = replace(block, rows=(*block.rows[:-1], (*block.rows[-1][:-1], -block.rows[-1][-1])))
            key = "lyapunov" if hasattr(evidence, "lyapunov") else "gram"
            return replace(evidence, **{key: (*blocks[:position], block, *blocks[position + 1 :])})
        return replace(evidence, **{key: shuffle(rng, part)})

    def _support(self, rng: random.Random, evidence: Any) -> Any:
        """One more inequality, of any kind and weight, below or above; often a larger c or a smaller C besides."""
        side, name = rng.choice(("below", "above")), rng.choice([*evidence.multipliers, "interpolation 1 0", "x"])
        size = rng.choice((len(self.setting.agents), 0, 1, 2))
        row = tuple(nudge(rng, rng.choice(self.numbers), self.numbers) for _ in range(size))
        evidence = replace(evidence, **{side: {**getattr(evidence, side), name: row}})
        constant = rng.choice(("c", "C"))
        return put(evidence, (constant,), nudge(rng, getattr(evidence, constant), self.numbers))


def shuffle(rng: random.Random, part: Any) -> Any:
    """A tuple or mapping with something dropped, doubled or exchanged, at some depth."""
    if isinstance(part, Mapping) and part:
        key = rng.choice(list(part))
        choice = rng.random()
        if choice < 0.25:
            return {other: value for other, value in part.items() if other != key}
        if choice < 0.5:
            return {**part, rng.choice(list(part)): part[key]}
        if choice < 0.6:
            return {**part, key + "'": part[key]}
        return {**part, key: shuffle(rng, part[key])}
    if isinstance(part, tuple) and part:
        i, j, choice = rng.randrange(len(part)), rng.randrange(len(part)), rng.random()
        if choice < 0.25:
            return part[:i] + part[i + 1 :]
        if choice < 0.5:
            return (*part, part[i])
        if choice < 0.7:
            copy = list(part)
            copy[i], copy[j] = copy[j], copy[i]
            return tuple(copy)
        return (*part[:i], shuffle(rng, part[i]), *part[i + 1 :])
    if isinstance(part, Block):
        return replace(part, rows=shuffle(rng, part.rows))
    return -part if isinstance(part, Fraction) else part


def rename(rng: random.Random, block: Block, blocks: tuple[Block, ...]) -> Block:
    """A block over other symbols."""
    pool = [symbol for each in blocks for symbol in each.symbols]
    pool += [symbol + "'" for symbol in pool] + ["x", "mean g", "x - x*", "f1[0]", ""]
    position = rng.randrange(len(block.symbols))
    return replace(block, symbols=put(block.symbols, (position,), rng.choice(pool)))


def swap_types(value: Any) -> Any:
    """Types 0 and 1 exchanged by name, and pairs of rows exchanged; alone, or nonsense, or a true symmetry."""
    if isinstance(value, str):
        return re.sub(r"\[([01])\]", lambda match: f"[{1 - int(match[1])}]", value)
    if isinstance(value, Block):
        return replace(value, symbols=tuple(map(swap_types, value.symbols)))
    if isinstance(value, Mapping):
        return {key: row[::-1] if isinstance(row, tuple) else row for key, row in value.items()}
    if isinstance(value, tuple) and value and isinstance(value[0], Block):
        return tuple(map(swap_types, value))
    if is_dataclass(value):
        return replace(
            value, **{field.name: _swap_part(field.name, getattr(value, field.name)) for field in fields(value)}
        )
    return value


def _swap_part(name: str, part: Any) -> Any:
    if name in ("lyapunov", "gram", "multipliers", "agents", "below", "above"):
        return swap_types(part)
    if name == "curvatures":
        return part[::-1]
    return tuple(call[::-1] for call in part) if name == "messages" else part


def change_setting(rng: random.Random, setting: Setting) -> Setting:
    """Another claim: other constants, counts, alpha, step, order or method."""
    agents, alpha, method = list(setting.agents), setting.alpha, setting.method
    numbers = [number for agent in agents for number in (agent.L, agent.mu)] + [alpha, method.step_size]
    position, choice = rng.randrange(len(agents)), rng.random()
    agent = agents[position]
    if choice < 0.2:
        agents[position] = AgentType(nudge(rng, agent.L, numbers), agent.mu, agent.count)
    elif choice < 0.4:
        agents[position] = AgentType(agent.L, nudge(rng, agent.mu, numbers), agent.count)
    elif choice < 0.5:
        agents[position] = AgentType(agent.L, agent.mu, agent.count + rng.choice((-1, 1, 5)))
    elif choice < 0.6:
        agents = agents[::-1] if rng.random() < 0.5 else [*agents, AgentType(agent.L * 2, agent.mu)]
    elif choice < 0.75:
        alpha = nudge(rng, alpha, numbers)
    elif choice < 0.95:
        step = nudge(rng, Fraction(method.step_size), numbers)
        method = _with_step(rng, method, step)
    else:
        method = rng.choice(list(METHODS.values()))(method.step_size)
    return Setting(tuple(agents), Contractive(alpha), method)


def _with_step(rng: random.Random, method: Method, step: Fraction) -> Method:
    if not isinstance(method, Recorded):
        return type(method)(step)
    if method.definition.name in METHODS:
        return Recorded(step, record(METHODS[method.definition.name](step)))
    return Recorded(step, change_definition(rng, method.definition))


def change_method(rng: random.Random, setting: Setting, evidence: Any) -> tuple[Setting, Any]:
    """Another definition of the external method, and evidence that fits its names, mostly."""
    method = setting.method
    if rng.random() < 0.08:
        definition, name, factor = scale_coordinate(rng, method.definition)
        evidence = rescaled(evidence, name, factor)
        return replace(setting, method=Recorded(method.step_size, definition)), evidence
    setting = replace(setting, method=Recorded(method.step_size, change_definition(rng, method.definition)))
    return setting, fit(rng, setting, evidence) if rng.random() < 0.9 else evidence


def searched(rng: random.Random, source: Source) -> tuple[Setting, Any]:
    """Another definition or setting, and the strongest claim about it that a search can get past the checker."""
    setting = source.setting
    for _ in range(rng.choice((1, 1, 2))):
        if rng.random() < 0.8 and isinstance(setting.method, Recorded):
            setting, _ = change_method(rng, setting, None)
        else:
            setting = change_setting(rng, setting)
    template = Template.parse(rng.choice(TEMPLATES) if rng.random() < 0.3 else "")
    try:
        found = search_upper(setting, engine=CENTER, template=template).upper
    except ArithmeticError as error:
        raise ValueError("out of the range of floats") from error
    if found is None:
        raise ValueError("nothing is found")
    return setting, found


@cache
def sources() -> list[Source]:
    """All bounds of all examples, the quick ones more often; those of external methods as often as all others."""
    every = [Source(name, bound) for name in EXAMPLES for bound in BOUNDS if getattr(example(name), bound)]
    known = [source for source in every for _ in range(1 if "two types" in source.name else 4)]
    outside = [Source(name, bound) for name in EXTERNAL for bound in BOUNDS if getattr(certificate_of(name), bound)]
    outside += [source for source in outside if source.bound == "upper"] * 3
    return known + outside * max(1, len(known) // len(outside))


def mutate_text(rng: random.Random, name: str) -> bytes:
    """The file of an example with something inside replaced, dropped or doubled; sealed again, mostly."""
    document = json.loads(_text(name))
    leaves = list(_leaves(document))
    place, key = rng.choice(leaves)
    choice = rng.random()
    if choice < 0.5:
        place[key] = _respell(rng, place[key])
    elif choice < 0.7:
        other, name_of_other = rng.choice(leaves)
        place[key] = deepcopy(other[name_of_other])
    elif choice < 0.8:
        del place[key]
    elif choice < 0.9 and isinstance(place, dict):
        place[_respell(rng, key)] = deepcopy(place[key])
    else:
        place[key] = rng.choice((None, [], {}, [deepcopy(place[key])], {"a": place[key]}, "", "0", True))
    text = json.dumps(seal(document) if rng.random() < 0.95 else document)
    if rng.random() < 0.1:
        position = rng.randrange(len(text))
        text = text[:position] + rng.choice('0123456789"{}[],:-/ ') + text[position + 1 :]
    return text.encode()


@cache
def _text(name: str) -> bytes:
    return write_certificate(certificate_of(name))


def _leaves(value: Any) -> Iterator[tuple[Any, Any]]:
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        if isinstance(value[key], (dict, list)) and value[key]:
            yield from _leaves(value[key])
        yield value, key


def _respell(rng: random.Random, text: Any) -> Any:
    if not isinstance(text, str):
        return str(text)
    if re.fullmatch("-?[0-9]+(/[0-9]+)?", text) and rng.random() < 0.7:
        value = Fraction(text)
        return str(nudge(rng, value, [value + 1]))
    if not text:
        return "0"
    position = rng.randrange(len(text))
    return text[:position] + rng.choice("0123456789-/e.+ '[]１") + text[position + rng.randrange(2) :]
