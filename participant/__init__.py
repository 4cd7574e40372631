"""Pages for participants: plain HTML that needs no script. Start at `participant.routes`."""
