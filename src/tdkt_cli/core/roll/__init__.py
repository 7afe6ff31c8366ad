"""Next year's draft from this year's plan."""
