"""What is true without a terminal: documents, journal, server, script language."""
