"""Drafting with a language model that writes round the figures and cannot type one."""
