"""The rules, a module each; ``rule`` says what such a module holds."""
