"""How a proof is told: in text, LaTeX and HTML."""
