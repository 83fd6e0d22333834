"""Pages: the fragments they consist of, and how these are written as text, LaTeX and HTML.

Others say *what* a page says; here it is said *how*. Formulas are written by who knows what they are made of, see
``Mathematics``.
"""
