"""What a template does not let V see, in words."""

from eftheory.methods.template import Template


def blind_spots(template: Template) -> str:
    """What V does not see, as a sentence.

    >>> blind_spots(Template())
    "V leaves out what was before the current state, and function values other than the method's own"
    """
    if template.gradients:
        return "V leaves out what was before the current state, and all of f but f - inf f and the gradients it sees"
    back = "more than one step back" if template.memory else "before the current state"
    values = "at points other than the two it compares" if template.values else "other than the method's own"
    return f"V leaves out what was {back}, and function values {values}"
