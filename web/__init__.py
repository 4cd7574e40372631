"""What every plain HTML page and every way in shares. Start at `web.guards`."""
