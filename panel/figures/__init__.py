"""The figures of the metrics: a row for each case, counts that are kept with every write, questions."""
