"""WebSockets, by Channels: guarded, limited, and feeds that lose nothing."""
