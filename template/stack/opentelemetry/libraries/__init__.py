"""The libraries whose calls are traced: a module each, whose ``instrument`` is called at the start."""
