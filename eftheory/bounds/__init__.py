"""Certify: find a Lyapunov function and a worst case, write them down exactly, check what was written."""

from eftheory.bounds.ask import closed_form as closed_form
from eftheory.bounds.ask import tight_form as tight_form
from eftheory.bounds.ask import worst_case as worst_case
from eftheory.bounds.certify import certify as certify
from eftheory.bounds.options import ENGINES as ENGINES
from eftheory.bounds.options import Options as Options
from eftheory.bounds.result import Certification as Certification
from eftheory.bounds.settings import compresses as compresses
from eftheory.bounds.settings import find_method as find_method
from eftheory.bounds.settings import make_setting as make_setting
from eftheory.bounds.step import StepReport as StepReport
