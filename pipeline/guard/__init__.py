"""Guarded work: worker processes with limits of time and memory, of which none can take the run down with it."""
