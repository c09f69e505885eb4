"""CHAT, the transcription format of TalkBank.

=============== =====================================================
module          does
=============== =====================================================
reader          file → Session
lines           bytes → logical lines
headers         header lines → fields
mainline        main line → tokens and scopes
words, codes    one item, one code in brackets
bullets, timing time bullets, word times
=============== =====================================================
"""
