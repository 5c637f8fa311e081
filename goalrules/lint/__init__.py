"""What is wrong with rules before anyone is judged by them, one check a file."""
