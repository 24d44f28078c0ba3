"""Speed and accuracy, measured: every figure quoted anywhere comes from one of these commands."""
