"""``python -m eftheory.check FILE...``: check certificates with nothing but the standard library."""

import argparse
import io
import json
import os
import sys
from typing import Any

from eftheory.certificates.document import MAX_BYTES, CertificateError
from eftheory.check.checker import ContradictionError, check_bytes
from eftheory.check.verdict import INCONCLUSIVE, PROVED, Verdict, overall
from eftheory.claims import DRIFT

ACCEPTED, NOT_ACCEPTED, USAGE, NOT_READ = 0, 1, 2, 141


def main(arguments: list[str] | None = None) -> int:
    """Check files, print what holds and what fails; 0 all proved, 1 something not accepted, 2 usage."""
    parser = argparse.ArgumentParser(prog="eftheory check", description="Check certificates exactly.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="certificate files; - reads standard input")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # of names that the output has no letters for
    report: dict[str, Any] = {}
    unread = False
    for name in options.files:
        try:
            verdicts = check_bytes(_read(name))
        except OSError as error:
            print(f"eftheory check: cannot read {name!r}: {error.strerror or error}", file=sys.stderr)
            unread = True
            continue
        except (CertificateError, ContradictionError) as error:
            said = "is not a certificate" if isinstance(error, CertificateError) else "proves the checker wrong"
            print(f"eftheory check: {name!r} {said}: {error}", file=sys.stderr)
            report[name] = {"status": INCONCLUSIVE, "error": str(error), "claim": None, "obligations": []}
            continue
        report[name] = describe(verdicts)
        if not options.json:
            _print(name, verdicts)
    if options.json and report:
        print(json.dumps(report, indent=1))
    if unread:
        return USAGE
    return ACCEPTED if all(entry["status"] == PROVED for entry in report.values()) else NOT_ACCEPTED


def describe(verdicts: tuple[Verdict, ...]) -> dict[str, Any]:
    """The verdicts as plain data."""
    of = {DRIFT: "constant"}.get
    return {
        "status": overall(verdicts),
        "claim": verdicts[0].claim.setting.sentence(),
        "bounds": {v.claim.kind: {"status": v.status, of(v.claim.kind, "rate"): str(v.claim.rate)} for v in verdicts},
        "guarantees": {v.claim.kind: v.guarantee for v in verdicts if v.proved},
        "obligations": [{"bound": v.claim.kind, **vars(o)} for v in verdicts for o in v.obligations],
    }


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with open(name, "rb") as file:
        return file.read(MAX_BYTES + 1)


def _print(name: str, verdicts: tuple[Verdict, ...]) -> None:
    print(f"{name!r}: {overall(verdicts)}\n  {verdicts[0].claim.setting.sentence()}")
    for verdict in verdicts:
        print(f"  {verdict.claim.kind}: {verdict.status} ({len(verdict.obligations)} obligations)")
        print(f"    {verdict.guarantee or verdict.claim.sentence()}")
        for failure in verdict.failures:
            print(f"    FAILS: {failure.name}" + (f" [{failure.found}]" if failure.found else ""))
        if verdict.status == INCONCLUSIVE:
            print("    not proved by this file; that does not refute the claim")


if __name__ == "__main__":
    try:
        code = main()
        sys.stdout.flush()
    except OSError as error:  # of the output: what is left of it goes nowhere, and says nothing about any claim
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = NOT_READ if isinstance(error, BrokenPipeError) else USAGE
        if code == USAGE:
            print(f"eftheory check: the output cannot be written: {error.strerror or error}", file=sys.stderr)
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
