"""Codecs of the package numcodecs, and whatever else encodes and decodes."""

from __future__ import annotations

from typing import Any

import numpy as np

from eftheory.adapters.needed import needed


class Codec:
    """C(x) = decode(encode(x)).

    Args:
        id: the name of a codec in numcodecs, as "bitround" or "quantize"; or an object with ``encode`` and
            ``decode``.
        **config: what numcodecs needs to know of it, as keepbits=3.

    Raises:
        ValueError: numcodecs does not know the codec, or not these parameters.
        ImportError: numcodecs is not installed.
    """

    random = False

    def __init__(self, id: Any, **config: Any) -> None:
        self.codec = id
        if isinstance(id, str):
            numcodecs = needed("numcodecs")
            try:
                self.codec = numcodecs.get_codec({"id": id, **config})
            except Exception as error:  # numcodecs raises what its codecs raise
                raise ValueError(f"numcodecs has no codec {id!r} of {config}: {error}") from error

    def __call__(self, x: np.ndarray) -> np.ndarray:
        decoded = self.codec.decode(self.codec.encode(np.ascontiguousarray(x)))
        message: np.ndarray = np.frombuffer(decoded, dtype=x.dtype).reshape(x.shape).copy()
        return message

    def __repr__(self) -> str:
        return f"Codec({self.codec!r})"
