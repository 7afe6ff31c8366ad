"""What people and machines get to see. Text from files never leaves here unescaped.

Vietnamese is the first language; every sentence goes through `language`.
"""
