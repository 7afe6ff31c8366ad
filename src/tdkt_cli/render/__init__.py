"""Output for people and programs: terminal, records, findings, calendars, pages. Text from files never leaves here unescaped.

Vietnamese is the first language; every sentence goes through `language`.
"""
