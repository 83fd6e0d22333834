"""What the words of ``eftheory simulate`` mean: methods, data, problems, numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from eftheory.cli.load_compressor import load_compressor
from eftheory.compressors import Compressor
from eftheory.methods.catalogue import CATALOGUE
from eftheory.numbers import read_number
from eftheory.recording.record import complete
from eftheory.simulate.clock import Speeds
from eftheory.simulate.load import Dataset, load_data
from eftheory.simulate.problems.finite_sum import FiniteSum
from eftheory.simulate.problems.loss import Logistic, Loss, Squares
from eftheory.simulate.problems.problem import Problem
from eftheory.simulate.problems.regulariser import L2, Nonconvex, Regulariser
from eftheory.simulate.runs import nearest
from eftheory.simulate.side_by_side import Entry
from eftheory.simulate.split import divide
from eftheory.theory.named import name_of, plain

LOSSES: dict[str, Callable[[], Loss]] = {"logistic": Logistic, "squares": Squares}
REGULARISERS: dict[str, Callable[[Fraction], Regulariser]] = {"l2": L2, "nonconvex": Nonconvex}
DRAWN, SPENT = ("grad2", "f", "measure"), ("bits_up", "bits_down", "samples", "round", "seconds")
"""Columns that are drawn, and that they are drawn against."""


def find_method(word: str, parameters: Sequence[str] = ()) -> Entry:
    """The method of a word: a name, perhaps with numbers as ef21_pp:chance=1/4, or file.py:Class.

    Args:
        word: as typed; EF21+ is ef21_plus.
        parameters: ``name=value``, for each method that has the name.

    Raises:
        ValueError: there is no such method, or it has no such number.

    >>> find_method("ef21+").kind.__name__, find_method("ef21_pp:chance=1/4").parameters
    ('EF21Plus', {'chance': Fraction(1, 4)})
    """
    name, _, given = word.partition(":")
    kinds = {plain(each): kind for kind in CATALOGUE for each in (kind.__name__, name_of(kind))}
    kind = kinds.get(plain(name.replace("+", "plus")))
    if kind is None:
        if not given:
            known = sorted(map(name_of, CATALOGUE))
            raise ValueError(f"method={word[:60]!r}: {nearest(name, known)}; or write file.py:Class")
        from eftheory.recording.load import load_method

        kind, given = load_method(word), ""
    kind = complete(kind)
    own = {field.name for field in fields(kind)} - {"step_size"}
    numbers: dict[str, Any] = {}
    for text in [*filter(None, given.split(",")), *parameters]:
        key, equals, value = text.partition("=")
        if key in own and equals:
            numbers[key] = read_float(value, key)
        elif text not in parameters:
            raise ValueError(f"{word[:60]!r}: {key[:30]!r} is not one of its numbers; {nearest(key, sorted(own))}")
    return Entry(kind, numbers)


def check_parameters(asked: Sequence[Entry], parameters: Sequence[str]) -> None:
    """Refuse a ``--param`` that no method has; ValueError."""
    known = sorted({field.name for each in asked for field in fields(each.kind)} - {"step_size"})
    for text in parameters:
        name, equals, _ = text.partition("=")
        if not equals or name not in known:
            what = nearest(name, known) if known else "the methods have no numbers beside the step size"
            raise ValueError(f"--param {text[:40]!r}: write NAME=VALUE; {what}")


def find_compressor(word: str) -> Any:
    """The compressor of a word, as topk:k=1; topk:1 gives the first of its numbers.

    >>> find_compressor("topk:1")
    TopK(k=1)
    """
    name, colon, given = word.partition(":")
    if colon and "=" not in given and "." not in name:
        from eftheory import compressors

        known = {each.lower(): kind for each, kind in vars(compressors).items() if is_dataclass(kind)}
        if name.lower() in known and (own := fields(known[name.lower()])):
            word = f"{name}:{own[0].name}={given}"
    return load_compressor(word)


def is_loose(compressor: Any, dimension: int) -> bool:
    """Whether it is one of eftheory's, and known to contract by no alpha > 0."""
    return isinstance(compressor, Compressor) and compressor.contraction(dimension) is None


