"""Commands that list and show deadlines, units and working days; they change nothing."""
