"""Whether an adapter may be used: what it says about children that it has not seen, held against evidence by code."""
