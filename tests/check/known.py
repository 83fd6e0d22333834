"""The four methods of eftheory as JSON, by hand from their papers, for an oracle that shares no code with eftheory."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

GRADIENT = {"call": "gradient", "of": {"x": "1"}}
MOVE = {"x": "1", "x*": "-1"}


def in_words(setting: dict[str, Any]) -> dict[str, Any]:
    """The definition in a setting, or that of the method it names."""
    if setting["method"] == "external":
        return setting["definition"]
    step = Fraction(setting["step_size"])
    return {"gd": gd, "cgd": cgd, "ef": ef, "ef21": ef21}[setting["method"]](str(step), str(-step))


def gd(_: str, back: str) -> dict[str, Any]:
    """x+ = x - step mean g; the square of the mean gradient."""
    mean = [GRADIENT, {"call": "mean", "of": {"gradient 0": "1"}}]
    return {
        "server_state": ["x"],
        "step": {"calls": mean, "server": {"x": {"x": "1", "mean 1": back}}},
        "measure": {"calls": mean, "server": {"a": {"mean 1": "1"}}},
        "weights": {"a": "1"},
    }


def cgd(_: str, back: str) -> dict[str, Any]:
    """x+ = x - step C(g); f(x) - f* = <g, x - x*>/2 for these functions, which is (|g + y|^2 - |g - y|^2)/8."""
    sent = [GRADIENT, {"call": "compress", "of": {"gradient 0": "1"}}, {"call": "mean", "of": {"compress 1": "1"}}]
    mean = [GRADIENT, {"call": "mean", "of": {"gradient 0": "1"}}]
    sides = {"a": {"mean 1": "1", **MOVE}, "b": {"mean 1": "1", "x": "-1", "x*": "1"}}
    return {
        "server_state": ["x"],
        "hypotheses": ["one agent", "common minimiser"],
        "step": {"calls": sent, "server": {"x": {"x": "1", "mean 2": back}}},
        "measure": {"calls": mean, "server": sides},
        "weights": {"a": "1/8", "b": "-1/8"},
    }


def ef(ahead: str, _: str) -> dict[str, Any]:
    """v = e + step g, x+ = x - mean C(v), e+ = v - C(v)."""
    v = {"e": "1", "gradient 0": ahead}
    calls = [GRADIENT, {"call": "compress", "of": v}, {"call": "mean", "of": {"compress 1": "1"}}]
    return {
        "server_state": ["x"],
        "agent_state": ["e"],
        "hypotheses": ["common minimiser"],
        "step": {
            "calls": calls,
            "server": {"x": {"x": "1", "mean 2": "-1"}},
            "agents": {"e": {**v, "compress 1": "-1"}},
        },
        "measure": {"server": {"a": MOVE}, "agents": {"b": {"e": "1"}}},
        "weights": {"a": "1", "b": "1"},
    }


def ef21(_: str, back: str) -> dict[str, Any]:
    """x+ = x - step mean d, d+ = d + C(g(x+) - d)."""
    ahead = {"x": "1", "mean 0": back}
    calls = [
        {"call": "mean", "of": {"d": "1"}},
        {"call": "gradient", "of": ahead},
        {"call": "compress", "of": {"gradient 1": "1", "d": "-1"}},
    ]
    return {
        "server_state": ["x"],
        "agent_state": ["d"],
        "step": {"calls": calls, "server": {"x": ahead}, "agents": {"d": {"d": "1", "compress 2": "1"}}},
        "measure": {
            "calls": [GRADIENT, {"call": "mean", "of": {"gradient 0": "1"}}],
            "agents": {"a": {"gradient 0": "1", "d": "-1"}},
            "server": {"b": {"mean 1": "1"}},
        },
        "weights": {"a": "1", "b": "1"},
    }
