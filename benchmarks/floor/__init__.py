"""The least that Django can do for the same answers; mounted beside the project for the benchmark only."""
