"""tdkt: a deadline tracker over plain-text plan files."""
