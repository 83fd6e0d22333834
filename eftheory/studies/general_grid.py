"""The claims of the study of general certificates, and the theorem that each is compared with.

Step sizes are short numbers: those of theorems in the form 1/(L + M) in which papers state them, rounded down, and
others near the best of a search. Where L is 1, as in most of them, they are multiples of 1/L.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from eftheory.assumptions import AgentType, Contractive, SmoothStronglyConvex
from eftheory.assumptions.assumption import Assumption
from eftheory.assumptions.compressors.unbiased import Unbiased
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.mean.bounded_below import BoundedBelow
from eftheory.assumptions.mean.minimiser import CommonGlobalMinimiser, GlobalMinimiser
from eftheory.assumptions.mean.noise import IndependentNoise, Noise
from eftheory.assumptions.mean.polyak_lojasiewicz import PolyakLojasiewicz
from eftheory.assumptions.mean.similar import Similar
from eftheory.claims import Setting
from eftheory.methods import DCGD, EF, EF21, EF21PP, EF21SGD, Diana, EControl, HeavyBallEF21, Marina, Method
from eftheory.methods.quantities import DISTANCE, EXCESS, GRADIENT
from eftheory.sweep.general import GeneralCase

STATED, BEST = "stated", "best"
"""Which step: of the theorem as papers state such steps, or near the best."""

Agents = tuple[AgentType, ...]
BELOW: tuple[Assumption, ...] = (BoundedBelow(),)
HALF = Contractive(Fraction(3, 4))


@dataclass(frozen=True)
class Row:
    """A claim, and a theorem.

    Args:
        case: the claim.
        words: what its setting is, as far as its section does not say it.
        step: STATED or BEST.
        theorem: the slug; empty: there is none here.
        given: numbers that it asks for, beside those of the agents.
    """

    case: GeneralCase
    words: str
    step: str
    theorem: str = ""
    given: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the case."""
        return self.case.name


def _number(text: str) -> Fraction:
    return Fraction(text)


def smooth(count: int, L: str = "1") -> Agents:
    """Agents of one type whose functions are just smooth."""
    return (AgentType(functions=Smooth(L=_number(L), mu=-_number(L)), count=count),)


def convex(count: int, L: str = "1", mu: str = "0") -> Agents:
    """Agents of one type with convex functions, strongly so if mu is positive."""
    return (AgentType(functions=SmoothStronglyConvex(L=_number(L), mu=_number(mu)), count=count),)


TWO = (*smooth(1), *smooth(1, "1/10"))
_TWO = "L = 1 and 1/10"


def _text(x: str) -> str:
    return x.replace("/", "_").replace(".", "_")


def ef21_smooth() -> Iterator[Row]:
    """EF21 at the stated step and at the best, for five compressors, for equal agents and two types."""
    steps = {
        "1/10": ("9/10", "1.068"),
        "1/4": ("3/4", "0.909"),
        "1/2": ("1/2", "0.5924"),
        "3/4": ("1/4", "0.2728"),
        "9/10": ("1/10", "0.102"),
    }
    for s, pair in steps.items():
        yield from _ef21_smooth("equal", smooth(12), "12 equal agents", s, pair)
    for s, pair in {"1/2": ("0.7932", "1.077"), "9/10": ("0.1439", "0.1855")}.items():
        yield from _ef21_smooth("two", TWO, _TWO, s, pair)


def _ef21_smooth(kind: str, agents: Agents, who: str, s: str, steps: tuple[str, str]) -> Iterator[Row]:
    alpha = 1 - _number(s) ** 2
    for which, step in zip((STATED, BEST), steps):
        setting = Setting(agents, Contractive(alpha), EF21(_number(step)), BELOW, GRADIENT)
        case = GeneralCase(f"ef21-smooth-{kind}-s{_text(s)}-{which}", setting)
        yield Row(case, f"{who}, s = {s}", which, "ef21_nonconvex", {"alpha": alpha})


