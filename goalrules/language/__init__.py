"""The rule language: its words, its sentences, and what can be wrong with them."""
