"""Damaged claims about messages of the server, unbiased ones beside, and f itself: what is proved of them is true.

    python tests/check/test_mutants_of_messages.py 20000

tries more. A mutant that is proved is replayed on random instances of its own setting, with all their chance: none may
break it. Mutants are nudged where claims are made: constants of messages, independence, hypotheses, constants of f.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from eftheory.certificates import read_certificate
from eftheory.check.upper import check_upper
from eftheory.writing import seal, write_certificate
from tests.check.test_messages import OWN
from tests.check.test_messages import found as certified
from tests.kit.covering import slacks
from tests.kit.second import SECOND

FILES = tuple(
    name for name in SECOND if name.startswith(("ef21_bc", "ef21_p_", "ef_bv", "ef21_sgdm")) or "mean" in name
)
SOURCES = (*OWN, *FILES)
INSTANCES = 6


def nudged(rng: random.Random, text: str) -> str:
    """Another number nearby, or one from the ends of a range."""
    x = Fraction(text)
    near = x * (1 + rng.choice((-1, 1)) * Fraction(1, 2 ** rng.randrange(1, 12)))
    return str(rng.choice((near, near, near, x + Fraction(1, 16), Fraction(1), Fraction(0), -x, 2 * x, x / 2)))


def constant_of_a_message(rng: random.Random, content: dict[str, Any]) -> None:
    calls = content["setting"]["definition"]["step"]["calls"]
    call = rng.choice([each for each in calls if {"alpha", "omega"} & each.keys()])
    name = "alpha" if "alpha" in call else "omega"
    call[name] = nudged(rng, call[name])


def independence(rng: random.Random, content: dict[str, Any]) -> None:
    calls = content["setting"]["definition"]["step"]["calls"]
    call = rng.choice([each for each in calls if each["call"] == "unbiased"])
    if not call.pop("independent", ""):
        call["independent"] = "1"


def kind_of_message(rng: random.Random, content: dict[str, Any]) -> None:
    calls = content["setting"]["definition"]["step"]["calls"]
    call = rng.choice([each for each in calls if each["call"] in ("compress", "unbiased", "compress_server")])
    call["call"] = rng.choice(("compress", "unbiased", "compress_server", "mean"))


def parameter(rng: random.Random, content: dict[str, Any]) -> None:
    numbers = content["setting"]["parameters"]
    name = rng.choice([*numbers])
    numbers[name] = nudged(rng, numbers[name])


def constant_of_the_setting(rng: random.Random, content: dict[str, Any]) -> None:
    setting = content["setting"]
    places: list[tuple[dict[str, str], str]] = [(setting, "step_size")]
    places.append((setting["compressor"], "omega") if "compressor" in setting else (setting, "alpha"))
    places += [(each, name) for each in setting["agents"] for name in ("L", "mu")]
    places += [(each, name) for each in setting.get("assumptions", ()) for name in each if name != "class"] * 3
    at, name = rng.choice(places)
    at[name] = nudged(rng, at[name])
    if "compressor" in setting:
        setting["alpha"] = str(max(1 - Fraction(setting["compressor"]["omega"]), Fraction(0)))


def assumption(rng: random.Random, content: dict[str, Any]) -> None:
    gone = content["setting"]["assumptions"].pop(rng.randrange(len(content["setting"]["assumptions"])))
    content["setting"]["hypotheses"].remove(gone["class"])


def number_of_the_evidence(rng: random.Random, content: dict[str, Any]) -> None:
    upper = content["upper"]
    key = rng.choice([key for key in ("multipliers", "initial", "noise", "below") if upper.get(key)] + ["rate", "tau"])
    if key in ("rate", "tau"):
        upper[key] = nudged(rng, upper[key])
        return
    name = rng.choice([*upper[key]])
    if isinstance(upper[key][name], list):
        row = upper[key][name]
        place = rng.randrange(len(row))
        row[place] = nudged(rng, row[place])
    else:
        upper[key][name] = nudged(rng, upper[key][name])


CHANGES: tuple[Callable[[random.Random, dict[str, Any]], None], ...] = (
    constant_of_a_message,
    constant_of_a_message,
    independence,
    kind_of_message,
    parameter,
    parameter,
    constant_of_the_setting,
    constant_of_the_setting,
    assumption,
    number_of_the_evidence,
)


def outcome(name: str, seed: int) -> str:
    """What becomes of one mutant; AssertionError if it is proved and an instance breaks it."""
    rng = random.Random(f"{name} {seed}")
    content = json.loads(write_certificate(certified(name)))
    for _ in range(rng.choice((1, 1, 2))):
        try:
            rng.choice(CHANGES)(rng, content)
        except (LookupError, ValueError):
            return "nothing to change"
    try:
        it = read_certificate(json.dumps(seal(content)).encode())
    except ValueError:
        return "refused"
    if not check_upper(it.setting, it.upper).proved:
        return "not proved"
    if it == certified(name):
        return "the same"
    for instance in range(INSTANCES):
        left = slacks(it.setting, it.upper, 1000 * seed + instance, draws=3 if name in OWN else 2)
        assert min(left) >= 0, (name, seed, instance, left)
    return "proved and true"


@pytest.mark.parametrize("name", SOURCES)
def test_no_mutant_proves_what_an_instance_breaks(name: str) -> None:
    found = Counter(outcome(name, seed) for seed in range(20))
    assert found["refused"] + found["not proved"] > 0


if __name__ == "__main__":
    total: Counter[str] = Counter()
    for k in range(int(sys.argv[1])):
        source = SOURCES[k % len(SOURCES)]
        total[outcome(source, 10**6 + k)] += 1
    print(dict(total))
