"""What a browser is told: what our pages may load, who may embed them, how cookies are kept."""
