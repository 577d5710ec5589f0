"""The pattern language: Semgrep's patterns compiled to matchers, and the operators that combine what they find."""
