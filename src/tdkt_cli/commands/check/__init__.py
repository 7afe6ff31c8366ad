"""Commands that check files, format them, compare versions and explain rules."""
