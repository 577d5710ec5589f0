"""Rule files: from what people write to compiled rules, with every error of every file at once."""
