"""Certify: find a Lyapunov function and a worst case, write them down exactly, check what was written."""

from __future__ import annotations

import errno
import logging
import os
import platform
import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from eftheory.assumptions import AgentType, Contractive, group_agents
from eftheory.certificates import Certificate, Upper, write_certificate
from eftheory.check import INCONCLUSIVE, PROVED, Verdict, check_bytes
from eftheory.claims import CLASS_BOUND, LOWER, UPPER, Setting
from eftheory.lyapunov import closed_form, law_step_size
from eftheory.methods import METHODS, Method, Recorded
from eftheory.recording import load_method, make_method
from eftheory.witnesses import worst_case

ENGINES = ("auto", "law", "cvxpy")
_EXPLAIN_UNSEARCHED = "no closed form is known for a method of your own; search for a proof with the engine cvxpy"
SDP_TYPES = 4
"""Up to how many agent types ``engine="auto"`` tries the SDP before it settles for the law."""

_log = logging.getLogger("eftheory")


@dataclass(frozen=True)
class Certification:
    """What was proved about a setting, and the certificate that proves it.

    Attributes:
        setting: what the bounds speak about.
        certificate: the evidence for what was proved; None if nothing was.
        data: the bytes of the certificate file, read back and checked.
        verdicts: by kind (``upper``, ``lower``, ``class_bound``), of the bounds in the file.
        seconds: time spent in ``search``, ``round`` (writing included) and ``check``.
        notes: what a user should know, such as why a side is inconclusive.
    """

    setting: Setting
    certificate: Certificate | None
    data: bytes | None
    verdicts: dict[str, Verdict]
    seconds: dict[str, float]
    notes: tuple[str, ...] = field(default=())

    def status(self, kind: str) -> str:
        """The status of one side; ``inconclusive`` where there is no evidence."""
        return self.verdicts[kind].status if kind in self.verdicts else INCONCLUSIVE

    def rate(self, kind: str) -> Fraction | None:
        """The proved rate of one side, or None."""
        return self.verdicts[kind].claim.rate if self.status(kind) == PROVED else None

    @property
    def constant(self) -> Fraction | None:
        """C/c in measure_t <= (C/c) rate^t measure_0, or None."""
        upper = self.certificate.upper if self.certificate else None
        return upper.C / upper.c if upper else None

    @property
    def gap(self) -> Fraction | None:
        """Proved upper minus proved lower rate, or None."""
        upper, lower = self.rate(UPPER), self.rate(LOWER)
        return None if upper is None or lower is None else upper - lower

    @property
    def refutes_convergence(self) -> bool:
        """Whether an instance that does not converge is proved."""
        lower = self.rate(LOWER)
        return lower is not None and lower >= 1


