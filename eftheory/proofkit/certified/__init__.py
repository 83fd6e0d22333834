"""Theorems from the upper bounds of certificates."""
