"""The way to an OpenAI-compatible server and back: what may be sent where, how, and every way in which it can fail."""
