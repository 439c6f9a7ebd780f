"""What one sees: screens, tabs and widgets. They own no data."""
