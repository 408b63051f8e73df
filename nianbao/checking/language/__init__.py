"""Chinese official prose as tokens: words of the lexicon, quantities, segments."""
