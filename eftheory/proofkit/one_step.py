"""One step of a method in the symbols of a proof, read off the method's own definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from eftheory.methods import Method
from eftheory.proofkit.kernel.expression import Mean, Node, Symbol
from eftheory.proofkit.kernel.substitution import is_indexed
from eftheory.proofkit.kernel.text import write
from eftheory.proofkit.tidy import vanishes


class OneStep:
    """The state after one step of a method, and what the method asked on the way, as expressions.

    So a proof speaks of what is simulated: both read the same lines. The vectors of the new state are attributes, by
    the names that the method gives them.

    Args:
        kind: the method.
        numbers: by the names of its fields, as ``step_size``; a proof itself says of which sign they are.
        state: by the names that the method gives its vectors; those that are left out are symbols of their own.
        answers: what its world says to each verb: a function, or one expression or several, in order. A gradient asked
            for twice at one point has one answer; messages and draws differ each time.

    Raises:
        ValueError: an answer is missing, or one is never asked for.

    >>> from eftheory.methods import EF21
    >>> d, h, c = (Symbol(name, vector=True, indexed=True) for name in "dhc")
    >>> new = OneStep(EF21, {"step_size": Symbol("gamma")}, {"d": d}, gradient=h, compress=c)
    >>> write(new.x), write(new.d), write(new.sent)
    ('x - gamma mean[d_i]', 'd_i + c_i', 'h_i - d_i')
    """

    def __init__(
        self, kind: type[Method], numbers: Mapping[str, Any], state: Mapping[str, Node] | None = None, **answers: Any
    ) -> None:
        own = {name: Symbol(name, vector=True, indexed=name in kind.agent_state) for name in _names(kind)}
        self._before: dict[str, Node] = {**own, **(state or {})}
        self._world = _Answers(answers)
        bare = type(kind.__name__, (kind,), dict.fromkeys(kind.__abstractmethods__))  # it is only to make a step
        method: Any = object.__new__(bare)  # expressions cannot be asked whether they are positive
        vars(method).update(numbers)
        self._after: dict[str, Any] = dict(zip(own, method.step(self._world, *self._before.values())))
        self._world.require_used()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._after:
            raise AttributeError(f"the state has no {name!r}")
        return self._after[name]

    @property
    def sent(self) -> Node:
        """What is compressed."""
        node: Node = self.asked("compress")
        return node

    def asked(self, verb: str, place: int = 0) -> Any:
        """What the method asked when it first asked this, or the part of it at another place."""
        return self._world.asked[verb][0][place]

    def move(self, name: str, form: Node) -> Node:
        """By how much a vector of the state changes, in the form in which the proof writes it.

        Raises:
            ValueError: it changes by something else.
        """
        return rewritten(self._after[name] - self._before[name], form)


def rewritten(vector: Node, form: Node) -> Node:
    """The form, if it is the same vector.

    Raises:
        ValueError: it is another.

    >>> g, h, gamma = Symbol("g", vector=True), Symbol("h", vector=True), Symbol("gamma")
    >>> write(rewritten(h - gamma * g - h, -gamma * g))
    '-gamma g'
    """
    if not vanishes(vector - form):
        raise ValueError(f"{write(form)} is not what the definition of the method says: {write(vector)}")
    return form


class _Answers:
    """A world that answers as it is told, and notes what it is asked."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = {verb: [given] if isinstance(given, Node) else given for verb, given in answers.items()}
        self.asked: dict[str, list[tuple[Any, ...]]] = {verb: [] for verb in answers}

    def mean(self, v: Node) -> Node:
        """The average over the agents; of what is the same for all, itself."""
        return Mean(v) if is_indexed(v) else v

    def __getattr__(self, verb: str) -> Callable[..., Any]:
        if verb not in self.answers:
            raise ValueError(f"the method asks for {verb!r}, to which the proof has no answer")
        return lambda *question: self._answer(verb, question)

    def _answer(self, verb: str, question: tuple[Any, ...]) -> Any:
        asked, given = self.asked[verb], self.answers[verb]
        if verb not in ("gradient", "local_gradient") or question not in asked:
            asked.append(question)
        if callable(given):
            return given(*question)
        number = len(asked) - 1 if asked[-1] is question else asked.index(question)
        if number == len(given):
            raise ValueError(f"the method asks for {verb!r} more than {number} times")
        return given[number]

    def require_used(self) -> None:
        """Refuse answers to questions that were not asked."""
        for verb, given in self.answers.items():
            if not callable(given) and len(self.asked[verb]) < len(given):
                raise ValueError(f"the method asks for {verb!r} only {len(self.asked[verb])} times")


def _names(kind: type[Method]) -> tuple[str, ...]:
    return (*kind.server_state, *kind.agent_state)
