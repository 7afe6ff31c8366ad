"""Commands about tdkt itself: the environment, schemas, shell completion."""
