"""How values flow: code lowered to a small language, its control-flow graph, and taint followed along it."""
