"""What scripts ask for, and the commands too: plans read, deadlines chosen, versions compared. Nothing here prints or asks the clock.

`tdkt_cli` itself offers the public names; the modules here may change their shape.
"""
