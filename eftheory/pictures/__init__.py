"""Pictures of laws and certificates: their numbers exact and rounded to the safe side, in one style."""
