"""Policy: what the environments do with findings and gaps. Pure: no I/O, no clock (the day is passed in), no git."""
