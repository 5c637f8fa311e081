"""What rules mean: two kinds of node over members, one fold, and the way down to them."""
