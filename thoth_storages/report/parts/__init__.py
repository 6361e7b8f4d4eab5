"""The parts of a report, each a function that asks for what it shows and answers a section."""
