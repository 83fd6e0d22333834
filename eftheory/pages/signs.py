r"""Signs in LaTeX: certificates and proofs are written with the same ones.

What stands between bars or brackets decides how tall they are: where it may be tall, the sign is ``stretched``; in long
sums that TeX is to break it is left as it is, for within ``\left`` and ``\right`` no line is broken.
"""

NORM = r"\lVert %s \rVert^2"
INNER = r"\langle %s,\,%s \rangle"
MEAN = r"\frac1n\sum_i"
EXPECTATION = r"\operatorname{E}"


def stretched(sign: str) -> str:
    r"""The sign with bars or brackets as tall as what stands between them.

    >>> stretched(NORM)
    '\\left\\lVert %s\\right\\rVert^2'
    """
    return sign.replace(r"\l", r"\left\l").replace(r" \r", r"\right\r")
