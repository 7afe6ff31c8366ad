"""Commands that start plans and add to them."""
