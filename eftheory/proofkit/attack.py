"""Attack a proof: change it in every small way there is, and see that the kernel notices.

A change that the kernel does not notice is a survivor: an unneeded hypothesis, a step of no use, a claim
that holds with another constant too, or an error of the kernel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase
from fractions import Fraction
from typing import Any

from eftheory.proofkit.kernel import Checker, Library, NotProved
from eftheory.proofkit.kernel.expression import Node, Number, Power, Product, Relation, Symbol, square
from eftheory.proofkit.kernel.normal import normal, normal_vector
from eftheory.proofkit.kernel.parameter import Parameter
from eftheory.proofkit.kernel.reason import Averaged, Combination
from eftheory.proofkit.kernel.sign import same
from eftheory.proofkit.kernel.substitution import parts, rebuild
from eftheory.proofkit.kernel.text import write
from eftheory.proofkit.kernel.theorem import Step, Theorem

FACTORS = {"times 1001/1000": Fraction(1001, 1000), "times -1": Fraction(-1)}


@dataclass(frozen=True)
class Mutant:
    """A theorem with one change.

    Attributes:
        what: was changed, in words.
        theorem: after it.
        first: how many givens and steps are as they were, and need no second check.
    """

    what: str
    theorem: Theorem
    first: int


@dataclass(frozen=True)
class AttackReport:
    """What became of all mutants.

    Attributes:
        total: how many there were.
        survivors: what was changed in those that are PROVED.
        expected: for survivors that the theorem explains, its reason.
        stale: explanations of what does not survive.
    """

    total: int
    survivors: tuple[str, ...]
    expected: Mapping[str, str]
    stale: tuple[str, ...]

    @property
    def unexplained(self) -> tuple[str, ...]:
        """Survivors without a reason; a changed claim needs none: it is proved, so it is true, too."""
        return tuple(what for what in self.survivors if what not in self.expected and not what.startswith("claim "))


def attack(theorem: Theorem, library: Library | None = None) -> AttackReport:
    """Check all mutants of a proved theorem.

    ``theorem.survivors`` says which may be proved, and why: patterns, as of file names, and reasons.

    >>> from eftheory.proofkit import Theorem
    >>> t = Theorem("halves", "Half of a positive number is less")
    >>> x = t.parameter("x", above=0, below=1)
    >>> t.qed(t.positive("less", t.claim(x / 2 < x)))
    >>> attack(t).survivors
    ('the upper bound of x dropped', 'the upper bound of x not strict', 'claim 1: 2 times 1001/1000')
    """
    survivors, total = [], 0
    states = _States(theorem, library or {})
    for mutant in mutants(theorem):
        total += 1
        if states.proves(mutant):
            survivors.append(mutant.what)
    expected, used = {}, set()
    for what in survivors:
        for pattern, reason in theorem.survivors.items():
            if what == pattern or fnmatchcase(what, pattern):
                expected[what] = reason
                used.add(pattern)
    return AttackReport(total, tuple(survivors), expected, tuple(p for p in theorem.survivors if p not in used))


class _States:
    """What the kernel knows before each line of the original, so that mutants are checked from their change on."""

    def __init__(self, theorem: Theorem, library: Library) -> None:
        self.library = library
        checker = Checker(theorem, library)
        self.known: list[tuple[dict[str, Relation], list[Relation], dict[Symbol | str, object]]] = []
        for step in (*theorem.givens, *theorem.steps):
            self.known.append((dict(checker.known), list(checker.signs.facts), dict(checker.sequences.meanings)))
            checker.accept(step)
        checker.conclude()
        self.known.append((dict(checker.known), list(checker.signs.facts), dict(checker.sequences.meanings)))

    def proves(self, mutant: Mutant) -> bool:
        """Whether the kernel accepts it."""
        try:
            checker = Checker(mutant.theorem, self.library)
            known, facts, names = self.known[mutant.first]
            checker.known, checker.sequences.meanings = dict(known), dict(names)
            checker.signs.facts = list(facts)
            for step in (*mutant.theorem.givens, *mutant.theorem.steps)[mutant.first :]:
                checker.accept(step)
            checker.conclude()
        except (NotProved, ZeroDivisionError, ValueError, TypeError):
            return False
        return True


def mutants(theorem: Theorem) -> Iterator[Mutant]:
    """All mutants, one change each; changes that leave the mathematics as it is are left out."""
    yield from _of_ranges(theorem)
    yield from _of_hypotheses(theorem)
    before = len(theorem.givens)
    for j, step in enumerate(theorem.steps):
        steps = [*theorem.steps[:j], *theorem.steps[j + 1 :]]
        yield Mutant(f"step {step.name!r} dropped", _with(theorem, steps=steps), before + j)
        for what, reason in _of_reason(step.reason):
            if _is_flipped(step, reason):
                continue
            changed = [*theorem.steps[:j], replace(step, reason=reason), *theorem.steps[j + 1 :]]
            yield Mutant(f"step {step.name!r}, {what}", _with(theorem, steps=changed), before + j)
    yield from _of_claim(theorem)


def _with(theorem: Theorem, **changes: Any) -> Theorem:
    return replace(theorem, **changes)


def _of_ranges(theorem: Theorem) -> Iterator[Mutant]:
    for j, parameter in enumerate(theorem.parameters):
        for side, closed in (("lower", "lower_closed"), ("upper", "upper_closed")):
            bound = getattr(parameter, side)
            if bound is None:
                continue
            name = f"the {side} bound of {write(parameter.symbol)}"
            changes: dict[str, dict[str, Any]] = {"dropped": {side: None, closed: False}}
            if not getattr(parameter, closed):
                changes["not strict"] = {closed: True}
            for what, change in changes.items():
                ranges: list[Parameter] = list(theorem.parameters)
                ranges[j] = replace(parameter, **change)
                yield Mutant(f"{name} {what}", _with(theorem, parameters=ranges), 0)


def _of_hypotheses(theorem: Theorem) -> Iterator[Mutant]:
    for j, given in enumerate(theorem.givens):
        name = f"hypothesis {given.name!r}"

        def put(*steps: Step, at: int = j) -> Theorem:
            return _with(theorem, givens=[*theorem.givens[:at], *steps, *theorem.givens[at + 1 :]])

        yield Mutant(f"{name} dropped", put(), j)
        if given.relation.sign == "<":
            yield Mutant(f"{name} not strict", put(replace(given, relation=_signed(given.relation, "<="))), j)
        for what, relation in _of_relation(given.relation):
            yield Mutant(f"{name}: {what}", put(replace(given, relation=relation)), j)


def _of_claim(theorem: Theorem) -> Iterator[Mutant]:
    """A claim is changed together with the lines that say it."""
    for j, goal in enumerate(theorem.conclusions):
        changes = list(_of_relation(goal))
        if goal.sign == "<=":
            changes.append(("strict", _signed(goal, "<")))
        for what, relation in changes:
            goals = [*theorem.conclusions[:j], relation, *theorem.conclusions[j + 1 :]]
            steps = [replace(s, relation=relation) if s.relation == goal else s for s in theorem.steps]
            at = next((k for k, s in enumerate(theorem.steps) if s.relation == goal), len(theorem.steps))
            mutant = _with(theorem, conclusions=goals, steps=steps)
            yield Mutant(f"claim {j + 1}: {what}", mutant, len(theorem.givens) + at)


def _signed(relation: Relation, sign: str) -> Relation:
    return Relation(relation.left, sign, relation.right)


def _of_relation(relation: Relation) -> Iterator[tuple[str, Relation]]:
    for what, left in _of_numbers(relation.left):
        yield what, Relation(left, relation.sign, relation.right)
    for what, right in _of_numbers(relation.right):
        yield what, Relation(relation.left, relation.sign, right)


def _of_reason(reason: Any) -> Iterator[tuple[str, Any]]:
    """Every expression in a reason changed; every fact, square and equation of a combination dropped."""
    for field_ in fields(reason):
        value = getattr(reason, field_.name)
        if isinstance(value, Node) and not isinstance(value, Symbol):
            for what, changed in _of_expression(value):
                yield f"{field_.name}: {what}", replace(reason, **{field_.name: changed})
        elif isinstance(value, Mapping):
            for symbol, image in value.items():
                if isinstance(image, Node):
                    named = isinstance(image, Symbol) and field_.name in ("initial", "final", "after")
                    for what, changed in () if named else _of_expression(image):
                        put = {**value, symbol: changed}
                        yield f"{field_.name} of {symbol.name}: {what}", replace(reason, **{field_.name: put})
        elif isinstance(reason, Combination):
            yield from _of_combination(reason, field_.name, value)


def _is_flipped(step: Step, reason: Any) -> bool:
    """The mean of an equation, with its two sides times -1: the same equation."""
    return (
        isinstance(reason, Averaged)
        and isinstance(step.reason, Averaged)
        and step.relation.sign == "="
        and not reason.weight.is_vector
        and _same(reason.weight, -step.reason.weight)
    )


def _of_combination(reason: Combination, kind: str, entries: Sequence[Any]) -> Iterator[tuple[str, Combination]]:
    for j, entry in enumerate(entries):

        def put(*changed: Any, at: int = j) -> Combination:
            return replace(reason, **{kind: (*entries[:at], *changed, *entries[at + 1 :])})

        name = {"using": "multiplier", "modulo": "rewriting", "squares": "square", "mean_squares": "mean square"}[kind]
        label = f"{name} {j + 1}" if not isinstance(entry, str) and kind != "using" else name
        label += f" of {entry if isinstance(entry, str) else entry[1]!r}" * (kind in ("using", "modulo"))
        yield f"{label} dropped", put()
        if isinstance(entry, str):
            continue
        for what, changed in _of_expression(entry[0]):
            yield f"{label}: {what}", put((changed, entry[1]))
        if isinstance(entry[1], Node):
            body = entry[1]
            for what, changed in _of_numbers(body, square):
                yield f"{label}: {what}", put((entry[0], changed))


def _of_expression(node: Node) -> Iterator[tuple[str, Node]]:
    """The whole times a factor, and each number in it."""
    if not isinstance(node, Number):
        for what, factor in FACTORS.items():
            yield f"the whole {what}", Product((Number(factor), node))
    yield from _of_numbers(node)


def _of_numbers(node: Node, meaning: Callable[[Node], Node] = lambda node: node) -> Iterator[tuple[str, Node]]:
    """Each number times a factor and each exponent plus one, unless ``meaning`` stays what it is."""
    seen: dict[str, int] = {}
    for name, change in _changes(node):
        try:
            unchanged = _same(meaning(change), meaning(node))
        except (ValueError, ZeroDivisionError):
            continue
        if unchanged:
            continue
        seen[name] = seen.get(name, 0) + 1
        yield name + (f" (number {seen[name]})" if seen[name] > 1 else ""), change


def _changes(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node, Number):
        for what, factor in FACTORS.items():
            if node.value:
                yield f"{node.value} {what}", Number(node.value * factor)
            elif factor > 0:
                yield "0 plus 1/1000", Number(Fraction(1, 1000))
        return
    if isinstance(node, Power):
        yield f"exponent of {write(node)} plus 1", Power(node.base, node.exponent + 1)
    inside = parts(node)
    for j, part in enumerate(inside):
        for name, change in _changes(part):
            yield name, _with_part(node, j, change)


def _with_part(node: Node, place: int, change: Node) -> Node:
    count = iter(range(place + 1))
    return rebuild(node, lambda old: change if next(count, None) == place else old)


def _same(a: Node, b: Node) -> bool:
    if a.is_vector:
        return not normal_vector(a - b)
    return same(normal(a), normal(b))
