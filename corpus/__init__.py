"""Sample reports: readable sources, what is planted in them, and the scripts that typeset them to PDF."""
