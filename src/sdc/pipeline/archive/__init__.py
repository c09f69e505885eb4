"""Everything that the store keeps of children ↔ one file.

=============== =====================================================
module          does
=============== =====================================================
manifest        what an archive says of itself; its names and limits
passphrase      a file sealed under a passphrase, read at any place
writing         one file, whole or not there
exporting       store → archive
checking        is this archive what it says, to the last byte?
restoring       archive → store
research        sessions without names, for research
=============== =====================================================
"""
