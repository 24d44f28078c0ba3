"""Reviews (审核): auditors' decisions about findings, kept over runs, and what changed from one run to the next."""
