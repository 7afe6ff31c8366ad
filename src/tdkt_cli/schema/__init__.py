"""The files' format as pydantic models, and the JSON Schemas made from them.

A validated model is turned into the plain data of `core` by its `build`; nothing else reads a model. Descriptions are
Vietnamese: an editor shows them to the person who types. Every scalar arrives here as the text that stands in the file
(`scalars.Untyped` where another YAML reader would take it for a number, date or yes/no); each field says what it makes of it.
"""
