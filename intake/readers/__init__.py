"""One reader a format: text or bytes in, cues out."""
