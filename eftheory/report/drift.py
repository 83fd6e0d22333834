"""A drifting orbit in words, and as LaTeX."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from eftheory.certificates.certificate import Drift, Row
from eftheory.pages.escape import shorten
from eftheory.pages.fragments import Body, Table
from eftheory.pages.latex import items
from eftheory.report.digits import Digits
from eftheory.report.style import LATEX


def drifting_orbit(evidence: Drift, *, row: Callable[[Row], str], value: Callable[[Fraction], str]) -> Iterator[Body]:
    """What moves, what turns, and how f falls.

    Args:
        evidence: the orbit.
        row: writes a vector.
        value: writes a number.
    """
    yield (
        "In each step x moves by the same vector, in the first of two coordinates, and all else changes its sign in "
        "the second: the gradient keeps its length, and f falls by the same amount. So the sum of squared gradients "
        "over T steps is T times that of one, and f(x_0) - inf f is T times the fall, but for a constant; the orbit "
        "is stopped after T steps, for any T."
    )
    yield (
        f"The first coordinate of x grows by a number {value(evidence.drift)}, and f falls by one "
        f"{value(evidence.fall)}. Agents hold L_i/(mean L) times the rest:"
    )
    vectors = {"gradient": evidence.gradient, **evidence.server, **evidence.agents}
    vectors |= {f"message {call}": message for call, message in enumerate(evidence.messages)}
    yield Table(("at the start", "value"), tuple((shorten(name, 40), row(v)) for name, v in vectors.items()))


def statement_in_latex(evidence: Drift, digits: Digits) -> Iterator[str]:
    """What no smaller constant does."""
    yield rf"let $C < {LATEX.number(digits.down(evidence.constant))}$, and let $B$ be a number that may depend on the"
    yield r"start, but not on $f(x_0) - \inf f$. Then some instance and some $T$ have"
    yield r"\[ \sum_{t<T} \lVert \nabla f(x_t) \rVert^2 > C\, (f(x_0) - \inf f) + B . \]"


def proof_in_latex(evidence: Drift, *, equal: Callable[[Row], str], value: Callable[[Fraction], str]) -> Iterator[str]:
    """The orbit, why there is a function that has it, and what it shows.

    Args:
        evidence: the orbit.
        equal: writes a vector behind = or the sign for rounded ones.
        value: writes a number in the same way.
    """
    server = {name: row for name, row in evidence.server.items() if name != "x"}
    messages = enumerate(evidence.messages, 1)
    yield r"All happens in two coordinates. Let $L = \operatorname{mean} L_i$, $f_i = (L_i/L) f$,"
    yield rf"$Z = \operatorname{{diag}}(1, -1)$, $D = (\delta, 0)$ with $\delta {value(evidence.drift)}$,"
    yield r"and for all $k$ from $0$ to $T$"
    yield (
        r"\[ x_k = k D + Z^k x_0 , \qquad \nabla f(x_k) = Z^k \nabla f(x_0) , \qquad "
        r"f(x_k) = f(x_0) - k \varphi , \]"
    )
    yield "where at the start"
    yield from items([
        rf"$\nabla f(x_0) {equal(evidence.gradient)}$, $\varphi {value(evidence.fall)}$",
        rf"$x_0 {equal(evidence.server['x'])}$",
        *(rf"${LATEX.symbol(name)} {equal(row)}$" for name, row in server.items()),
        *(rf"${LATEX.of_agent(name)}$ is $L_i/L$ times $v$, $v {equal(row)}$" for name, row in evidence.agents.items()),
        *(rf"message {k} of $\mathcal{{C}}_i$ is $L_i/L$ times $c$, $c {equal(c)}$" for k, c in messages),
    ])  # fmt: skip
    yield r"and in step $k$ all but $x$ is multiplied by $Z^k$."
    yield r"The messages are contractive, and one step turns the state at $0$ into that at $1$. A step is linear in"
    yield r"each coordinate and moves with $x$, so that it turns the state at $k$ into that at $k + 1$."
    yield r"Of any two of the points the inequality of functions with curvatures between $L \max_i \mu_i/L_i$ and $L$"
    yield r"holds, since it does at distances one and two; so there is such an $f$ with these values and gradients, and"
    yield r"with $\inf f = f(x_T) - \lVert \nabla f(x_0) \rVert^2/(2L)$, and each $f_i$ is in the class of its agent."
    yield r"On it $\sum_{t<T} \lVert \nabla f(x_t) \rVert^2 = T \lVert \nabla f(x_0) \rVert^2$, and"
    yield r"$f(x_0) - \inf f = T \varphi + \lVert \nabla f(x_0) \rVert^2/(2L)$. All else of the start is the same for"
    yield r"all $T$, so that no $C < \lVert \nabla f(x_0) \rVert^2/\varphi$ serves for all of them, whatever $B$ is."
