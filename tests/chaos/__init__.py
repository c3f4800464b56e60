"""The project while everything is killed, frozen and cut off: no event may be lost or doubled."""
