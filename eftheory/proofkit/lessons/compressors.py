"""Which theorems say that a compressor contracts, as methods assume it of theirs."""

from __future__ import annotations

from dataclasses import dataclass

from eftheory.proofkit.kernel.expression import Expectation, Inner, Node, Number, Product, Relation
from eftheory.proofkit.kernel.normal import normal_vector
from eftheory.proofkit.kernel.substitution import is_random
from eftheory.proofkit.kernel.theorem import Step


@dataclass(frozen=True)
class Provider:
    """A theorem with a claim E ||C(v) - v||^2 <= factor ||v||^2.

    Attributes:
        compressors: of which it is said.
        slug: of the theorem.
        claim: its number among the claims, from 0.
        factor: as it is printed; d is the dimension.
    """

    compressors: str
    slug: str
    claim: int
    factor: str


PROVIDERS = (
    Provider("Top-k", "top_k", 0, "1 - k/d"),
    Provider("Rand-k", "rand_k", 0, "1 - k/d"),
    Provider("the scaled sign", "scaled_sign", 2, "1 - 1/d"),
    Provider(
        "unbiased ones of variance omega, divided by 1 + omega,", "unbiased_to_contractive", 0, "1 - 1/(1 + omega)"
    ),
)


def providers(hypothesis: Step) -> str:
    """The sentence that names the theorems that provide a hypothesis about a compressor; empty for any other one."""
    if not hypothesis.name.startswith("compressor") or compressed(hypothesis.relation) is None:
        return ""
    listed = [f"{each.compressors} in `{each.slug}` (factor {each.factor})" for each in PROVIDERS]
    return f"In d dimensions this is proved for {', '.join(listed[:-1])}, and {listed[-1]}."


def compressed(relation: Relation) -> Node | None:
    """What stands for C(v), if the relation is E ||C(v) - v||^2 <= factor ||v||^2, or factor E ||v||^2; else None.

    C(v) is one random vector, or a multiple of one.

    >>> from eftheory.proofkit import expectation, square
    >>> from eftheory.proofkit.kernel.expression import Symbol
    >>> v, c = Symbol("v", vector=True), Symbol("c", vector=True, random=True)
    >>> compressed(expectation(square(c - v)) <= Symbol("q") * square(v)) is None
    False
    >>> compressed(expectation(square(c)) <= Symbol("q") * square(v)) is None
    True
    """
    left, right = relation.left, relation.right
    if relation.sign != "<=" or not isinstance(left, Expectation) or not isinstance(right, Product):
        return None
    error, vector = _squared(left.body), _squared(right.factors[-1])
    if error is None or vector is None:
        return None
    if any(isinstance(factor, Number) and factor.value <= 0 for factor in right.factors):
        return None  # no compressor is without error
    candidates: tuple[Node, Node] = (error + vector, vector - error)
    for whole in candidates:
        if is_random(whole) and sum(not c.is_zero for c in normal_vector(whole).values()) == 1:
            return whole
    return None


def _squared(node: Node) -> Node | None:
    """The vector of which it is the square, perhaps in expectation."""
    body = node.body if isinstance(node, Expectation) else node
    return body.a if isinstance(body, Inner) and body.a == body.b else None
