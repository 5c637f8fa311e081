"""What is tried with inputs that a fuzzer makes, what it begins with, and what it has found."""
