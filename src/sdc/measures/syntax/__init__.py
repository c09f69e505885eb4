"""Patterns over the ``%mor`` tier, and the tables of the two scales that use them: IPSyn and DSS."""
