"""The cone of the certificates on a face, in units in which all that is there has size 1."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

import numpy as np

from eftheory.exact.form import Form
from eftheory.search.general.faces import Face, floats_of
from eftheory.search.general.programme import Pencil, Programme
from eftheory.search.general.solving import Cone

_SEEN, _ROUGHLY = 1e-9, 1e-7  # singular values that count, as a share of the largest, in balanced units or without
_NOISE = 1e-12  # of an entry, as a share of the numbers that it is made of
_ROUNDS = 8


class Units(Enum):
    """In what units the cone is stated; where one fails another may not."""

    BALANCED = "all entries have size 1"
    ANCHORED = "all but those of the measure have"
    NONE = "as they are, and what is hardly seen is left out"


@dataclass(frozen=True)
class Matrix:
    """A block of one of the forms.

    Attributes:
        form: its number.
        symbols: its rows.
        span: array (symbols, order): a basis of what it sees.
    """

    form: int
    symbols: tuple[str, ...]
    span: np.ndarray


@dataclass(frozen=True)
class Scaled:
    """A cone, and what its floats are.

    Attributes:
        cone: all slacks, linear in the scaled (1, free).
        rows: all unknowns, linear in the scaled (1, free).
        unit: of (1, free).
        matrices: what the cone's matrices are.
    """

    cone: Cone
    rows: np.ndarray
    unit: np.ndarray
    matrices: tuple[Matrix, ...]


def cone_of(programme: Programme, face: Face, units: Units = Units.BALANCED) -> Scaled:
    """All slacks of the certificates on a face."""
    read = [(k, *block) for k, pencil in enumerate(programme.pencils) for block in _blocks(pencil, face)]
    stacks, numbers = [stack for _, _, stack in read], face.basis[list(face.kept)]
    unit, sizes = _balance(stacks, numbers, units)
    matrices, triangles = [], []
    for (form, symbols, stack), size in zip(read, sizes):
        scaled = stack * unit[:, None, None] * np.outer(size, size)
        span, triangle = _restricted(scaled, _ROUGHLY if units is Units.NONE else _SEEN)
        matrices.append(Matrix(form, symbols, size[:, None] * span))
        triangles.append(triangle)
    rows = numbers * unit
    if units is not Units.NONE:
        rows /= np.maximum(np.max(np.abs(rows), axis=1, initial=0.0), 1e-300)[:, None]
    return Scaled(Cone(tuple(triangles), rows), face.basis * unit, unit, tuple(matrices))


def _blocks(pencil: Pencil, face: Face) -> list[tuple[tuple[str, ...], np.ndarray]]:
    """Symbols between which products occur, and the matrix of each of (1, free) in them."""
    entries = {}
    for pair, row in pencil.quadratic.items():
        values, largest = floats_of(row, face), max(abs(float(value)) for value in row.values())
        values = np.where(np.abs(values) > _NOISE * largest, values, 0.0)
        if np.any(values):
            entries[pair] = values
    found = []
    for symbols in Form(dict.fromkeys(entries, Fraction(1))).blocks():
        place = {name: i for i, name in enumerate(symbols)}
        stack = np.zeros((len(face.free) + 1, len(symbols), len(symbols)))
        for (a, b), values in entries.items():
            if a in place:
                i, j = place[a], place[b]
                stack[:, i, j] = stack[:, j, i] = values if i == j else values / 2
        found.append((tuple(symbols), stack))
    return found


def _balance(stacks: list[np.ndarray], numbers: np.ndarray, units: Units) -> tuple[np.ndarray, list[np.ndarray]]:
    """Units of (1, free) and of symbols in which the largest entries of all rows and columns are near 1 (Ruiz)."""
    unit, sizes = np.ones(numbers.shape[1]), [np.ones(stack.shape[1]) for stack in stacks]
    absolute = [np.abs(stack) for stack in stacks]
    for _ in range(0 if units is Units.NONE else _ROUNDS):
        columns = np.zeros(len(unit))
        for stack, size in zip(absolute, sizes):
            scaled = stack * unit[:, None, None] * np.outer(size, size)
            size /= np.sqrt(np.max(scaled, axis=(0, 1)))
            columns = np.maximum(columns, np.max(stack * np.outer(size, size), axis=(1, 2)) * unit)
        columns[0] = 1.0 if units is Units.ANCHORED else columns[0]
        unit = unit / np.sqrt(np.where(columns > 0, columns, 1.0))
    return unit / unit[0], sizes


def _restricted(stack: np.ndarray, least: float) -> tuple[np.ndarray, np.ndarray]:
    """An orthonormal basis of the span of the rows of all matrices, and their lower triangles in it."""
    sizes = np.max(np.abs(stack), axis=(1, 2))
    scaled = stack[sizes > 0] / sizes[sizes > 0][:, None, None]
    _, singular, directions = np.linalg.svd(scaled.reshape(-1, stack.shape[1]), full_matrices=False)
    span = directions[singular > least * singular[0]].T
    inside = span.T @ stack @ span
    i, j = np.tril_indices(span.shape[1])
    return span, np.asarray((inside[:, i, j] * np.where(i == j, 1.0, np.sqrt(2.0))).T)
