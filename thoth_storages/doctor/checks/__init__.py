"""The checks, one module a subject; the modules' names give their order. Adding a check means adding a function."""
