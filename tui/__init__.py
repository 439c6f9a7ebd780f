"""The shell: command line, app, keymap, themes, settings."""