def ef21_pl() -> Iterator[Row]:
    """EF21 under the Polyak-Lojasiewicz inequality."""
    steps = {"1/4": ("0.679", "0.9"), "1/2": ("0.4142", "0.5667"), "3/4": ("0.1907", "0.2629")}
    for s, pair in steps.items():
        for mu in ("1/10", "1/100"):
            yield from _ef21_pl("equal", smooth(12), "12 equal agents", s, mu, pair)
    yield from _ef21_pl("two", TWO, _TWO, "1/2", "1/20", ("0.643", "1.03"))


def _ef21_pl(kind: str, agents: Agents, who: str, s: str, mu: str, steps: tuple[str, str]) -> Iterator[Row]:
    alpha, assumed = 1 - _number(s) ** 2, (PolyakLojasiewicz(_number(mu)),)
    for which, step in zip((STATED, BEST), steps):
        setting = Setting(agents, Contractive(alpha), EF21(_number(step)), assumed, EXCESS)
        case = GeneralCase(f"ef21-pl-{kind}-s{_text(s)}-mu{_text(mu)}-{which}", setting)
        given = {"alpha": alpha, "mu": _number(mu)}
        yield Row(case, f"{who}, s = {s}, mu = {mu}", which, "ef21_pl", given)


def ef() -> Iterator[Row]:
    """EF on smooth functions, of one agent or of similar ones, and on convex ones."""
    similar = {
        "one": (smooth(1), "smooth, one agent", BELOW, "1", ("0.366", "0.46")),
        "similar": (
            smooth(12),
            "smooth, 12 agents, A = 9/4",
            (*BELOW, Similar(_number("9/4"))),
            "3/2",
            ("0.2989", "0.38"),
        ),
    }
    for name, (agents, words, assumed, a, steps) in similar.items():
        for which, step in zip((STATED, BEST), steps):
            case = GeneralCase(f"ef-smooth-{name}-{which}", Setting(agents, HALF, EF(_number(step)), assumed, GRADIENT))
            given = {"alpha": HALF.alpha, "a": _number(a), "zeta": Fraction(name == "similar")}
            yield Row(case, f"{words}, s = 1/2", which, "ef_nonconvex", given)
    flat = {
        "equal": (convex(12), "convex, 12 equal agents", ("0.33", "0.45")),
        "two": ((*convex(1), *convex(1, "1/10")), f"convex, {_TWO}", ("0.6", "0.8")),
    }
    for name, (agents, words, steps) in flat.items():
        for which, step in zip((STATED, BEST), steps):
            assumed = (CommonGlobalMinimiser(),)
            case = GeneralCase(f"ef-convex-{name}-{which}", Setting(agents, HALF, EF(_number(step)), assumed, EXCESS))
            longer = "" if which == STATED else "; a step that the theorem does not cover"
            yield Row(case, f"{words}, s = 1/2{longer}", which, "ef_convex", {"alpha": HALF.alpha})


def ef21_partial() -> Iterator[Row]:
    """EF21-PP, for two probabilities and one, ten and a hundred agents, and for two different ones."""
    known: list[tuple[str, Agents, str, str, str]] = [
        ("1/2", smooth(1), "n = 1", "0.176", "0.22"),
        ("1/2", smooth(10), "n = 10", "0.176", "0.27"),
        ("1/2", smooth(100), "n = 100", "0.176", "0.27"),
        ("1/2", TWO, _TWO, "0.258", "0.41"),
        ("1/10", smooth(1), "n = 1", "0.0266", "0.037"),
        ("1/10", smooth(10), "n = 10", "0.0266", "0.047"),
        ("1/10", smooth(100), "n = 100", "0.0266", "0.05"),
    ]
    for p, agents, who, *steps in known:
        for which, step in zip((STATED, BEST), steps):
            name = f"ef21-pp-p{_text(p)}-{_who(agents)}-{which}"
            setting = Setting(agents, HALF, EF21PP(_number(step), chance=_number(p)), BELOW, GRADIENT)
            given = {"alpha": HALF.alpha, "p": _number(p)}
            yield Row(GeneralCase(name, setting), f"p = {p}, {who}", which, "ef21_partial", given)


