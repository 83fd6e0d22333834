"""What there is to say of each method: what it is, what it asks for, what is known of it."""

from __future__ import annotations

import inspect
from fractions import Fraction
from typing import Any

from eftheory.methods import CERTIFIED, Diana, Method
from eftheory.methods.catalogue import CATALOGUE, NOT_AVAILABLE
from eftheory.methods.ef21_w import EF21W
from eftheory.methods.needs import needs
from eftheory.theory.calculators import CALCULATORS
from eftheory.theory.look_up import look_up
from eftheory.theory.named import name_of

ASKS = {
    "noisy_gradient": "noisy gradients",
    "noisy_local_gradient": "noisy gradients at agents' own models",
    "noisy_change": "sampled changes of gradients",
    "local_gradient": "agents with models of their own",
    "prox": "a prox",
    "compress_server": "compressed messages from the server",
    "send": "a message from the server to each agent",
}
"""What a method asks for beyond exact gradients at one point and messages to the server, by its verbs."""
CONTRACTIVE, UNBIASED = "contractive messages", "unbiased messages"
MESSAGES = {"omega": UNBIASED, "L_pm": UNBIASED, "alpha": CONTRACTIVE}
"""What its theorem asks of messages, by what its calculator asks for."""


def described() -> list[dict[str, Any]]:
    """A record for each method there is, and for each original whose text is not available.

    >>> described()[0]["method"]
    'gd'
    """
    return [*map(describe, CATALOGUE), *map(_not_available, NOT_AVAILABLE)]


def describe(kind: type[Method]) -> dict[str, Any]:
    """The record of a method."""
    known = look_up(kind)
    certified = kind in CERTIFIED
    ways = ["certified"] * certified + ["theorem"] * bool(known.theorems)
    said = inspect.getdoc(kind) or ""
    return {
        "method": name_of(kind),
        "is": " ".join(said.split("\n\n")[0].split()),
        "round": " ".join(said.split("\n\n")[1].split()) if "<-" in said.split("\n\n")[1] else "",
        "asks": _asks(kind),
        "known": ", ".join(ways) or "nothing",
        "certify": certified,
        "rate": known.enter_rates is not None or any(slug in CALCULATORS for slug in known.theorems),
        "prove": list(known.theorems),
        "cite": list(known.cites),
        "file": f"{kind.__module__.replace('.', '/')}.py",
    }


def _asks(kind: type[Method]) -> list[str]:
    """Hypotheses of its own, what its verbs ask for, and what its theorems ask of messages."""
    weights = {"weights": (Fraction(1),)} if issubclass(kind, EF21W) else {}
    verbs = needs(kind(Fraction(1), **weights), ("step",))
    calculators = [CALCULATORS[slug] for slug in look_up(kind).theorems if slug in CALCULATORS]
    numbers = {each.name for calculator in calculators for each in calculator.quantities}
    messages = [word for name, word in MESSAGES.items() if name in numbers][:1] if kind.compresses else []
    if not messages and kind.compresses and kind in CERTIFIED:
        messages = [UNBIASED if kind is Diana else CONTRACTIVE]
    own = [hypothesis.name for hypothesis in kind.hypotheses]
    return list(dict.fromkeys([*own, *(word for verb, word in ASKS.items() if verb in verbs), *messages]))


def _not_available(name: str) -> dict[str, Any]:
    """The row of an original whose text nobody here has read."""
    paper, instead = NOT_AVAILABLE[name]
    return {
        "method": name,
        "is": f"in its place: {name_of(instead)}, a reconstruction of ours",
        "asks": [],
        "known": "original: text not available",
        **dict.fromkeys(("certify", "rate"), False),
        "prove": [],
        "cite": [paper],
    }
