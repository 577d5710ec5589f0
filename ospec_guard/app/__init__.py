"""The composition root: settings, plugins and rules put together, and run."""
