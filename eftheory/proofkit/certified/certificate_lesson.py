"""What the lesson of a certificate says besides its formulas, and an example for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from eftheory.assumptions import SmoothStronglyConvex
from eftheory.assumptions.hypothesis import OF_ALL
from eftheory.assumptions.validation import constants
from eftheory.certificates.certificate import Upper
from eftheory.claims import Claim, Setting
from eftheory.methods.template import Template
from eftheory.proofkit.certified.mean_facts import CONSTANTS
from eftheory.proofkit.certified.method_facts import Vectors
from eftheory.proofkit.certified.method_world import ProofWorld
from eftheory.proofkit.kernel.expression import Node, Symbol
from eftheory.proofkit.kernel.substitution import symbols
from eftheory.proofkit.kernel.text import write
from eftheory.proofkit.lessons.lesson import Script
from eftheory.proofkit.models.world import World
from eftheory.proofkit.theorem import Theorem
from eftheory.proofkit.tidy import tidy

HYPOTHESES, CLAIMS, PROOF, BELOW = 101, 103, 105, 107
CONSTANT = 10**9  # how large noise and dissimilarity are in examples: there are steep functions
"""The lines at which the parts of a lesson would begin in a file; names stand before them."""


def names_of_vectors(
    world: ProofWorld, names: Sequence[str], before: Sequence[Vectors], after: Sequence[Vectors]
) -> dict[str, Node]:
    """What lessons call by a name: the move p, and means that are written out."""
    found: dict[str, Node] = {}
    points = {point.label: point for point in world.points}
    if "x" in points and "x+" in points:
        found["p"] = world.move(points["x"], points["x+"])
    for name, *seen in zip(names, before, after):
        if len(world.types) > 1 and name.startswith("mean ") and name[5:].isidentifier():
            first, second = (tidy(v.parts[0]) for v in seen)
            found |= {name.replace(" ", "_"): first, f"{name.replace(' ', '_')}_after": second}
    return found


def script(
    setting: Setting, upper: Upper, world: ProofWorld, names: Mapping[str, Node], below: Sequence[Claim]
) -> Script:
    """Names, headings, what the symbols stand for, and which bounds from below the certificate holds, too."""
    each = [constants(a.functions).replace("=", " = ") for a in setting.agents]
    listed = "; ".join(f"{t}: {text}" for t, text in enumerate(each, 1)) if len(each) > 1 else each[0]
    smooth = [a.functions for a in setting.agents if isinstance(a.functions, SmoothStronglyConvex)]
    usual = all(type(a.functions) is SmoothStronglyConvex for a in setting.agents)
    said = "; ".join(setting.functions)
    assumed = "Each f_i is L-smooth and mu-strongly convex" if usual else said[:1].upper() + said[1:]
    text = [f"{assumed}, with the constants {listed}."]
    if setting.assumptions:
        granted = ", ".join(assumption.name for assumption in setting.assumptions)
        text.append(f"Assumed of f = mean f_i beside: {granted}.")
    gradients = []
    for point in world.points:
        shown = [write(g) for g in point.gradients.parts if isinstance(g, Symbol)]
        gradients += [f"{', '.join(shown)} at {point.label}"] * bool(shown)
    text.append(f"The gradients are {'; '.join(gradients)}.")
    if any(granted.minimiser == OF_ALL for granted in setting.method.hypotheses):
        text.append("All f_i are stationary at x*, so that gradients there are zero.")
    if any(functions.radius == 0 for functions in smooth):
        text.append("Where L = mu, a gradient moves by L times the move of the point.")
    if "p" in names:
        text.append("p is the move from x to x+, the next point.")
    if any(world.indexed) and len(each) > 1:
        shares = ", ".join(map(str, world.shares))
        text.append(
            "The numbers in names are those of types, and i counts the agents of a type: a mean over i is one over a "
            f"type. In means over all agents the types have the shares {shares}. Types may be of different sizes: with "
            "each of its agents counted equally often, a type has as many indices as one likes."
        )
    lemma = "interpolation" if world.has_values else "two_point"
    if smooth:
        text.append(f"Of two points the functions obey `{lemma}`; the proof needs it for the pairs below.")
    text += _chances(world)
    if Template.parse(upper.template).memory:
        text.append("x_old is the point one step back, x- in the names of hypotheses; nothing is assumed of it.")
    proof = "Multipliers are those of the certificate; the squares are found by elimination."
    prose = [
        (HYPOTHESES, f"## Hypotheses\n\n{' '.join(text)}"),
        (CLAIMS, f"## Claims\n\n{_claims(upper, world, differs=names['V'] != names['V_start'])}"),
        (PROOF, f"## Proof\n\n{proof}"),
    ]
    if below:
        listed = "; ".join(f"{claim.kind.replace('_', ' ')}, {claim.sentence()}" for claim in below)
        told = f"No part of this theorem; the certificate holds it, too, and `eftheory check` checks it: {listed}."
        prose.append((BELOW, f"## From below\n\n{told}"))
    lines = {name: (line, node) for line, (name, node) in enumerate(names.items(), 1)}
    return Script({**lines}, prose, 0, CLAIMS, True)


def _chances(world: ProofWorld) -> Iterator[str]:
    """What is random, and what is known of it."""
    if any(shortened < 1 for shortened in world.messages.values()):
        yield (
            "Of the compressors only their contraction is known, given all that came before; nothing is assumed of how "
            "they depend on each other."
        )
    titles = {noise.title.split()[0].strip("',"): noise.independent for noise in world.moments.noises}
    if "message" in titles:
        apart = ", and independent over the agents" * titles["message"]
        yield (
            f"Messages c are unbiased, given all that came before{apart}: what their errors are multiplied with below "
            "is older than they are."
        )
    if any(name.startswith("server compression") for name in world.chances):
        yield "s is the message of the server."
    if "noise" in titles:
        yield "xi is the noise of stochastic gradients: its mean is zero, given all that came before."
    if "coins" in titles:
        yield (
            "b is what agents send of a vector if their coins say so, and zero if not; coins depend on nothing that "
            "came before, nor on each other."
        )
    if world.branch:
        yield (
            "A coin is 1 or 0 for all agents: names with `on` are of the one case, with `off` of the other, and "
            "V_after is the mean over both, weighed with their probabilities."
        )


def _claims(upper: Upper, world: ProofWorld, *, differs: bool) -> str:
    """What the claims are, and what follows from them."""
    chance, noise = " in expectation" * bool(world.messages or world.moments.noises), any(upper.noise.values())
    start = "V_start" if differs else "V"
    level = ", above the level that noise keeps" * noise
    followed = (
        "The last line follows V over time: Psi is its value, Psi0 at the start, where the line above bounds it{}; "
        "what is random enters with its total expectation."
    )
    if upper.tau:
        average = ", and the average is that of the measure over the first T steps"
        return (
            f"V falls{chance} by tau times the measure{', up to noise' * noise}. It is never negative; at the start "
            f"{start} is at most the sum that stands there. {followed.format(average)}"
        )
    claims = f"V shrinks{chance}{', up to noise' * noise}. It is at least c times the measure; "
    if upper.initial:
        claims += f"at the start {start} is at most the sum that stands there. "
        return claims + followed.format(f", PsiT after T steps{level}")
    claims += "at the start it is V_start, and" if differs else "it is"
    claims += " at most C times the measure. By induction, which is no part of what is proved here, the measure after "
    claims += "t steps is at most C/c times the t-th power of the rate, times the measure at the start"
    return claims + ", plus the noise of one step over c (1 - rate)" * noise + "."


def give_example(theorem: Theorem, world: ProofWorld, moves: Mapping[Node, Node] | None = None) -> None:
    """Values with which its hypotheses hold: quadratics around zero; of two messages one is exact, one is too short.

    A theorem over time goes on from the state after a step, with ``moves``, so that messages are too short in all
    outcomes. Where coins fall, all vectors are zero: two outcomes are too few for coins that are independent, and V
    after them is no state's.
    """
    coins = any(noise.variance for noise in world.moments.noises) or (moves is not None and bool(world.branch))
    relations = [*theorem.conclusions, *(step.relation for step in theorem.givens)]
    there = {symbol for r in relations for symbol in symbols(r.left) | symbols(r.right)}

    def named(small: World) -> dict[Any, Any]:
        names = [name for name, _ in world.example if isinstance(name, Symbol) and name in there]
        return {name: _nested([small.values[key] for key in small.keys(name)], name) for name in names}

    def begin(j: int, name: Node, i: int | None) -> list[Fraction]:
        return [Fraction((3 * j + 2 * (i or 0) + 5 * k) % 7 - 3) or Fraction(1) for k in (0, 1)]

    def go_on(j: int, name: Node, i: int | None) -> Any:
        assert moves is not None
        return first.value(moves[name], i, 0)

    def stay(j: int, name: Node, i: int | None) -> list[Fraction]:
        return [Fraction(0)] * 2

    first = _filled(world, stay if coins else begin, same=moves is not None)
    later = {} if moves is None else named(_filled(world, stay if coins else go_on, same=True))
    values = named(first) | {symbol: Fraction(CONSTANT) for symbol in CONSTANTS.values() if symbol in there}
    theorem.example(
        n_agents=2, dimension=2, outcomes=2, values=values, later=later, why_none="zero vectors meet them all"
    )


def _filled(world: ProofWorld, free: Callable[[int, Node, int | None], Any], *, same: bool) -> World:
    """The values of all symbols; of a state they are ``free``. ``same``: messages are so in both outcomes."""
    small = World(2, [Fraction(1, 2)] * 2, 2)
    for j, (name, meaning) in enumerate(world.example):
        assert isinstance(name, Symbol)
        for key in small.keys(name):
            _, i, w = key
            if meaning is None:
                small.values[key] = free(j, name, i)
            elif meaning == name:
                small.values[key] = [Fraction(0)] * 2
            else:
                value: Any = small.value(meaning, i, w)
                short = world.messages.get(name, Fraction(1)) if same or w == 1 else 1
                small.values[key] = [short * x for x in value] if name.vector else value
    return small


def _nested(values: list[Any], name: Symbol) -> Any:
    """The values of a name, nested by agent and outcome where each has its own."""
    if name.indexed and name.random:
        return [values[:2], values[2:]]
    return values if name.indexed or name.random else values[0]
