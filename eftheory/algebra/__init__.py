"""Algebra in exact arithmetic that proposes: what is found here is checked again wherever a proof rests on it."""
