"""The labelled reports, and how much of what their labels say is read and found."""
