"""Settling: what is proved is not searched again, what is not is, and no file is believed or lost."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory.bounds import certify
from eftheory.certificates import read_certificate
from eftheory.sweep import Case, Proved, Question, Store, Unproved, processes, require_proved, settle, settle_all
from eftheory.writing import write_certificate
from tests.kit.cases import HOPELESS, ONE, OTHER

ROOT = Path(__file__).parents[2]


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[Fraction]:
    """The alphas of the claims that were searched."""
    alphas: list[Fraction] = []

    def counted(*arguments, **options):
        alphas.append(options["alpha"])
        return certify(*arguments, **options)

    monkeypatch.setattr(sys.modules["eftheory.sweep.settle"], "certify", counted)
    return alphas


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A certificate of ONE."""
    return require_proved(settle(ONE, Store(tmp_path_factory.mktemp("store") / "store.db"))).data


def test_what_is_proved_is_searched_once(tmp_path: Path, searched: list[Fraction]) -> None:
    store = Store(tmp_path / "store.db")
    first, second = settle(ONE, store), settle(replace(ONE, name="renamed"), store)
    assert searched == [ONE.alpha]
    assert replace(second, case=ONE) == first
    assert isinstance(first, Proved)
    assert first.data == store.certificates(ONE.digest)[0]
    assert first.lower <= first.upper < 1
    assert first.moved == 1


def test_asked_again_it_searches_and_keeps_what_there_was(tmp_path: Path, searched: list[Fraction]) -> None:
    store = Store(tmp_path / "store.db")
    first, before = settle(ONE, store), store.certificates(ONE.digest)
    assert settle(ONE, store, again=True) == first
    assert len(searched) == 2
    assert store.certificates(ONE.digest)[: len(before)] == before


def test_what_is_not_proved_is_searched_every_time_and_says_why(tmp_path: Path, searched: list[Fraction]) -> None:
    outcomes = [settle(HOPELESS, Store(tmp_path / "store.db")) for _ in range(2)]
    assert len(searched) == 2
    for outcome in outcomes:
        assert isinstance(outcome, Unproved)
        assert "strong convexity" in " ".join(outcome.notes)
        with pytest.raises(ValueError, match=r"hopeless: both rates must be proved: .*strong convexity"):
            require_proved(outcome)


def one_side(data: bytes) -> bytes:
    return write_certificate(replace(read_certificate(data), lower=None))


def too_fast(data: bytes) -> bytes:
    """Sealed, and false."""
    certificate = read_certificate(data)
    return write_certificate(replace(certificate, upper=replace(certificate.upper, rate=certificate.upper.rate / 2)))


def of_another_claim(data: bytes) -> bytes:
    return certify(OTHER.method, OTHER.agents, alpha=OTHER.alpha, engine="law", step_size="law").data


def at_another_step(data: bytes) -> bytes:
    step = read_certificate(data).setting.method.step_size / 2
    return certify(ONE.method, ONE.agents, alpha=ONE.alpha, engine="law", step_size=step).data


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-100],
        lambda data: b"",
        lambda data: b"\xff" + data,
        lambda data: data.replace(b'"mu": "1/10"', b'"mu": "1/11"'),
        one_side,
        too_fast,
        of_another_claim,
        at_another_step,
    ],
    ids=["cut short", "empty", "not text", "changed", "one side", "too fast", "another claim", "another step"],
)
def test_no_file_is_believed_and_none_is_lost(tmp_path: Path, searched: list[Fraction], proof: bytes, spoil) -> None:
    store, spoilt = Store(tmp_path / "store.db"), spoil(proof)
    assert spoilt != proof
    store.add(ONE.digest, spoilt)
    outcome = settle(ONE, store)
    assert searched == [ONE.alpha]
    assert isinstance(outcome, Proved)
    assert outcome.data == proof
    assert store.certificates(ONE.digest) == [spoilt, proof]
    settle(ONE, store)
    assert searched == [ONE.alpha]


def test_a_v_with_memory_is_no_answer_where_none_was_asked_for(tmp_path: Path, searched: list[Fraction]) -> None:
    with_memory = (ROOT / "reports/findings/ef21-one-easy-one-hard-memory.cert.json").read_bytes()
    setting = read_certificate(with_memory).setting
    law = Case("law", "ef21", setting.agents, setting.compressor.alpha)
    asked, store = replace(law, question=Question("auto", memory=1)), Store(tmp_path / "store.db")
    for case in (asked, law):
        store.add(case.digest, with_memory)
    assert require_proved(settle(asked, store)).data == with_memory
    assert not searched
    assert require_proved(settle(law, store)).data != with_memory
    assert searched == [law.alpha]


def test_of_several_proofs_the_best_counts(tmp_path: Path, searched: list[Fraction], proof: bytes) -> None:
    store, certificate = Store(tmp_path / "store.db"), read_certificate(proof)
    upper = certificate.upper
    worse = replace(certificate, upper=replace(upper, rate=upper.rate + (1 - upper.rate) / 1000))
    for data in (write_certificate(worse), proof, write_certificate(worse)):
        store.add(ONE.digest, data)
    assert require_proved(settle(ONE, store)).data == proof
    assert not searched


def test_processes_find_what_one_process_finds(tmp_path: Path) -> None:
    alone = list(settle_all([ONE, OTHER, HOPELESS], Store(tmp_path / "alone")))
    together = list(settle_all([ONE, OTHER, HOPELESS], Store(tmp_path / "together"), execute=processes(2)))
    assert {outcome.case for outcome in together} == {ONE, OTHER, HOPELESS}
    assert _files(alone) == _files(together)


def _files(outcomes: list[Proved | Unproved]) -> dict[Case, bytes]:
    return {outcome.case: outcome.data for outcome in outcomes if isinstance(outcome, Proved)}


KILLED = """
import os, signal, sys
from pathlib import Path
from eftheory.sweep import Store, settle_all
from tests.kit.cases import ONE, OTHER

module = sys.modules["eftheory.sweep.settle"]
honest = module.certify

def certify(*arguments, alpha, **options):
    if alpha == OTHER.alpha:
        os.kill(os.getpid(), signal.SIGKILL)
    return honest(*arguments, alpha=alpha, **options)

module.certify = certify
list(settle_all([ONE, OTHER], Store(Path(sys.argv[1]))))
"""


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path, searched: list[Fraction]) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "store.db")], cwd=ROOT, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    store = Store(tmp_path / "store.db")
    assert len(store.certificates(ONE.digest)) == 1
    assert not store.certificates(OTHER.digest)
    cases: list[Case] = [ONE, OTHER]
    assert all(isinstance(outcome, Proved) for outcome in settle_all(cases, store))
    assert searched == [OTHER.alpha]