def find_regulariser(word: str) -> Regulariser | None:
    """The regulariser of a word: none, l2:0.1 or nonconvex:0.1.

    Raises:
        ValueError: it is none of them.

    >>> find_regulariser("nonconvex:0.1")
    Nonconvex(weight=Fraction(1, 10))
    """
    name, colon, weight = word.partition(":")
    if name == "none" and not colon:
        return None
    if name not in REGULARISERS or not weight:
        raise ValueError(f"regulariser={word[:40]!r}: write none, l2:WEIGHT or nonconvex:WEIGHT, as nonconvex:0.1")
    return REGULARISERS[name](read_float(weight, "regulariser"))


def read_multiples(text: str) -> list[tuple[str, Fraction]]:
    """Positive numbers with commas between, as typed and as numbers.

    >>> read_multiples("1,2,1/2")
    [('1', Fraction(1, 1)), ('2', Fraction(2, 1)), ('1/2', Fraction(1, 2))]
    """
    words = [word.strip() for word in text.split(",")]
    found = [(word, read_positive(word, "step-multiples")) for word in words]
    if len({number for _, number in found}) < len(found):
        raise ValueError(f"step-multiples={text[:60]!r}: one of them is there twice")
    return found


def read_float(text: str, name: str) -> Fraction:
    """A number that floating point has: runs are in floats.

    Raises:
        ValueError: it is none, or beyond 1e-100 and 1e100.

    >>> read_float("3/4", "weight")
    Fraction(3, 4)
    """
    number = read_number(text, name)
    if number and not Fraction(1, 10**100) <= abs(number) <= 10**100:
        raise ValueError(f"{name}={text[:40]}: runs are in floating point: write a number between 1e-100 and 1e100")
    return number


def read_positive(text: str, name: str) -> Fraction:
    """The same, and positive.

    >>> read_positive("1e3", "step-size")
    Fraction(1000, 1)
    """
    number = read_float(text, name)
    if number <= 0:
        raise ValueError(f"{name}={text[:40]}: a step size is positive")
    return number


def make_problem(
    places: Sequence[str],
    *,
    agents: int | None,
    split: str,
    loss: str,
    regulariser: str,
    batch: int | None,
    scale: bool,
) -> tuple[FiniteSum, list[Dataset]]:
    """The problem of one data file that is split, or of several, one an agent.

    Raises:
        ValueError: something does not fit.
    """
    if loss not in LOSSES:
        raise ValueError(f"loss={loss[:40]!r}: {nearest(loss, [*LOSSES])}")
    r, data = find_regulariser(regulariser), [load_data(place) for place in places]
    widths = {each.rows.shape[1]: each.name for each in data}
    if len(widths) > 1:
        told = ", ".join(f"{name} has {width}" for width, name in widths.items())
        raise ValueError(f"the files have not the same number of columns: {told}")
    if len(data) > 1 and agents not in (None, len(data)):
        raise ValueError(f"agents={agents}: {len(data)} files were given, one an agent: leave --agents out")
    rows = data[0].rows if len(data) == 1 else _stack([each.rows for each in data])
    targets = np.concatenate([each.targets for each in data])
    if loss == "logistic":
        from eftheory.simulate.libsvm import two_labels

        try:
            targets = two_labels(targets)
        except ValueError as error:
            raise ValueError(f"{data[0].name}: {error}; for other targets: --loss squares") from None
    if scale:
        from eftheory.simulate.data import standardise

        rows = standardise(rows.toarray() if hasattr(rows, "toarray") else rows)
    if len(data) == 1:
        order, sizes = divide(targets, 20 if agents is None else agents, split)
        if (np.diff(order) != 1).any():
            rows, targets = rows[order], targets[order]
    else:
        sizes = tuple(len(each.targets) for each in data)
    return FiniteSum(rows, targets, sizes, LOSSES[loss](), r, batch), data


def _stack(rows: Sequence[Any]) -> Any:
    from scipy.sparse import csr_array, issparse, vstack

    if any(map(issparse, rows)):
        return csr_array(vstack([csr_array(each) for each in rows]))
    return np.concatenate(rows)


