"""What the expressions of a theorem are worth in a run of a method: floats, with all ways the draws can fall.

An environment maps names to numbers and arrays, "L_i" being each agent's own L. Shapes: a scalar (), each agent's own
(n,), a vector (d,) or (n, d); what is random has the outcomes first, whose probabilities are ``env["probabilities"]``.
"""

import numpy as np

from eftheory.proofkit.kernel.expression import Expectation, Inner, Mean, Number, Power, Product, Quotient, Sum, Symbol
from eftheory.proofkit.kernel.substitution import symbols
from eftheory.testing.branching import enumerate_runs

ROUNDING = 1e-9


def name(symbol):
    return symbol.name + "_i" * symbol.indexed


def value(node, env):
    """Shape (outcomes, agents), and the dimension for a vector; 1 where all are equal."""
    if isinstance(node, Number):
        return np.full((1, 1), float(node.value))
    if isinstance(node, Symbol):
        found = np.asarray(env[name(node)], dtype=float)
        assert found.ndim == node.random + node.indexed + node.vector, (node, found.shape)
        found = found if node.random else found[None]
        return found if node.indexed else found[:, None]
    if isinstance(node, Sum):
        return sum(value(term, env) for term in node.terms)
    if isinstance(node, Product):
        total = np.ones((1, 1))
        for factor in sorted(node.factors, key=lambda factor: factor.is_vector):
            total = (total[..., None] if factor.is_vector else total) * value(factor, env)
        return total
    if isinstance(node, Quotient):
        below = value(node.denominator, env)
        return value(node.numerator, env) / (below[..., None] if node.is_vector else below)
    if isinstance(node, Power):
        return value(node.base, env) ** node.exponent
    if isinstance(node, Inner):
        return (value(node.a, env) * value(node.b, env)).sum(-1)
    if isinstance(node, Mean):
        return value(node.body, env).mean(1, keepdims=True)
    if isinstance(node, Expectation):
        body = value(node.body, env)
        return body if len(body) == 1 else np.tensordot(env["probabilities"], body, 1)[None]
    raise TypeError(type(node).__name__)


def number(node, env):
    """The value of what is one number."""
    return value(node, env).item()


def check(relation, env, what=""):
    left, right = value(relation.left, env), value(relation.right, env)
    room = ROUNDING * (1 + np.abs(left) + np.abs(right))
    if relation.sign == "=":
        assert np.all(np.abs(left - right) <= room), what
    else:
        assert np.all(left <= right + room), (what, left, right)


def check_round(theorem, env):
    """Ranges and hypotheses hold in this round, and so do the lines of the proof and the claims about a round."""
    for parameter in theorem.parameters:
        for relation in parameter.relations:
            check(relation, env, f"range of {parameter.symbol.name}")
    for step in (*theorem.givens, *theorem.steps):
        if known(step.relation, env):
            check(step.relation, env, step.name)
    check_claims(theorem, env)


def check_claims(theorem, env, *, at_least=0):
    """Claims whose names all have values hold; there are so many at least."""
    checked = [goal for goal in theorem.conclusions if known(goal, env)]
    for goal in checked:
        check(goal, env, "claim")
    assert len(checked) >= at_least


def known(relation, env):
    return all(name(symbol) in env for side in (relation.left, relation.right) for symbol in symbols(side))


def with_longest_step(theorem, env, of):
    """The environment with gamma and gamma' (or as the step is called) at the end of the range of gamma'."""
    limit = next(p.upper for p in theorem.parameters if p.symbol.name == of)
    longest = number(limit, env)
    return {of.rstrip("'"): longest, of: longest, **env}


def over_draws(draw):
    """All outcomes of draw(rng), a dictionary: arrays over outcomes, and their probabilities."""
    runs = enumerate_runs(draw)
    stacked = {key: np.array([outcome[key] for _, outcome in runs]) for key in runs[0][1]}
    return {**stacked, "probabilities": np.array([float(chance) for chance, _ in runs])}
