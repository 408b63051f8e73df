"""Claims in words: events, titles, plans and problems, each held against the confirmed statements."""