def certify(
    method: str | type[Method],
    agents: Iterable[AgentType],
    *,
    alpha: Fraction | int = 1,
    step_size: Fraction | int | str = "optimal",
    engine: str = "auto",
    slack: Fraction = Fraction(1, 10**6),
    path: str | os.PathLike[str] | None = None,
    parameters: Mapping[str, Fraction | int] | None = None,
) -> Certification:
    """Prove an upper and a lower bound on the worst-case rate of a method, and write the certificate.

    The closed forms (Theorem A for EF and EF21) prove every convergent setting without a solver,
    tightly for equal agents; for unequal ones the SDP may improve on them, and the better of the
    two is kept. What is returned as proved was checked on the bytes that were written.

    Args:
        method: ``gd``, ``cgd``, ``ef`` or ``ef21``; or a method of your own, a subclass of ``Method`` or
            the place of one, as ``file.py:Class``. Its definition is recorded in the certificate.
        agents: agent types; any number of agents costs the same.
        alpha: contraction of the compressors, in (0, 1]; 1 means no compression.
        step_size: a positive rational, or ``law`` or ``optimal``: the law's step, which is
            optimal for equal agents and nearly so for others.
        engine: ``law`` (closed forms only), ``cvxpy`` (SDP, else the law), or ``auto`` (SDP for two to
            four types of agents).
        slack: how far above its optimum the SDP may round, relative to 1 - rate.
        path: where to write the certificate; nothing is written unless a bound is proved.
        parameters: values of the other fields of a method of your own.

    Raises:
        ValueError: a parameter is out of range; the message says what is allowed.
        OSError: the path cannot be written.

    References:
        [ThomsenTaylorDieuleveut2026], Theorems 3.1 and 3.2; README, "Results of our own".

    >>> result = certify("ef21", [AgentType(L=1, mu=Fraction(1, 10), count=1000)], alpha=Fraction(3, 4))
    >>> result.status("upper"), result.status("lower"), float(result.gap) < 1e-12
    ('proved', 'proved', True)
    """
    if engine not in ENGINES:
        raise ValueError(f"engine={engine!r}: choose one of {', '.join(ENGINES)}")
    if not 0 < slack < 1:
        raise ValueError(f"slack={slack}: the slack must lie in (0, 1); it is relative to 1 - rate")
    setting = make_setting(method, agents, alpha=alpha, step_size=step_size, parameters=parameters)
    place = None if path is None else Path(path).resolve()  # through links, so that they stay links
    if place is not None:
        _require_place(place)
    notes = list(_explain_step(setting, step_size))
    seconds = dict.fromkeys(("search", "round", "check"), 0.0)

    started = time.perf_counter()
    upper, lower, class_bound = closed_form(setting), worst_case(setting), None
    seconds["search"] += time.perf_counter() - started
    searched = engine == "cvxpy" or (engine == "auto" and _is_worth_searching(setting, upper))
    if searched:
        from eftheory.search import search_class_bound, search_upper

        found = search_upper(setting, slack=slack)
        for stage, spent in found.seconds.items():
            seconds[stage] = seconds.get(stage, 0.0) + spent
        if found.upper is None:
            stands = "; the closed form stands" if upper is not None else ""
            notes.append(f"the SDP search was inconclusive ({found.status}){stands}")
        elif upper is None or found.upper.rate < upper.rate:
            upper = found.upper
            if found.status != PROVED:
                notes.append(f"the SDP search: {found.status}")
            started = time.perf_counter()
            class_bound = search_class_bound(setting, upper.rate, found=found)
            seconds["search"] += time.perf_counter() - started
    if upper is None:
        unsearched = isinstance(setting.method, Recorded) and not searched
        notes.append(_EXPLAIN_UNSEARCHED if unsearched else _explain_failure(setting))

    started = time.perf_counter()
    found_evidence = {UPPER: upper, LOWER: lower, CLASS_BOUND: class_bound}
    certificate = _writable(Certificate(setting, provenance=_provenance(engine)), found_evidence, notes)
    data = _write(certificate)
    seconds["round"] += time.perf_counter() - started
    started = time.perf_counter()
    verdicts = _check(data)
    if any(not verdict.proved for verdict in verdicts.values()):
        certificate = _without_failures(certificate, verdicts, notes)
        data = _write(certificate)
        verdicts = _check(data)
    if data is not None and place is not None:
        verdicts = _write_and_check(data, place)
    seconds["check"] += time.perf_counter() - started
    return Certification(setting, certificate if data else None, data, verdicts, seconds, tuple(notes))


def make_setting(
    method: str | type[Method],
    agents: Iterable[AgentType],
    *,
    alpha: Fraction | int = 1,
    step_size: Fraction | int | str = "optimal",
    parameters: Mapping[str, Fraction | int] | None = None,
) -> Setting:
    """The setting that ``certify`` speaks about.

    Raises:
        ValueError: a parameter is out of range, or the method is unknown or cannot be recorded.
    """
    kind = find_method(method)
    types, compressor = group_agents(agents), Contractive(Fraction(alpha))
    if isinstance(step_size, str):
        if step_size not in ("law", "optimal"):
            raise ValueError(f"step_size={step_size!r}: give a positive number, 'law' or 'optimal'")
        if kind not in METHODS.values():
            raise ValueError(f"step_size={step_size!r}: no law is known for a method of your own; give a number")
        step_size = law_step_size(kind.name, types, compressor.alpha)
    return Setting(types, compressor, make_method(kind, Fraction(step_size), parameters))


