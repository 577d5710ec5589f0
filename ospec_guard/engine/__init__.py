"""The engine: the only reader of the scanned tree. Files in, findings, gaps and tallies out; knows no policy."""
