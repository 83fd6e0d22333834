"""A theorem from the upper bound of a certificate: another kernel for it, and a lesson.

The statement is written by a world of its own, from the one definition of the method; from the certificate it takes V,
the rate, c and C. Multipliers and squares are the proof, which the kernel accepts or not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from eftheory.assumptions.validation import constants, require
from eftheory.certificates.certificate import Certificate, Row, Upper
from eftheory.certificates.document import CertificateError
from eftheory.claims import CLASS_BOUND, DRIFT, LOWER, Claim, Setting
from eftheory.methods.method import Observation
from eftheory.methods.template import Template
from eftheory.methods.world import MissingVerbError
from eftheory.numbers import about, decimal_down, decimal_up, digits_for, scientific_up, shown
from eftheory.proofkit.certified.certificate_lesson import HYPOTHESES, PROOF, give_example, names_of_vectors, script
from eftheory.proofkit.certified.mean_facts import CONSTANTS
from eftheory.proofkit.certified.method_facts import Known
from eftheory.proofkit.certified.moments import Use
from eftheory.proofkit.certified.one_step import take_step
from eftheory.proofkit.certified.over_time import OverTime
from eftheory.proofkit.certified.squares import Found, squares_with_noise
from eftheory.proofkit.kernel.expression import (
    Inner,
    Mean,
    Node,
    Number,
    Product,
    Relation,
    Sum,
    expectation,
    inner,
    square,
    wrap,
)
from eftheory.proofkit.kernel.substitution import is_indexed, is_random, parts
from eftheory.proofkit.lessons.lesson import Script
from eftheory.proofkit.theorem import Theorem
from eftheory.proofkit.tidy import tidy
from eftheory.reading import read_certificate
from eftheory.wording.coordinate import Coordinate, coordinates


@dataclass(frozen=True)
class Told:
    """A theorem and the names that its lesson uses.

    Attributes:
        theorem: the statement, with a proof to be checked.
        script: for ``tell``.
    """

    theorem: Theorem
    script: Script


def read_theorem(path: Path) -> Told:
    """The theorem of a certificate file, named after it.

    Raises:
        CertificateError: it is no certificate.
        ValueError: it is of a kind that does not become a theorem.
    """
    try:
        return from_certificate(read_certificate(path), slug_of(path))
    except CertificateError as error:
        raise CertificateError(f"{str(path)!r} is not a certificate: {error}") from None
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def slug_of(path: Path) -> str:
    """The name of a file as that of a theorem.

    >>> slug_of(Path("reports/ef21-n1-kappa10-alpha3_4.cert.json"))
    'ef21_n1_kappa10_alpha3_4'
    """
    name = path.name.removesuffix(".json").removesuffix(".cert")
    slug = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    return slug if slug[:1].isalpha() else f"certificate_{slug}".rstrip("_")


def from_certificate(certificate: Certificate, slug: str) -> Told:
    """The theorem that the upper bound of a certificate proves, if the kernel agrees.

    Raises:
        ValueError: there is no upper bound, it is misshapen, or its agents are of a kind that is not supported.
    """
    require(certificate.upper is not None, "it holds no upper bound, and only that becomes a theorem")
    assert certificate.upper is not None
    try:
        return _Writer(certificate.setting, certificate.upper, slug, _below(certificate)).write()
    except MissingVerbError as error:
        raise ValueError(f"{error}, so that no lesson can be made of it; eftheory show explains it") from None


def _below(certificate: Certificate) -> list[Claim]:
    """The bounds from below that it holds."""
    kinds = {LOWER: certificate.lower, CLASS_BOUND: certificate.class_bound, DRIFT: certificate.drift}
    there = {kind: evidence for kind, evidence in kinds.items() if evidence is not None}
    templates = {kind: Template.parse(getattr(evidence, "template", "")) for kind, evidence in there.items()}
    return [Claim(certificate.setting, kind, evidence.rate, templates[kind]) for kind, evidence in there.items()]


class _Writer:
    """Writes statement and proof.

    Args:
        setting: of the certificate.
        upper: its evidence.
        slug: of the theorem.
        below: what is claimed beside it.
    """

    def __init__(self, setting: Setting, upper: Upper, slug: str, below: Sequence[Claim]) -> None:
        self.setting, self.upper, self.below = setting, upper, below
        self.template = Template.parse(upper.template)
        self.names = self.template.names(setting.method)
        self.initial = upper.initial or {setting.measure_name: upper.C}
        first, *others = take_step(setting, self.template, self.initial)
        self.world = world = first.world
        for each in others:
            world.join(each.world)
        self.before, self.measure, self.moves = first.before, first.measure, first.moves
        self.after = first.after
        self._check_shape()
        self.V, self.V_start = self._lyapunov(first.before), self._lyapunov(first.start)
        ends = [(each.world.chance, self._lyapunov(each.after)) for each in (first, *others)]
        self.V_after: Node = ends[0][1] if not others else Sum(tuple(chance * end for chance, end in ends))
        begun = [_times(factor, node) for factor, node in zip(self.initial.values(), first.initial) if factor]
        self.begun: Node = begun[0] if len(begun) == 1 else Sum((*begun, *[wrap(0)] * (not begun)))
        self.random = is_random(self.V_after)
        self.theorem = Theorem(slug, self._title(), source="own")
        self.averages: dict[str, str] = {}

    def write(self) -> Told:
        theorem, upper = self.theorem, self.upper
        for known in self._known_used():
            theorem.given(known.name, known.relation)
        rate, c, tau, V = wrap(upper.rate), wrap(upper.c), wrap(upper.tau), self.V
        bound = [V if upper.rate == 1 else rate * V]
        if upper.tau:
            bound.append(-(tau * self.measure))
        bound += [_times(factor, square(CONSTANTS[name])) for name, factor in upper.noise.items() if factor]
        V_after = expectation(self.V_after) if self.random else self.V_after
        least = c * self.measure <= V if upper.c else wrap(0) <= V
        ranges = [wrap(0) < tau] if upper.tau else [rate < 1, wrap(0) < c]
        right = bound[0] if len(bound) == 1 else Sum(tuple(bound))
        claims = [V_after <= right, least, self.V_start <= self.begun, *ranges]
        if general := bool(upper.tau or upper.initial):
            noise = {CONSTANTS[name]: factor for name, factor in upper.noise.items() if factor}
            for symbol in noise:
                theorem.parameter(symbol.name)
            squares = {square(symbol): factor for symbol, factor in noise.items()}
            over_time = OverTime(
                theorem, V, self.V_after, self.random, self.measure, upper.rate, upper.tau, squares, self.world.taken
            )
            claims.append(over_time.claim())
        theorem.claim(*claims)
        above, below = ("V is above the measure", "V is below the measure at the start")
        if upper.tau:
            above = "V is not negative"
        if upper.initial:
            below = "V at the start"
        last = [
            self._decrease(claims[0]),
            self._by_squares(above, claims[1], upper.below),
            self._by_squares(below, claims[2], upper.above),
        ]
        titles = ["tau above 0"] if upper.tau else ["rate below 1", "c above 0"]
        last += map(theorem.positive, titles, ranges)
        if general:
            last.append(over_time.prove(last[0], last[1]))
            self.world.example += [(over_time.now, self.V), (over_time.next, self.V_after)]
        theorem.qed(*last)
        for line, steps in ((HYPOTHESES, theorem.givens), (PROOF, theorem.steps)):
            steps[:] = [replace(step, line=line) for step in steps]
        give_example(theorem, self.world, self.moves if general else None)
        names = {"V": self.V, "V_after": self.V_after, "V_start": self.V_start, "measure": self.measure}
        names = names_of_vectors(self.world, self.names.server, self.before.server, self.after.server) | names
        return Told(theorem, script(self.setting, self.upper, self.world, names, self.below))

    def _title(self) -> str:
        """What is claimed, for whom."""
        setting = self.setting
        count = len(setting.agents)
        whom = "one agent" if count == 1 else f"{count} agents"
        if any(self.world.indexed):
            counts = " and ".join(str(agent.count) for agent in setting.agents)
            fixed = any(noise.independent for noise in self.world.moments.noises)  # they average it
            whom = f"{setting.n_agents} agents" if fixed else "any number of agents"
            if count > 1:
                whom = f"agents of {count} types, in shares {', '.join(map(str, self.world.shares))},"
                whom = f"agents of {count} types, {counts} of them," if fixed else whom
        if count <= 2:
            whom += f" with {' and '.join(constants(a.functions).replace('=', ' = ') for a in setting.agents)}"
        if setting.method.compresses:
            whom += f", {constants(setting.compressor).replace('=', ' = ')}"
        step = _short(setting.method.step_size, lambda x: about(x, 8))
        numbers = ", ".join(f"{name} {value}" for name, value in setting.method.parameters.items())
        method = f"{setting.method.title} with step size {step}{' and ' * bool(numbers)}{numbers}"
        chance = " in expectation" * self.random + " up to noise" * any(self.upper.noise.values())
        if self.upper.tau:
            tau = _short(self.upper.tau, lambda tau: decimal_down(tau, max(12, digits_for(tau, 3))))
            said = f"lowers V by at least {tau} measure{chance}, V >= 0{self._begun()}"
        else:
            c = _short(self.upper.c, lambda c: decimal_down(c, max(12, digits_for(c, 3))))
            rate = _short(self.upper.rate, lambda rate: decimal_up(rate, max(12, digits_for(1 - rate, 3))))
            said = f"multiplies V by at most {rate}{chance}, V >= {c} measure{self._begun()}"
        return f"One step of {method} {said}: {whom}"

    def _begun(self) -> str:
        """How large V is at the start."""
        when = " at the start" * bool(self.upper.initial or self.V_start != self.V)
        if not self.upper.initial:
            return f" and{when} V <= {_short(self.upper.C, scientific_up)} measure"
        terms = (f"{_short(factor, _few_digits_up)} ({name})" for name, factor in self.upper.initial.items() if factor)
        return f" and{when} V <= {' + '.join(terms)}"

    def _known_used(self) -> list[Known]:
        """The inequalities that the proof uses, and no others."""
        used = self.upper.multipliers, self.upper.below, self.upper.above
        return [
            known
            for name, entries in self.world.inequalities.items()
            for t, known in enumerate(entries)
            if known is not None and any(rows[name][t] for rows in used if name in rows)
        ]

    def _decrease(self, claim: Relation) -> str:
        """Along every path first, then in expectation."""
        world, upper, theorem = self.world, self.upper, self.theorem
        functions = {name: row for name, row in upper.multipliers.items() if name not in world.chances}
        if not self.random:
            return self._by_squares("one step", claim, functions)
        bound = [*claim.right.terms] if isinstance(claim.right, Sum) else [claim.right]
        needed: list[tuple[Fraction | Node, str]] = []
        for name, chances in world.chances.items():
            for t, multiplier in enumerate(upper.multipliers[name]):
                known = world.inequalities[name][t]
                if multiplier and known is not None:
                    bound.append(_times(known.scale * multiplier, chances[t].excess))
                    needed.append((known.scale * multiplier, self._averaged(known.name, known.relation)))
        using, rest = self._rest(Sum(tuple(bound)) - self.V_after, functions)
        found = squares_with_noise(rest, world, upper.vanishing)
        for use in found.uses:
            bound.append(-1 * use.path)
            theorem.given(use.name, use.relation)
        total = bound[0] if len(bound) == 1 else Sum(tuple(bound))
        theorem.say("First along every path, with all that chance adds still in it; then in expectation.")
        path = self._combine("along every path", self.V_after <= total, using, found)
        mean = theorem.expect("in expectation", expectation(self.V_after) <= expectation(total), path)
        needed += map(self._used, found.uses)
        return theorem.combine("one step", claim, [(1, mean), *needed])

    def _used(self, use: Use) -> tuple[Fraction | Node, str]:
        """An equation that holds in expectation with its multiplier, averaged over agents if it is each agent's own."""
        if not use.relation.left.is_vector:
            return use.multiplier, self._averaged(use.name, use.relation)
        if not is_indexed(use.relation.slack):
            return use.sign * use.multiplier, use.name
        weight = wrap(use.multiplier)
        left, right = (Mean(inner(weight, side)) for side in (use.relation.left, use.relation.right))
        name = f"{use.name}, averaged"
        self.theorem.average(name, left.equals(right), use.name, weight=weight)
        return Fraction(use.sign), name

    def _by_squares(self, name: str, relation: Relation, rows: Mapping[str, Row]) -> str:
        """Right - left is the sum of multiples of hypotheses and of squares."""
        using, rest = self._rest(relation.slack, rows)
        return self._combine(name, relation, using, squares_with_noise(rest, self.world, ()))

    def _rest(self, rest: Node, rows: Mapping[str, Row]) -> tuple[list[tuple[Fraction | Node, str]], Node]:
        """The hypotheses with their multipliers, and what is left once they are taken off."""
        using: list[tuple[Fraction | Node, str]] = []
        for key, row in rows.items():
            for known, multiplier in zip(self.world.inequalities[key], row):
                if known is not None and multiplier:
                    using.append((known.scale * multiplier, self._averaged(known.name, known.relation)))
                    rest = rest - known.scale * multiplier * known.slack
        return using, rest

    def _combine(self, name: str, relation: Relation, using: list[tuple[Fraction | Node, str]], found: Found) -> str:
        if found.balance is not None:
            assert self.world.balance is not None
            title, equation, _ = self.world.balance
            if not any(step.name == title for step in self.theorem.givens):
                self.theorem.given(title, equation)
            using = [*using, (-1 * found.balance, title)]
        return self.theorem.combine(name, relation, using, squares=found.squares, mean_squares=found.mean_squares)

    def _averaged(self, name: str, relation: Relation) -> str:
        """The line that says it; of each agent's own, the mean over agents."""
        if not is_indexed(relation.slack):
            return name
        if name not in self.averages:
            right = relation.right if isinstance(relation.right, Number) else Mean(relation.right)
            averaged = Relation(Mean(relation.left), relation.sign, right)
            self.averages[name] = self.theorem.average(f"{name}, averaged", averaged, name)
        return self.averages[name]

    def _check_shape(self) -> None:
        upper, known, types = self.upper, self.world.inequalities, len(self.setting.agents)
        named = upper.multipliers.keys() == known.keys()
        falls = bool(upper.tau) or not upper.initial or upper.rate < 1
        require(falls, f"its rate is {about(upper.rate, 8)}: V shrinks where it is below 1")
        require(named, f"its multipliers are not those of {', '.join(known)}")
        strange = min(upper.noise.keys() - CONSTANTS.keys(), default="")
        require(not strange, f"noise of {strange[:40]!a}: the constants of claims are {', '.join(CONSTANTS)}")
        for rows in (upper.multipliers, upper.below, upper.above):
            for name, row in rows.items():
                require(
                    name in known and len(row) == types, f"multipliers of {name[:40]!a}: one for each type is needed"
                )
        for rows in (upper.below, upper.above):
            require(not any(map(self.world.chances.get, rows)), "only inequalities of functions bound V by the measure")

    def _lyapunov(self, seen: Observation) -> Node:
        """V at a state."""
        types = range(len(self.setting.agents))
        means: dict[str, Node] = dict(zip(self.names.server, (tidy(v.parts[0]) for v in seen.server)))
        known = coordinates(self.setting, Template.parse(self.upper.template))
        own: dict[str, Node] = {}  # products of these are summed over the agents of a type and divided by n
        for name, v in zip(self.names.agents, seen.agents):
            for t in types:
                part = tidy(v.parts[t])
                mean = Coordinate(name, t)
                means[mean] = Mean(part) if self.world.indexed[t] else part
                if self.world.indexed[t]:
                    own[mean.twin] = part
        entries: dict[tuple[str, str], Fraction] = {}
        for block in self.upper.lyapunov:
            for name in block.symbols:
                fits = name in known and known[name].room == known[block.symbols[0]].room
                require(fits, f"{name[:40]!a} is no coordinate of V, or not in this block")
                require((name, name) not in entries, f"{name[:40]!a} occurs in two places of V")
            entries |= {pair: value if pair[0] == pair[1] else 2 * value for pair, value in block.entries().items()}
        terms: list[tuple[Fraction, Node]] = []
        for (a, b), value in entries.items():
            pair, share = (known[a].twin, known[b].twin), self.world.shares[known[a].type or 0]
            if a in own:
                u, v = own[a], own[b]
                if entries.get(pair) != share * value:
                    u, v = (w - means[name] for w, name in zip((u, v), pair))
                terms.append((share * value, Mean(_product(u, v))))
            elif pair[0] not in own or value != share * entries.get(pair, Fraction(0)):
                terms.append((value, _product(means[a], means[b])))
        slacks = [part for parts in seen.slacks for part in parts]
        values = [*seen.values, *slacks]
        require(len(values) == len(self.upper.values), f"V has {len(values)} coefficients of function values")
        terms += zip(self.upper.values, values)
        nodes = [_times(c, node) for c, node in terms if c and not _is_zero(node)]
        require(bool(nodes), "V is zero")
        return nodes[0] if len(nodes) == 1 else Sum(tuple(nodes))


def _few_digits_up(x: Fraction) -> str:
    return decimal_up(x, digits_for(x, 3))


def _times(c: Fraction, node: Node) -> Node:
    """A multiple, with one number before it."""
    if isinstance(node, Product) and isinstance(node.factors[0], Number):
        c, node = c * node.factors[0].value, Product(node.factors[1:])
    return node if c == 1 else Product((Number(c), node))


def _product(u: Node, v: Node) -> Node:
    return square(u) if u == v else inner(u, v)


def _is_zero(node: Node) -> bool:
    """Whether it is a product that is written with a zero: what memory adds at the start."""
    if isinstance(node, Number):
        return not node.value
    return isinstance(node, (Product, Inner, Mean)) and any(map(_is_zero, parts(node)))


def _short(value: Fraction, rounded: Callable[[Fraction], str]) -> str:
    return shown(value, rounded, longest=12)
