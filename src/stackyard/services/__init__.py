"""The embedded services of `stackyard run`, and the processes around them."""
