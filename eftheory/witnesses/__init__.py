"""Worst cases: explicit functions and compressors that attain a rate, made exact."""
