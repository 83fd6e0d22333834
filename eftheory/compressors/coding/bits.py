"""Writing and reading bits."""

from __future__ import annotations

from collections.abc import Iterable

from eftheory.compressors.coding.message import Message
from eftheory.compressors.deferred import np

SINGLE_BITS = 32


class BitWriter:
    """Collects bits, in time proportional to their number.

    >>> writer = BitWriter()
    >>> writer.write(5, width=4)
    >>> writer.message()
    Message(bits=b'P', length=4)
    """

    def __init__(self) -> None:
        self._chunks: list[str] = []

    def write(self, number: int, *, width: int) -> None:
        """A number, at least zero and below 2^width, highest bit first."""
        if width:
            self._chunks.append(f"{number:0{width}b}")

    def write_codes(self, codes: Iterable[str]) -> None:
        """Words of zeros and ones."""
        self._chunks.extend(codes)

    def write_array(self, numbers: np.ndarray, *, width: int) -> None:
        """Whole numbers, each of the same width of at most 62 bits."""
        columns = np.arange(width - 1, -1, -1)
        digits = (np.asarray(numbers, dtype=np.int64)[:, None] >> columns) & 1
        self._chunks.append((digits.astype(np.uint8) + ord("0")).tobytes().decode("ascii"))

    def write_singles(self, numbers: np.ndarray) -> None:
        """Numbers in single precision, each in 32 bits."""
        self.write_array(np.asarray(numbers, dtype=np.float32).view(np.uint32), width=SINGLE_BITS)

    def message(self) -> Message:
        """All that was written, padded with zeros to whole bytes."""
        text = "".join(self._chunks)
        size = -(-len(text) // 8)
        return Message((int(text.ljust(8 * size, "0"), 2) if text else 0).to_bytes(size, "big"), len(text))


class BitReader:
    """Reads what a ``BitWriter`` wrote; every method raises ValueError where the message ends too early.

    >>> BitReader(Message(b"P", 4)).read(3, "a test")
    2
    """

    def __init__(self, message: Message) -> None:
        if not isinstance(message, Message):
            raise TypeError(f"a Message is read, not a {type(message).__name__}; encode(...) makes one")
        count = 8 * len(message.bits)
        self._text = f"{int.from_bytes(message.bits, 'big'):0{count}b}"[: message.length] if count else ""
        self._place = 0

    def _take(self, width: int, what: str) -> str:
        taken = self._text[self._place : self._place + width]
        if len(taken) < width:
            raise ValueError(f"the message of {len(self._text)} bits ends within {what}")
        self._place += width
        return taken

    def read(self, width: int, what: str) -> int:
        """A number of so many bits; ``what`` it is part of is for the message of the error."""
        return int(self._take(width, what), 2) if width else 0

    def read_zeros(self, what: str) -> int:
        """How many zeros come before the next one, which is read too."""
        end = self._text.find("1", self._place)
        if end < 0:
            raise ValueError(f"the message of {len(self._text)} bits ends within {what}")
        zeros = end - self._place
        self._place = end + 1
        return zeros

    def read_array(self, count: int, what: str, *, width: int) -> np.ndarray:
        """Whole numbers, each of the same width."""
        text = self._take(count * width, what)
        digits = np.frombuffer(text.encode("ascii"), dtype=np.uint8).reshape(count, width) - ord("0")
        return digits.astype(np.int64) @ (1 << np.arange(width - 1, -1, -1))

    def read_singles(self, count: int, what: str) -> np.ndarray:
        """Numbers in single precision."""
        return self.read_array(count, what, width=SINGLE_BITS).astype(np.uint32).view(np.float32)

    def finish(self) -> None:
        """Refuse bits that nobody has read.

        Raises:
            ValueError: there are some.
        """
        left = len(self._text) - self._place
        if left:
            raise ValueError(f"the message goes on for {left} bits after its end: is the dimension right?")
