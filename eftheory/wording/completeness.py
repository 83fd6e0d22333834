"""For all that a claim assumes: whether the inequalities used of it are all there are, or only valid ones."""

from __future__ import annotations

from eftheory.assumptions.validation import constants
from eftheory.claims import Setting
from eftheory.wording.messages import MESSAGES
from eftheory.wording.wording import COMPLETE, word


def completeness(setting: Setting) -> list[tuple[str, str]]:
    """What is assumed, and how much of it the inequalities say.

    >>> from fractions import Fraction
    >>> from eftheory.assumptions import AgentType, Contractive
    >>> from eftheory.methods import EF21
    >>> setting = Setting((AgentType(1, 0),), Contractive(Fraction(1, 2)), EF21(Fraction(1, 5)))
    >>> [how for _, how in completeness(setting)]
    ['complete inequalities', 'complete inequalities']
    """
    kinds = {agent.functions.name: agent.functions for agent in setting.agents}
    told = [(sentence, word(functions).complete) for sentence, functions in zip(setting.functions, kinds.values())]
    assumed = {assumption.name: assumption for assumption in setting.assumptions}
    for hypothesis in setting.hypotheses:
        if hypothesis.name in assumed:
            told.append((hypothesis.sentence, word(assumed[hypothesis.name]).complete))
        elif hypothesis.name in MESSAGES:
            told.append((hypothesis.sentence, MESSAGES[hypothesis.name].complete))
        elif hypothesis == setting.hypotheses[-1] and setting.method.compresses:
            limits = constants(setting.compressor)
            told.append((f"{hypothesis.sentence} ({limits})", word(setting.compressor).complete))
        else:
            told.append((hypothesis.sentence, COMPLETE))
    if told[0][1] == COMPLETE and len(assumed) > 0 and setting.n_agents > 1:
        told[0] = (told[0][0], f"{COMPLETE} of each agent alone")
    return told