def read_start(word: str, problem: Problem) -> np.ndarray:
    """The first x: zero, normal, normal:SEED, or a file of numbers (.npy, or text).

    A problem may say what is normal for it, by ``draw_start(rng)``.

    Raises:
        ValueError: it is none of them, or has not as many numbers as there are variables.
    """
    dimension = problem.dimension
    name, _, seed = word.partition(":")
    if word == "zero":
        return np.zeros(dimension)
    if name == "normal" and (not seed or seed.isdigit()):
        rng = np.random.default_rng(int(seed or 0))
        drawn: np.ndarray = (
            problem.draw_start(rng) if hasattr(problem, "draw_start") else rng.standard_normal(dimension)
        )
        return drawn
    path = Path(word)
    if not path.exists():
        raise ValueError(f"x0={word[:60]!r}: write zero, normal, normal:SEED, or the path of a file of numbers")
    try:
        x = np.load(path, allow_pickle=False) if path.suffix == ".npy" else np.loadtxt(path, ndmin=1)
    except (ValueError, EOFError) as error:
        raise ValueError(f"{path.name}: not a file of numbers: {error}") from None
    if x.shape != (dimension,) or not np.isfinite(x).all():
        raise ValueError(f"{path.name}: {x.shape} numbers, but the problem has {dimension} variables, all finite")
    return np.asarray(x, dtype=float)


def refuse_twice(names: Sequence[str]) -> None:
    """Refuse a name that is there twice; ValueError."""
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{name} is asked for twice: once is enough")


def check_counts(counts: Mapping[str, int]) -> None:
    """Refuse what is not at least 1; ValueError."""
    for name, count in counts.items():
        if count < 1:
            raise ValueError(f"--{name} {count}: a whole number, at least 1")


def check_columns(shown: str | None, against: str | None, *, timed: bool, drawn: bool, kept: bool) -> None:
    """Refuse columns that runs do not have, and those that nobody would see; ValueError."""
    check_choice("shown", shown or DRAWN[0], DRAWN)
    check_choice("against", against or SPENT[0], SPENT)
    if against == "seconds" and not timed:
        raise ValueError("--against seconds: say how fast agents are, as --speeds sample=1e-6,up=1e-3")
    for option, given in (("shown", shown), ("against", against)):
        if given is not None and not drawn:
            raise ValueError(f"--{option} {given} changes nothing without a picture: give --plot FILE.svg too")
    if timed and not kept and against != "seconds":
        raise ValueError("--speeds changes nothing here: keep seconds with -o FILE.npz, or draw --against seconds")


def read_speeds(text: str) -> Speeds | None:
    """The seconds of agents, written as sample=1e-6,up=1e-3,latency_up=0.1; None for none.

    Raises:
        ValueError: they are not written so, a name is unknown, or sample or up is missing.

    >>> float(read_speeds("sample=1e-6,up=1e-3").down)
    0.001
    """
    if not text:
        return None
    known, found = [field.name for field in fields(Speeds)], {}
    for part in text.split(","):
        name, equals, value = part.partition("=")
        if name not in known or not equals or name in found:
            raise ValueError(f"speeds={text[:60]!r}: write NAME=SECONDS, each once; {nearest(name, known)}")
        found[name] = float(read_float(value, name))
    if not {"sample", "up"} <= found.keys():
        raise ValueError(f"speeds={text[:60]!r}: give sample and up at least, as sample=1e-6,up=1e-3")
    return Speeds(**found)


def check_choice(option: str, given: str, known: Sequence[str]) -> None:
    """Refuse a word that is not one of those that are known; ValueError."""
    if given not in known:
        raise ValueError(f"--{option} {given[:40]!r}: {nearest(given, known)}")


def refuse_for_made(chosen: Mapping[str, Any]) -> None:
    """Refuse options of data where a problem is made; ValueError."""
    usual = {"split": "contiguous", "loss": "logistic", "regulariser": "none", "standardise": False, "batch": None}
    for name, value in chosen.items():
        if value != usual[name]:
            raise ValueError(f"--{name} is for --data; a problem has numbers of its own, as network:batch=16")


def check_file(path: Path | None, suffixes: Sequence[str], option: str) -> None:
    """Refuse a file that could not be written in the end; ValueError."""
    if path is None:
        return
    if path.suffix.lower() not in suffixes:
        raise ValueError(f"--{option} {path}: the name ends in {', '.join(suffixes)}")
    if path.is_dir() or not path.parent.is_dir():
        raise ValueError(f"--{option} {path}: {'it is a folder' if path.is_dir() else 'there is no such folder'}")
