"""Pure functions on what was said: text and vectors in, results out."""
