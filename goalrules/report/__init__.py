"""What people read: explanations, tables, messages and JSON, made from traces and diagnostics."""
