"""Loads the committed files under data/ into the database: checked whole, then written whole or not at all."""
