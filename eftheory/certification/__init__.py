"""Certify: find a Lyapunov function and a worst case, write them down exactly, check what was written."""

from eftheory.certification.ask import closed_form as closed_form
from eftheory.certification.ask import tight_form as tight_form
from eftheory.certification.ask import worst_case as worst_case
from eftheory.certification.certify import certify as certify
from eftheory.certification.options import ENGINES as ENGINES
from eftheory.certification.options import Options as Options
from eftheory.certification.result import Certification as Certification
from eftheory.certification.settings import compresses as compresses
from eftheory.certification.settings import find_method as find_method
from eftheory.certification.settings import make_setting as make_setting
from eftheory.certification.step import StepReport as StepReport
