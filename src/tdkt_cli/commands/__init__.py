"""The commands, one verb a file: each parses its options, calls the core, chooses a renderer and returns its exit code.

A command's module is imported only when the command runs (`app.Commands`), so it may import at its top whatever it needs.
"""
