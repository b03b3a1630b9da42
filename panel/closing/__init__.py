"""The end of a case: completion, code 22, the closing summary, and what people say about it."""
