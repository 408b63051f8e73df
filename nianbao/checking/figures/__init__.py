"""Claims that rest on figures: bound to subjects and judged."""