def find_method(method: str | type[Method]) -> type[Method]:
    """The class of a method, by its name in ``METHODS`` or its place, ``file.py:Class``.

    Raises:
        ValueError: it is unknown.
    """
    if isinstance(method, str):
        if method not in METHODS and ":" not in method:
            raise ValueError(f"method={method!r}: choose one of {', '.join(METHODS)}, or write file.py:Class")
        return METHODS[method] if method in METHODS else load_method(method)
    if not (isinstance(method, type) and issubclass(method, Method)):
        raise ValueError(f"method={method!r}: give a name, a subclass of eftheory.Method, or 'file.py:Class'")
    return method


def _is_worth_searching(setting: Setting, known: Upper | None) -> bool:
    """Whether ``auto`` searches: few types, for which no tight closed form is known."""
    types = len(setting.agents)
    return types <= SDP_TYPES and (isinstance(setting.method, Recorded) or (types > 1 and known is not None))


def _explain_step(setting: Setting, asked: Fraction | int | str) -> list[str]:
    if asked == "optimal" and setting.method.name in ("ef", "ef21") and len(setting.agents) > 1:
        return ["the law's step size is used; for unequal agents it is nearly, not exactly, optimal"]
    return []


def _explain_failure(setting: Setting) -> str:
    if all(agent.mu == 0 for agent in setting.agents):
        return "all mu = 0: no linear rate exists; strong convexity of at least one function is needed"
    if isinstance(setting.method, Recorded):
        return "no rate below 1 was found: the step size may be too large, or the method may not converge at all"
    return "no rate below 1 was found: the step size is too large for these constants, or close to too large"


def _provenance(engine: str) -> dict[str, str]:
    from eftheory import __version__

    return {"eftheory": __version__, "engine": engine, "python": platform.python_version()}


def _writable(empty: Certificate, evidence: dict[str, Any], notes: list[str]) -> Certificate:
    """The certificate with all evidence that fits the format; what does not becomes a note."""
    kept = {}
    for kind, found in evidence.items():
        try:
            if found is not None:
                write_certificate(replace(empty, **{kind: found}))
                kept[kind] = found
        except ValueError as error:
            notes.append(f"{kind}: the evidence found cannot be written: {error}")
    return replace(empty, **kept)


def _write(certificate: Certificate) -> bytes | None:
    return write_certificate(certificate) if certificate.upper or certificate.lower else None


def _check(data: bytes | None) -> dict[str, Verdict]:
    return {} if data is None else {verdict.claim.kind: verdict for verdict in check_bytes(data)}


def _without_failures(certificate: Certificate, verdicts: dict[str, Verdict], notes: list[str]) -> Certificate:
    """The certificate without the evidence that does not hold, which becomes a note."""
    kept: dict[str, Any] = dict.fromkeys((UPPER, LOWER, CLASS_BOUND))
    for kind, verdict in verdicts.items():
        if verdict.proved:
            kept[kind] = getattr(certificate, kind)
        else:
            notes.append(f"{kind}: the evidence found fails at: {verdict.failures[0].name}")
            _log.info("%s evidence rejected by the checker: %s", kind, verdict.failures)
    return replace(certificate, **kept)


def _write_and_check(data: bytes, path: Path) -> dict[str, Verdict]:
    """Write beside the target, read back, check, and only then put the file in its place."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        if path.exists():
            shutil.copymode(path, part)
        verdicts = _check(part.read_bytes())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return verdicts


def _require_place(path: Path) -> None:
    """Refuse a path that cannot be written before any work is done for it."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder; name a file", str(path))
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "is not a regular file; name one", str(path))
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "its folder does not exist", str(path))
    if not os.access(path.parent, os.W_OK):
        raise PermissionError(errno.EACCES, "its folder is not writable", str(path))
