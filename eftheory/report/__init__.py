"""Certificates explained to people: text, LaTeX, HTML. Nothing here solves, and nothing here is trusted."""

from eftheory.pages.console import as_text as as_text
from eftheory.pages.fragments import Explanation as Explanation
from eftheory.pages.html import as_html as as_html
from eftheory.report.explain import explain as explain
from eftheory.report.latex import as_latex as as_latex