def _who(agents: Agents) -> str:
    return "two" if len(agents) > 1 else f"n{agents[0].count}"


def _smooth(method: Method, count: int) -> Setting:
    return Setting(smooth(count), HALF, method, BELOW, GRADIENT)


def ef21_sgd() -> Iterator[Row]:
    """EF21-SGD with noise that may depend on that of other agents, and with independent noise."""
    given = {"alpha": HALF.alpha, "sigma": Fraction(1)}
    known: list[tuple[str, Agents, Assumption, str, tuple[str, str]]] = [
        ("any", smooth(100), Noise(), "n = 100, noise of agents may depend on each other", ("0.391", "0.468")),
        ("independent", smooth(100), IndependentNoise(), "n = 100, independent noise", ("0.391", "0.57")),
        ("two", TWO, IndependentNoise(), f"{_TWO}, independent noise", ("0.604", "0.8")),
    ]
    for name, agents, noise, words, steps in known:
        for which, step in zip((STATED, BEST), steps):
            setting = Setting(agents, HALF, EF21SGD(_number(step)), (*BELOW, noise), GRADIENT)
            yield Row(GeneralCase(f"ef21-sgd-{name}-{which}", setting), words, which, "stochastic_ef21", given)


def marina() -> Iterator[Row]:
    """MARINA with omega = 3 and p = 1/4, and one, ten and a hundred agents, and two different ones."""
    p, omega = Fraction(1, 4), Fraction(3)
    known: list[tuple[Agents, str, str, str]] = [
        (smooth(1), "n = 1", "0.25", "0.26"),
        (smooth(10), "n = 10", "0.513", "0.75"),
        (smooth(100), "n = 100", "0.769", "1.15"),
        (TWO, _TWO, "0.486", "0.53"),
    ]
    for agents, who, *steps in known:
        for which, step in zip((STATED, BEST), steps):
            setting = Setting(agents, Unbiased(omega), Marina(_number(step), full=p), BELOW, GRADIENT)
            case = GeneralCase(f"marina-{_who(agents)}-{which}", setting)
            yield Row(case, who, which, "marina", {"omega": omega, "p": p})


def unbiased() -> Iterator[Row]:
    """DIANA and DCGD with unbiased compressors on strongly convex functions; no theorems about them are here."""
    known = {(1, 1): ("1/7", "0.35"), (1, 10): ("5/8", "1.25"), (1, 100): ("0.943", "1.5"), (9, 10): ("5/32", "0.31")}
    for (omega, count), steps in known.items():
        for which, step in zip((STATED, BEST), steps):
            method = Diana(_number(step), beta=Fraction(1, 1 + omega))
            setting = Setting(convex(count, mu="1/10"), Unbiased(Fraction(omega)), method, (GlobalMinimiser(),))
            yield Row(
                GeneralCase(f"diana-omega{omega}-n{count}-{which}", setting),
                f"DIANA, omega = {omega}, n = {count}",
                which,
            )
    for (omega, count), step in {(1, 1): "0.9", (1, 10): "1.6", (9, 10): "0.9"}.items():
        agents, assumed = convex(count, mu="1/10"), (CommonGlobalMinimiser(),)
        setting = Setting(agents, Unbiased(Fraction(omega)), DCGD(_number(step)), assumed)
        words = f"DCGD, omega = {omega}, n = {count}, all f_i least at x*"
        yield Row(GeneralCase(f"dcgd-omega{omega}-n{count}", setting), words, BEST)


