"""Pieces that several screens share: who is here, page heads, quotes, tables, charts."""
