"""What symbols of theorems are, in words: as the file says, else as they are usually called, else what defines them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eftheory.pages.fragments import Link
from eftheory.proofkit.kernel.expression import Symbol
from eftheory.proofkit.kernel.text import TEXT, write
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.lessons.why import Part, line

AT_X, AT_NEXT = "the gradient of f_i at x", "the gradient of f_i at x+, the next point"
USUAL: Mapping[str, tuple[str, str]] = {
    "L": ("f is L-smooth: its gradient changes at most L times as much as x", "L"),
    "L_i": ("f_i is L_i-smooth: its gradient changes at most L_i times as much as x", "L"),
    "Ltilde": ("the root of the mean of the L_i^2", "L"),
    "mu": ("f is mu-strongly convex", "mu"),
    "mu_i": ("f_i is mu_i-strongly convex", "mu"),
    "kappa": ("the condition number", "kappa"),
    "gamma": ("the step size", "step_size"),
    "alpha": ("how much a compressor keeps: it errs by at most 1 - alpha of the squared length", "alpha"),
    "omega": ("the variance of unbiased messages, per squared length of what is sent", "omega"),
    "T": ("the number of rounds", ""),
    "f": ("the value of f at x", ""),
    "f+": ("the value of f at x+, the next point", ""),
    "f*": ("the least value of f", ""),
    "f_i": ("the value of f_i at x", "f_i"),
    "f+_i": ("the value of f_i at x+, the next point", ""),
    "x": ("the point", "x"),
    "x+": ("the next point", ""),
    "c_i": ("what agent i sends: a compressed message", ""),
    "n": ("the number of agents", "n_agents"),
    "eps": ("the accuracy that is asked for", ""),
}
"""Words for a symbol, and where the glossary has it, by its name with the index of an agent."""
_VECTORS = {
    "h": ("the gradient of f at x", "gradient"),
    "h_i": (AT_X, "gradient"),
    "h+_i": (AT_NEXT, "gradient"),
    "e_i": ("the error that agent i keeps for later", "e_i"),
    "d_i": ("the estimate that agent i has of its gradient", "d_i"),
    "y": ("x - x*, how far the point is from the minimum", ""),
}
_ESTIMATES = {
    "g_i": ("the estimate that agent i has of its gradient h_i", "d_i"),
    "g": ("the estimate of the gradient", "d_i"),
}
_GRADIENTS = {
    "g_i": (AT_X, "gradient"),
    "g+_i": (AT_NEXT, "gradient"),
    "g": ("the gradient at x", "gradient"),
    "g+": ("the gradient at x+, the next point", "gradient"),
}
_NUMBERS = {
    "s": ("the root of 1 - alpha: a compressor errs by at most s times the length of what it is given", "s"),
    "sigma_i": ("L_i + mu_i", "L"),
    "k_i": ("(L_i - mu_i)/(L_i + mu_i), how far the curvatures of f_i spread", ""),
}


class Meanings:
    """Those of the symbols of one theorem.

    Args:
        theorem: that is told.
        there: all its symbols.
        said: what its file says, by names as they are printed.
    """

    def __init__(self, theorem: Theorem, there: Sequence[Symbol], said: Mapping[str, str]) -> None:
        self.said = said
        vectors = {TEXT.symbol(symbol) for symbol in there if symbol.vector}
        is_pl = any(step.name == "Polyak-Lojasiewicz" for step in theorem.givens)
        moments = {TEXT.symbol(symbol) for symbol in there} >= {"sigma_i", "k_i"}
        roots = {write(p.symbol) for p in theorem.parameters if p.upper is not None and write(p.upper) == "1"}
        self.vectors = _VECTORS | (_ESTIMATES if vectors & {"h", "h_i", "k_i"} else _GRADIENTS)
        self.numbers = {name: told for name, told in _NUMBERS.items() if (moments if name != "s" else "s" in roots)}
        self.is_pl = is_pl
        self.defined = {
            side: step.name
            for step in theorem.givens
            if step.relation.sign == "="
            for side in (step.relation.left, step.relation.right)
            if isinstance(side, Symbol)
        }

    def of(self, symbol: Symbol) -> tuple[Part, ...]:
        """What it is; nothing if that is not known."""
        name = TEXT.symbol(symbol)
        if name in self.said:
            words, place = self.said[name], USUAL.get(name, _VECTORS.get(name, ("", "")))[1]
        elif name == "mu" and self.is_pl:
            words, place = "the constant of the Polyak-Lojasiewicz inequality", "mu"
        elif symbol.vector and name in self.vectors:
            words, place = self.vectors[name]
        elif not symbol.vector and name in self.numbers:
            words, place = self.numbers[name]
        elif symbol in self.defined:
            return ("as ", line(self.defined[symbol]), " says")
        elif name == "c_i" and not symbol.random:
            return ()  # a message is drawn at random; of this name there are centres and other constants, too
        elif name in USUAL and symbol.vector == (name in ("x", "x+", "c_i")):
            words, place = USUAL[name]
        else:
            return ()
        return (Link(words, "symbol", place),)
