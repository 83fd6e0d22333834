"""STEPS.md is real: its code runs, each verb is on it, what it refuses is refused, and what it offers works."""

from __future__ import annotations

import re
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import pytest

from eftheory.methods.verbs import AllVerbs
from eftheory.methods.world import World
from eftheory.recording import RecordingError, load_method, make_method
from eftheory.recording.trace import RecordingWorld

TEXT = files("eftheory.methods").joinpath("STEPS.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in TEXT.splitlines() if line.startswith("| `")]
REFUSED = [row for row in ROWS if len(row) == 3]
KNOWN = [row for row in ROWS if len(row) == 4]
LAST = re.compile(r"`([^`]*)`$")
HALF = Fraction(1, 2)
FILE = """
from fractions import Fraction
from eftheory import COMMON_MINIMISER, Method, Observation

class Tried(Method):
    server_state, agent_state, hypotheses = ("x", "m"), ("e", "w"), (COMMON_MINIMISER,)

    def step(self, world, x, m, e, w):
        {step}
        return x - self.step_size * world.mean(world.gradient(x)), m / 2, e / 2, w / 2

    def observe(self, world, x, m, e, w):
        return Observation(agents=(e, w), server=(x - world.minimiser, m))

    def measure(self, world, x, m, e, w):
        {measure}
"""
MEASURE = "return world.square(x - world.minimiser) + world.square(m) + world.mean_square(e) + world.mean_square(w)"


def verbs_of(world) -> set[str]:
    return {name for name in dir(world) if not name.startswith("_")}


def record(folder: Path, step: str = "pass", measure: str = MEASURE):
    (folder / "tried.py").write_text(FILE.format(step=step, measure=measure), encoding="utf-8")
    return make_method(load_method(f"{folder / 'tried.py'}:Tried"), HALF)


def statement(code: str) -> str:
    return code if re.search(r"^import|[-+]= ", code) else f"found = {code}"


def test_every_block_of_code_is_recorded(tmp_path):
    assert BLOCKS
    for block in BLOCKS:
        (tmp_path / "mine.py").write_text(block, encoding="utf-8")
        for name in re.findall(r"^class (\w+)", block, re.MULTILINE):
            make_method(load_method(f"{tmp_path / 'mine.py'}:{name}"), HALF)


def test_every_verb_is_on_the_page():
    known = {row[0].strip("`") for row in KNOWN}
    assert known == verbs_of(RecordingWorld) - {"note", "program", "refusals", "refuse", "state"}
    refused = {verb for row in REFUSED for verb in re.findall(r"^`world\.(\w+)", row[0])}
    assert verbs_of(AllVerbs) - known <= refused
    assert verbs_of(World) - known == {"value"}


@pytest.mark.parametrize("row", KNOWN, ids=lambda row: row[0])
def test_what_is_said_to_work_works(row, tmp_path):
    code = LAST.search(row[-1])[1]
    record(tmp_path, **({"measure": f"return {code}"} if "square" in code else {"step": statement(code)}))


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row[0])
def test_what_is_said_to_be_refused_is_refused_and_leads_to_the_page(row, tmp_path):
    with pytest.raises(RecordingError, match=r"\(see: eftheory methods --steps\)$") as caught:
        record(tmp_path, statement(row[0].strip("`")))
    assert "tried.py, line 9" in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row[0])
def test_the_nearest_thing_works(row, tmp_path):
    record(tmp_path, statement(LAST.search(row[2])[1]))
