"""Commands that record progress in plan files, and take it back."""
