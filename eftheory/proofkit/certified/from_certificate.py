"""A theorem from the upper bound of a certificate: another kernel for it, and a lesson.

The statement is written by a world of its own, from the one definition of the method; from the certificate it takes V,
the rate, c and C. Multipliers and squares are the proof, which the kernel accepts or not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.validation import constants, require
from eftheory.certificates.certificate import Certificate, Row, Upper
from eftheory.certificates.document import CertificateError
from eftheory.claims import Setting
from eftheory.methods.method import Observation
from eftheory.methods.template import Template
from eftheory.numbers import about, decimal_down, decimal_up, digits_for, scientific_up, shown
from eftheory.proofkit.certified.certificate_lesson import HYPOTHESES, PROOF, give_example, names_of_vectors, script
from eftheory.proofkit.certified.method_facts import Known
from eftheory.proofkit.certified.method_world import ProofWorld
from eftheory.proofkit.completion import squares_of
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
from eftheory.proofkit.kernel.substitution import is_indexed, parts
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
    newer = "a general bound does not become a lesson yet; eftheory show explains it, eftheory check checks it"
    require(not _is_general(certificate.setting, certificate.upper), newer)
    return _Writer(certificate.setting, certificate.upper, slug).write()


def _is_general(setting: Setting, upper: Upper) -> bool:
    """Whether more is said than a rate and a constant, or of more than exact gradients and contractive messages."""
    said = upper.tau or upper.initial or upper.noise or upper.vanishing or "gradients" in upper.template
    curved = any(isinstance(agent.functions, Smooth) for agent in setting.agents)
    return bool(said or curved or setting.assumptions or setting.measure or setting.compressor.unbiased)


class _Writer:
    """Writes statement and proof.

    Args:
        setting: of the certificate.
        upper: its evidence.
        slug: of the theorem.
    """

    def __init__(self, setting: Setting, upper: Upper, slug: str) -> None:
        self.setting, self.upper = setting, upper
        template, method = Template.parse(upper.template), setting.method
        self.names = template.names(method)
        world = ProofWorld(setting, values=template.values or bool(method.coordinates.values))
        self.world = world
        state = template.unknown_state(method, world)
        self.before = before = template.observe(method, world, *state)
        start = template.observe(method, world, *template.start(method, world, *state))
        self.measure: Node = method.measure(world, *state[template.memory :])
        self.after = after = template.observe(method, world, *template.step(method, world, *state))
        self._check_shape()
        self.V, self.V_after, self.V_start = (self._lyapunov(seen) for seen in (before, after, start))
        self.theorem = Theorem(slug, self._title(), source="own")
        self.averages: dict[str, str] = {}

    def write(self) -> Told:
        theorem, upper = self.theorem, self.upper
        self._hypotheses()
        rate, c, C = wrap(upper.rate), wrap(upper.c), wrap(upper.C)
        V_after = expectation(self.V_after) if self.world.errors else self.V_after
        claims = theorem.claim(
            V_after <= rate * self.V,
            c * self.measure <= self.V,
            self.V_start <= C * self.measure,
            rate < 1,
            wrap(0) < c,
        )
        last = [
            self._decrease(claims[0]),
            self._by_squares("V is above the measure", claims[1], upper.below),
            self._by_squares("V is below the measure at the start", claims[2], upper.above),
            theorem.positive("rate below 1", claims[3]),
            theorem.positive("c above 0", claims[4]),
        ]
        theorem.qed(*last)
        for line, steps in ((HYPOTHESES, theorem.givens), (PROOF, theorem.steps)):
            steps[:] = [replace(step, line=line) for step in steps]
        give_example(theorem, self.world)
        names = {"V": self.V, "V_after": self.V_after, "V_start": self.V_start, "measure": self.measure}
        names = names_of_vectors(self.world, self.names.server, self.before.server, self.after.server) | names
        memory = bool(Template.parse(self.upper.template).memory)
        return Told(theorem, script(self.setting, self.world, names, memory=memory))

    def _title(self) -> str:
        """What is claimed, for whom."""
        setting = self.setting
        count = len(setting.agents)
        whom = "one agent" if count == 1 else f"{count} agents"
        if any(self.world.indexed):
            whom = "any number of agents"
            if count > 1:
                whom = f"agents of {count} types, in shares {', '.join(map(str, self.world.shares))},"
        if count <= 2:
            whom += f" with {' and '.join(constants(a.functions).replace('=', ' = ') for a in setting.agents)}"
        if setting.method.compresses:
            whom += f", alpha = {setting.alpha}"
        c = _short(self.upper.c, lambda c: decimal_down(c, max(12, digits_for(c, 3))))
        C, step = _short(self.upper.C, scientific_up), _short(setting.method.step_size, lambda x: about(x, 8))
        rate = _short(self.upper.rate, lambda rate: decimal_up(rate, max(12, digits_for(1 - rate, 3))))
        bounds = f"V >= {c} measure and{' at the start' * (self.V_start != self.V)} V <= {C} measure"
        return (
            f"One step of {setting.method.title} with step size {step} multiplies V by at "
            f"most {rate}{' in expectation' * bool(self.world.errors)}, {bounds}: {whom}"
        )

    def _hypotheses(self) -> None:
        """State the inequalities that the proof uses as hypotheses, and no others."""
        used = self.upper.multipliers, self.upper.below, self.upper.above
        for name, entries in self.world.inequalities.items():
            for t, known in enumerate(entries):
                if known is not None and any(rows[name][t] for rows in used if name in rows):
                    self.theorem.given(known.name, known.relation)

    def _decrease(self, claim: Relation) -> str:
        """Along every path first, then in expectation."""
        world, upper, theorem = self.world, self.upper, self.theorem
        functions = {name: row for name, row in upper.multipliers.items() if name not in world.errors}
        if not world.errors:
            return self._by_squares("one step", claim, functions)
        bound = [wrap(upper.rate) * self.V]
        contracted: list[tuple[Fraction, str]] = []
        for name, errors in world.errors.items():
            for t, multiplier in enumerate(upper.multipliers[name]):
                known = world.inequalities[name][t]
                if multiplier and known is not None:
                    error, sent = errors[t].square, errors[t].input
                    excess = error - (1 - world.alpha) * sent
                    if is_indexed(excess):
                        excess = Mean(error) - (1 - world.alpha) * Mean(sent)
                    bound.append(known.scale * multiplier * excess if known.scale * multiplier != 1 else excess)
                    contracted.append((known.scale * multiplier, self._averaged(known)))
        total = Sum(tuple(bound))
        theorem.say("First along every path, with what the compressors leave out still in it; then in expectation.")
        path = self._by_squares("along every path", self.V_after <= total, functions)
        mean = theorem.expect("in expectation", expectation(self.V_after) <= expectation(total), path)
        return theorem.combine("one step", claim, [(1, mean), *contracted])

    def _by_squares(self, name: str, relation: Relation, rows: Mapping[str, Row]) -> str:
        """Right - left is the sum of multiples of hypotheses and of squares."""
        using: list[tuple[Fraction, str]] = []
        rest = relation.slack
        for key, row in rows.items():
            for known, multiplier in zip(self.world.inequalities[key], row):
                if known is not None and multiplier:
                    using.append((known.scale * multiplier, self._averaged(known)))
                    rest = rest - known.scale * multiplier * known.slack
        squares, mean_squares = squares_of(rest)
        return self.theorem.combine(name, relation, using, squares=squares, mean_squares=mean_squares)

    def _averaged(self, known: Known) -> str:
        """The line that says it; of each agent's own, the mean over agents."""
        if not is_indexed(known.relation.slack):
            return known.name
        if known.name not in self.averages:
            relation = Relation(Mean(known.relation.left), "<=", Mean(known.relation.right))
            self.averages[known.name] = self.theorem.average(f"{known.name}, averaged", relation, known.name)
        return self.averages[known.name]

    def _check_shape(self) -> None:
        upper, known, types = self.upper, self.world.inequalities, len(self.setting.agents)
        named = upper.multipliers.keys() == known.keys()
        require(named, f"its multipliers are not those of {', '.join(known)}")
        for rows in (upper.multipliers, upper.below, upper.above):
            for name, row in rows.items():
                require(
                    name in known and len(row) == types, f"multipliers of {name[:40]!a}: one for each type is needed"
                )
        for rows in (upper.below, upper.above):
            require(not any(map(self.world.errors.get, rows)), "only inequalities of functions bound V by the measure")

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
