"""Certificates as tests, in a pytest of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory import AgentType, certify

BAD = Path(__file__).parents[1] / "certificates" / "bad"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A good certificate, one whose bounds are apart, two bad ones, and two files that are none."""
    folder = tmp_path_factory.mktemp("certificates")
    agents = [AgentType(L=1, mu=Fraction(1, 10), count=5)]
    (folder / "good.cert.json").write_bytes(certify("ef21", agents, alpha=Fraction(3, 4)).data)
    unequal = [AgentType(L=1, mu=Fraction(1, 100)), AgentType(L=Fraction(1, 10), mu=Fraction(9, 100))]
    (folder / "apart.cert.json").write_bytes(certify("ef", unequal, alpha=Fraction(8, 9), engine="law").data)
    shutil.copy(BAD / "multiplier_negative.json", folder / "negative.cert.json")
    (folder / "damaged.cert.json").write_bytes(b"not JSON \xff at all")
    (folder / "empty.cert.json").write_bytes(b"")
    (folder / "other.json").write_bytes((folder / "good.cert.json").read_bytes())
    return folder


def run_pytest(folder, *options):
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-v",
        "-rA",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:benchmark",
        "--rootdir",
        ".",
    ]
    return subprocess.run([*command, *options], cwd=folder, capture_output=True, text=True)


@pytest.fixture(scope="module")
def output(folder):
    return run_pytest(folder).stdout


@pytest.mark.parametrize("name", ["good", "apart"])
@pytest.mark.parametrize("bound", ["upper", "lower"])
def test_good_ones_pass(output, name, bound):
    assert f"{name}.cert.json::{bound} PASSED" in output


def test_a_bad_one_names_the_obligation(output):
    assert "negative.cert.json::upper FAILED" in output
    assert "upper bound inconclusive; not met:\n  " in output or "upper bound refuted; not met:\n  " in output
    assert "multiplier" in output.partition("not met:")[2].partition("====")[0]


@pytest.mark.parametrize("name", ["damaged", "empty"])
def test_files_that_cannot_be_read(output, name):
    assert f"{name}.cert.json::file FAILED" in output


def test_no_tracebacks(output):
    assert "Traceback" not in output
    assert "plugin.py" not in output
    assert "INTERNALERROR" not in output


def test_only_certificates(output):
    assert "other.json" not in output
    assert "::gap" not in output


def test_none_wanted(folder):
    done = run_pytest(folder, "--no-certificates")
    assert done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED


def test_gap(folder):
    done = run_pytest(folder, "--certificate-gap", "1e-6", "good.cert.json", "apart.cert.json")
    assert "good.cert.json::gap PASSED" in done.stdout
    assert "apart.cert.json::gap FAILED" in done.stdout
    assert "of 1 - rate" in done.stdout
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    wide = run_pytest(folder, "--certificate-gap", "1/2", "apart.cert.json")
    assert "apart.cert.json::gap PASSED" in wide.stdout
    assert wide.returncode == pytest.ExitCode.OK


def test_another_pattern(folder):
    done = run_pytest(folder, "-o", "certificate_files=other.json")
    assert "other.json::upper PASSED" in done.stdout
    assert "good.cert.json" not in done.stdout


def test_a_gap_that_is_no_number(folder):
    done = run_pytest(folder, "--certificate-gap", "small", "good.cert.json")
    assert done.returncode != pytest.ExitCode.OK
    assert "small" in done.stdout + done.stderr
    assert "INTERNALERROR" not in done.stdout + done.stderr
