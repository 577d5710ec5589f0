"""ospec-guard: guardrails for software, enforced per environment."""

__version__ = "0.1.0"
