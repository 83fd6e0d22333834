"""Certificates that would be accepted if x* were the origin: something in them does not move with x*.

Each was proved by the checker when it put x* there. All claims are false; tests have runs that break them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eftheory.writing import seal
from tests.certificates.defects import DECREASE, Defect, text

AGENTS = [{"L": "1", "count": "2", "mu": "1/2"}]
GRADIENT = [{"call": "gradient", "of": {"x": "1"}}, {"call": "mean", "of": {"gradient 0": "1"}}]


def of_gradients(x: dict[str, str], observed: dict[str, dict[str, str]], measured: dict[str, dict[str, str]]) -> Any:
    """A definition with one server vector."""
    step = {"calls": GRADIENT, "server": {"x": {"mean 1": "-1/4", **x}}}
    return {"step": step, "server_state": ["x"], "observe": {"server": observed}, "measure": {"server": measured}}


def of_errors(x: str, pull: dict[str, str]) -> Any:
    """Error feedback of x+ = x times a number, with ``pull`` added to what is sent."""
    sent = {"e": "1", "gradient 0": "1/4", **pull}
    calls = [GRADIENT[0], {"call": "compress", "of": sent}, {"call": "mean", "of": {"compress 1": "1"}}]
    step = {"calls": calls, "agents": {"e": {"compress 1": "-1", **sent}}, "server": {"x": {"mean 2": "-1", "x": x}}}
    seen = {"agents": {"e": {"e": "1"}}, "server": {"x": {"x": "1"}}}
    return {"step": step, "server_state": ["x"], "agent_state": ["e"], "observe": seen, "measure": seen}


def certified(name: str, alpha: str, measure: str, definition: dict[str, Any], upper: dict[str, Any]) -> bytes:
    """A sealed file with these parts."""
    terms = [key for part in definition["measure"].values() for key in part]
    definition |= {"name": name, "hypotheses": ["common minimiser"], "weights": dict.fromkeys(terms, "1")}
    how = "no compression" if alpha == "1" else "contractive in expectation"
    setting = {
        "method": "external", "version": "1", "definition": definition, "agents": AGENTS, "alpha": alpha,
        "step_size": "1/4", "measure": measure, "hypotheses": ["common minimiser", how],
    }  # fmt: skip
    document = {"format": "eftheory-certificate/1", "setting": setting, "upper": {"values": [], **upper}}
    return text(seal(json.loads(json.dumps(document))))


def evidence(
    rate: str, multipliers: dict[str, str], *blocks: tuple[list[str], list[list[str]]], c: str, C: str
) -> dict[str, Any]:
    lyapunov = [{"symbols": symbols, "rows": rows} for symbols, rows in blocks]
    rows = {name: [value] for name, value in multipliers.items()}
    return {"rate": rate, "multipliers": rows, "lyapunov": lyapunov, "c": c, "C": C}


X, MOVE = {"x": "1"}, {"x": "1", "x*": "-1"}
ONE = [["1"]]


def weight_decay() -> bytes:
    """x+ = 3/4 x - 1/4 mean g."""
    definition = of_gradients({"x": "3/4"}, {"x": X}, {"a": MOVE})
    proof = evidence("3299/8192", {"interpolation 0 1": "3743/65536"}, (["x"], ONE), c="1", C="1")
    return certified("WeightDecay", "1", "||x - x*||^2", definition, proof)


def weight_decay_in_error_feedback() -> bytes:
    """x+ = 15/16 x - mean c."""
    proof = evidence(
        "11149/16384",
        {"compression 0": "7591/4096", "interpolation 0 1": "3763/131072"},
        (["e[0]", "x"], [["6571/4096"], ["-7681/16384", "995/2048"]]),
        (["e[0]'"], [["6307/8192"]]),
        c="645/2048",
        C="16/9",
    )
    return certified("DecayEF", "3/4", "mean ||e||^2 + ||x||^2", of_errors("15/16", {}), proof)


def penalty_in_what_is_sent() -> bytes:
    """The agents send e + 1/4 (g + 1/2 x), an L2 term treated by hand."""
    proof = evidence(
        "4953/8192",
        {"compression 0": "2573/2048", "interpolation 0 1": "7177/262144"},
        (["e[0]", "x"], [["6671/4096"], ["-1079/2048", "4475/8192"]]),
        (["e[0]'"], [["2867/4096"]]),
        c="85/256",
        C="1024/555",
    )
    return certified("PenaltyByHand", "3/4", "mean ||e||^2 + ||x||^2", of_errors("1", {"x": "1/8"}), proof)


def measure_from_the_origin() -> bytes:
    """Gradient descent, and ||x||^2."""
    definition = of_gradients({"x": "1"}, {"x - x*": MOVE}, {"a": X})
    proof = evidence("50483/65536", {"interpolation 0 1": "2181/32768"}, (["x - x*"], ONE), c="1", C="1")
    return certified("NormOfX", "1", "||x||^2", definition, proof)


def pull_to_an_anchor() -> bytes:
    """x+ = x - 1/4 (mean g + 1/2 (x - w)), w+ = w/2."""
    seen = {"w": {"w": "1"}, "x": X}
    definition = of_gradients({"x": "7/8", "w": "1/8"}, seen, seen)
    definition["step"]["server"]["w"] = {"w": "1/2"}
    definition["server_state"] = ["x", "w"]
    V = (["w", "x"], [["1277/1024"], ["6797/32768", "4259/4096"]])
    proof = evidence("9359/16384", {"interpolation 0 1": "3353/65536"}, V, c="933/1024", C="128/93")
    return certified("Anchor", "1", "||w||^2 + ||x||^2", definition, proof)


def found(name: str) -> bytes:
    """A file as ``certify`` wrote it when the checker was wrong, with lower and class bounds that are true."""
    return (Path(__file__).parent / "found" / f"{name}.json").read_bytes()


ORIGIN = {
    "origin_as_found": Defect(lambda: found("WDGD"), "upper", DECREASE),
    "origin_as_found_in_error_feedback": Defect(lambda: found("WeightDecayEF"), "upper", DECREASE),
    "origin_weight_decay": Defect(weight_decay, "upper", DECREASE),
    "origin_weight_decay_in_error_feedback": Defect(weight_decay_in_error_feedback, "upper", DECREASE),
    "origin_penalty_in_what_is_sent": Defect(penalty_in_what_is_sent, "upper", DECREASE),
    "origin_measure": Defect(measure_from_the_origin, "upper", "V >= c measure: positive semidefinite"),
    "origin_pull_to_an_anchor": Defect(pull_to_an_anchor, "upper", DECREASE),
}
