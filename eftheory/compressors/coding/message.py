"""A message as bits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """What goes over the wire.

    Args:
        bits: the bits, first bit highest, filled up with zeros to whole bytes.
        length: how many bits count.

    Raises:
        TypeError: bits is no bytes object.
        ValueError: the length does not belong to the bytes, or they are filled up with ones.

    >>> Message(bytes([0b10100000]), 3).length
    3
    """

    bits: bytes
    length: int

    def __post_init__(self) -> None:
        if not isinstance(self.bits, bytes):
            raise TypeError(f"bits of type {type(self.bits).__name__}: a message is a bytes object")
        if self.length < 0 or len(self.bits) != -(-self.length // 8):
            raise ValueError(f"length={self.length}: {len(self.bits)} bytes hold 8 bits each, the last one 1 to 8")
        unused = -self.length % 8
        if unused and self.bits[-1] & ((1 << unused) - 1):
            raise ValueError("the last byte of the message is not filled up with zeros")
