"""The pages: signing up, logging in, passwords, second factors, and where one is logged in."""
