"""The Elias gamma code of whole numbers from one on."""

from __future__ import annotations

from eftheory.compressors.coding.bits import BitReader


def gamma_code(number: int) -> str:
    """The binary digits of the number, after as many zeros as digits follow the first: 2 floor(log2 n) + 1 bits.

    References:
        [Elias1975].

    >>> [gamma_code(n) for n in (1, 2, 5)]
    ['1', '010', '00101']
    """
    digits = f"{number:b}"
    return "0" * (len(digits) - 1) + digits


def read_gamma(reader: BitReader, what: str) -> int:
    """The number whose code comes next.

    Raises:
        ValueError: the message ends before the code does.
    """
    zeros = reader.read_zeros(what)
    return (1 << zeros) | reader.read(zeros, what)