def heavy_ball() -> Iterator[Row]:
    """EF21 with momentum, each at a step near its best, and two at the stated step of EF21."""
    tried = [("0", "0.5924"), ("1/20", "0.54"), ("1/10", "0.49"), ("1/5", "0.42"), ("0", "1/2"), ("1/20", "1/2")]
    for momentum, step in tried:
        method = HeavyBallEF21(_number(step), momentum=_number(momentum))
        given = {"alpha": HALF.alpha, "momentum": _number(momentum)}
        slug = "ef21_heavy_ball" if given["momentum"] else "ef21_nonconvex"
        named = given if given["momentum"] else {"alpha": HALF.alpha}
        which = STATED if step == "1/2" else BEST
        case = GeneralCase(f"ef21-hb-momentum{_text(momentum)}-{which}", _smooth(method, 12))
        yield Row(case, f"momentum = {momentum}", which, slug, named)


def econtrol() -> Iterator[Row]:
    """EControl, each at a step near its best; at weight 0 it is EF21."""
    for eta, step in {"0": "0.5924", "1/100": "0.58", "1/20": "0.56", "1/10": "0.53"}.items():
        case = GeneralCase(f"econtrol-eta{_text(eta)}", _smooth(EControl(_number(step), eta=_number(eta)), 12))
        slug, given = ("", {}) if _number(eta) else ("ef21_nonconvex", {"alpha": HALF.alpha})
        yield Row(case, f"eta = {eta}", BEST, slug, given)


def strongly_convex() -> Iterator[Row]:
    """Momentum and weights on strongly convex functions, from both sides, each at a step near its best."""
    agents = convex(3, mu="1/10")
    for momentum, step in {"0": "20/33", "1/20": "0.5558", "1/10": "0.5071", "1/5": "0.4144"}.items():
        setting = Setting(agents, HALF, HeavyBallEF21(_number(step), momentum=_number(momentum)))
        case = GeneralCase(f"ef21-hb-strongly-convex-momentum{_text(momentum)}", setting)
        yield Row(case, f"EF21-HB, momentum = {momentum}", BEST)
    for eta, step in {"1/20": "0.569", "1/10": "0.5422"}.items():
        setting = Setting(agents, HALF, EControl(_number(step), eta=_number(eta)))
        case = GeneralCase(f"econtrol-strongly-convex-eta{_text(eta)}", setting)
        yield Row(case, f"EControl, eta = {eta}", BEST)


def minimisers() -> Iterator[Row]:
    """Strongly convex functions: what it costs that x* is least for f only."""
    law, words = Fraction(20, 33), "EF21, s = 1/2, at the law's step"
    agents = convex(12, mu="1/10")
    known = GeneralCase("ef21-strongly-convex-law", Setting(agents, HALF, EF21(law)))
    yield Row(known, f"{words}, its own measure, no x*", BEST)
    for name, assumed in (("common", CommonGlobalMinimiser()), ("global", GlobalMinimiser())):
        whose = "every f_i" if name == "common" else "f only"
        setting = Setting(agents, HALF, EF21(law), (assumed,), DISTANCE)
        yield Row(GeneralCase(f"ef21-strongly-convex-{name}", setting), f"{words}, x* of {whose}", BEST)
    method = Diana(Fraction(5, 4), beta=Fraction(1, 2))
    setting = Setting(convex(10, mu="1/10"), Unbiased(Fraction(1)), method, (CommonGlobalMinimiser(),))
    yield Row(GeneralCase("diana-common", setting), "DIANA, omega = 1, n = 10, x* of every f_i", BEST)


def not_found() -> Iterator[Row]:
    """What no V of the template is expected to prove."""
    setting = Setting(convex(12), HALF, EF21(Fraction(1, 4)), (GlobalMinimiser(),), EXCESS)
    yield Row(GeneralCase("ef21-convex", setting), "EF21 on convex functions, s = 1/2, sum of f - inf f", BEST)
