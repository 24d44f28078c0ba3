"""Results as notebooks want them: typed pandas frames, SQL, and objects that show themselves."""
