"""Values for the names of a statement, with which its hypotheses hold."""
