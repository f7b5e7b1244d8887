"""Copies other people's files and tables into a warehouse file of the portal's own. Called by ``scaffold``."""
