"""Which verbs a method needs: its own lines say it."""

from collections.abc import Sequence
from typing import Any

from eftheory.methods.method import Method
from eftheory.methods.recorded import DRAWS, NEWER
from eftheory.methods.world import Reader


def needs(method: Method, places: Sequence[str] = ("step", "observe", "measure")) -> frozenset[str]:
    """The verbs that a method asks its world for, found by running its lines in a world that answers anything.

    >>> from fractions import Fraction
    >>> from eftheory.methods.ef21_partial import EF21PP
    >>> sorted(needs(EF21PP(Fraction(1, 2))))
    ['coins', 'compress', 'gradient', 'mean', 'mean_square', 'square']
    """
    world, state = _Asked(), [_Anything()] * len((*method.server_state, *method.agent_state))
    for place in places:
        getattr(method, place)(world, *state)
    return frozenset(world.asked)


def draws(method: Method) -> bool:
    """Whether a step has noise or coins, so that what it does is random whatever compressors are.

    >>> from fractions import Fraction
    >>> from eftheory.methods.ef21_partial import EF21PP
    >>> draws(EF21PP(Fraction(1, 2)))
    True
    """
    return not needs(method, ("step",)).isdisjoint((*DRAWS, "noisy_local_gradient", "noisy_change"))


def says_more(method: Method) -> bool:
    """Whether a step asks for more than gradients, means and the agents' messages.

    >>> from fractions import Fraction
    >>> from eftheory.methods.ef21 import EF21
    >>> says_more(EF21(Fraction(1, 2)))
    False
    """
    return not needs(method, ("step",)).isdisjoint(NEWER)


class _Anything:
    """A vector, a number, or a function that answers one."""

    def __call__(self, *_: Any, **__: Any) -> Any:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __call__


class _Asked(Reader):
    """A world that notes which verbs it is asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getattr__(self, verb: str) -> Any:
        self.asked.add(verb)
        return _Anything()
