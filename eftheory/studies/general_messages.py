"""More claims of the study of general certificates: two compressors, momentum, EF-BV, and f smoother than its parts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from eftheory.assumptions import Contractive
from eftheory.assumptions.compressors.unbiased import Unbiased
from eftheory.assumptions.mean.noise import IndependentNoise
from eftheory.assumptions.mean.polyak_lojasiewicz import PolyakLojasiewicz
from eftheory.assumptions.mean.smooth import SmoothMean
from eftheory.claims import Setting
from eftheory.methods import EF21, EF21BC, EF21P, EF21SGDM, EFBV
from eftheory.methods.quantities import EXCESS, GRADIENT
from eftheory.studies.general_grid import BELOW, BEST, HALF, STATED, TWO, Agents, Row, smooth
from eftheory.sweep.general import GeneralCase


def sections(smooth_sum: str, own: str) -> Iterator[tuple[str, str, Iterator[Row]]]:
    """Titles, what they are about, rows; from sentences on sums over smooth functions and on constants of our own."""
    yield (
        "EF21-BC",
        f"Agents and server compress; the server's alpha is 1 - r^2. {smooth_sum} Under PL: 1 - rate of f - inf f. "
        f"{own} [FatkhullinEtAl2021].",
        both_ways(),
    )
    yield (
        "EF21-P",
        f"The server compresses, with alpha = 1 - s^2; agents send all. {smooth_sum} Under PL: 1 - rate of f - inf f, "
        f"of which no theorem is here. {own} [GruntkowskaTyurinRichtarik2023].",
        from_the_server(),
    )
    yield (
        "EF21-SGDM",
        f"n = 100, independent noise of variance sigma2. {smooth_sum} {own} [FatkhullinTyurinRichtarik2023].",
        momentum_of_agents(),
    )
    yield (
        "EF-BV",
        f"Unbiased compressors, beta = 1/(1 + omega). {smooth_sum} The nu of [CondatYiRichtarik2022] is "
        f"1/(1 + omega/n). {own} [CondatYiRichtarik2022].",
        shares(),
    )
    yield (
        "EF21 where f is smoother, or more convex, than its parts",
        f"12 agents whose f_i are just smooth with L = 1; f itself has other constants. {smooth_sum} Where f is "
        "strongly convex: 1 - rate of ||grad f||^2. No theorem here speaks of both.",
        smoother_means(),
    )


def _alpha(s: str) -> Fraction:
    return 1 - Fraction(s) ** 2


def _named(x: str) -> str:
    return x.replace("/", "_")


def both_ways() -> Iterator[Row]:
    """EF21-BC for several pairs of compressors, and for two types of agents; under PL for one pair."""
    known: list[tuple[str, str, Agents, str, tuple[str, str]]] = [
        ("1/2", "1/2", smooth(12), "12 equal agents", ("0.0769", "0.2148")),
        ("1/2", "1/10", smooth(12), "12 equal agents", ("0.1304", "0.4986")),
        ("1/10", "1/2", smooth(12), "12 equal agents", ("0.1304", "0.4986")),
        ("3/4", "3/4", smooth(12), "12 equal agents", ("0.0204", "0.0395")),
        ("1/2", "1/2", TWO, "L = 1 and 1/10", ("0.1102", "0.3889")),
    ]
    for s, r, agents, who, steps in known:
        kind = "two" if len(agents) > 1 else "equal"
        given = {"alpha": _alpha(s), "alpha_down": _alpha(r)}
        for which, step in zip((STATED, BEST), steps):
            method = EF21BC(Fraction(step), alpha_down=_alpha(r))
            setting = Setting(agents, Contractive(_alpha(s)), method, BELOW, GRADIENT)
            case = GeneralCase(f"ef21-bc-{kind}-s{_named(s)}-r{_named(r)}-{which}", setting)
            yield Row(case, f"{who}, s = {s}, r = {r}", which, "ef21_bidirectional", given)
    mu = Fraction(1, 10)
    given = {"alpha": HALF.alpha, "alpha_down": HALF.alpha, "mu": mu}
    for which, step in ((STATED, "0.04"), (BEST, "0.2069")):
        method = EF21BC(Fraction(step), alpha_down=HALF.alpha)
        setting = Setting(smooth(12), HALF, method, (PolyakLojasiewicz(mu),), EXCESS)
        case = GeneralCase(f"ef21-bc-pl-{which}", setting)
        yield Row(case, "PL with mu = 1/10, s = r = 1/2", which, "ef21_bidirectional_pl", given)


def from_the_server() -> Iterator[Row]:
    """EF21-P for three compressors and for two types of agents; under PL for one."""
    known = [
        ("1/10", smooth(12), "equal", ("9/10", "1.077")),
        ("1/2", smooth(12), "equal", ("1/2", "0.62")),
        ("9/10", smooth(12), "equal", ("1/10", "0.1041")),
        ("1/2", TWO, "two", ("0.909", "1.125")),
    ]
    for s, agents, kind, steps in known:
        who = "L = 1 and 1/10" if kind == "two" else "12 equal agents"
        for which, step in zip((STATED, BEST), steps):
            method = EF21P(Fraction(step), alpha_down=_alpha(s))
            setting = Setting(agents, Contractive(Fraction(1)), method, BELOW, GRADIENT)
            case = GeneralCase(f"ef21-p-{kind}-s{_named(s)}-{which}", setting)
            yield Row(case, f"{who}, s = {s}", which, "ef21_p", {"alpha": _alpha(s)})
    assumed = (PolyakLojasiewicz(Fraction(1, 10)),)
    method = EF21P(Fraction("0.5111"), alpha_down=HALF.alpha)
    case = GeneralCase("ef21-p-pl-best", Setting(smooth(12), Contractive(Fraction(1)), method, assumed, EXCESS))
    yield Row(case, "PL with mu = 1/10, s = 1/2", BEST)


def momentum_of_agents() -> Iterator[Row]:
    """EF21-SGDM, each at a step near its best; with eta = 1 it is EF21-SGD."""
    for eta, step in {"1": "0.588", "1/2": "0.424", "1/4": "0.308", "1/10": "0.204"}.items():
        method = EF21SGDM(Fraction(step), eta=Fraction(eta))
        setting = Setting(smooth(100), HALF, method, (*BELOW, IndependentNoise()), GRADIENT)
        given = {"alpha": HALF.alpha, "eta": Fraction(eta), "sigma": Fraction(1)}
        yield Row(GeneralCase(f"ef21-sgdm-eta{_named(eta)}", setting), f"eta = {eta}", BEST, "ef21_sgdm", given)


def shares() -> Iterator[Row]:
    """EF-BV with beta = 1/(1 + omega), with the nu of its paper and with that of DIANA, near the best steps."""
    known = {
        (1, 1): ("0.3255", "0.2584"),
        (1, 10): ("0.6935", "0.6415"),
        (1, 100): ("1.0645", "1.0588"),
        (9, 10): ("0.0892", "0.052"),
    }
    for (omega, n), steps in known.items():
        for nu, name, step in zip((1 / (1 + Fraction(omega, n)), Fraction(1)), ("paper", "diana"), steps):
            method = EFBV(Fraction(step), beta=Fraction(1, 1 + omega), nu=nu)
            setting = Setting(smooth(n), Unbiased(Fraction(omega)), method, BELOW, GRADIENT)
            case = GeneralCase(f"ef-bv-omega{omega}-n{n}-{name}", setting)
            words = f"omega = {omega}, n = {n}, nu = {nu}" + ", as in DIANA" * (nu == 1)
            yield Row(case, words, BEST, "ef_bv", {"omega": Fraction(omega), "nu": nu})


def smoother_means() -> Iterator[Row]:
    """EF21 where f is smoother than its parts, and where it is strongly convex though they are not convex."""
    for L, step in {"1": "0.5924", "1/2": "0.8648", "1/4": "1.113", "1/10": "1.3225"}.items():
        of_f = SmoothMean(Fraction(L), -Fraction(L))
        setting = Setting(smooth(12), HALF, EF21(Fraction(step)), (*BELOW, of_f), GRADIENT)
        yield Row(GeneralCase(f"ef21-mean-L{_named(L)}", setting), f"f has L = {L}", BEST)
    for L, step in {"1": "0.5937", "1/4": "1.022"}.items():
        of_f = SmoothMean(Fraction(L), Fraction(1, 10))
        setting = Setting(smooth(12), HALF, EF21(Fraction(step)), (*BELOW, of_f), GRADIENT)
        yield Row(GeneralCase(f"ef21-mean-mu1_10-L{_named(L)}", setting), f"f has L = {L}, mu = 1/10", BEST)
