"""What V sees where nobody says it."""

from eftheory.claims import Setting
from eftheory.methods.template import PLAIN, Template, has_minimiser


def default_template(setting: Setting) -> Template:
    """The method's own coordinates, where there is the x* that they need or nothing bounds f; else gradients."""
    method = setting.method
    own = method.sees_minimiser and has_minimiser(method)
    bounded = any(assumption.bounded for assumption in setting.assumptions)
    return PLAIN if own or not bounded else Template(gradients=True)
