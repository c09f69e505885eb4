"""From approved sessions to an adapter: data sets, training, evaluation, export, planning."""
