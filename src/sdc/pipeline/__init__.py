"""From an input to a stored session: the story, its steps, and the jobs that run it.

================ =====================================================
module           does
================ =====================================================
process_session  the story on one screen
steps            the steps of the story
pairs            which files make one session
roles            who is who in a stored session: told, remembered, known again
remeasure        a stored session is measured anew
intake           files and uploads → jobs
analyze          files → measures, without a store
worker           threads that run jobs
history          what is known of a child from earlier sessions
asking           questions
parts            what all of these work with
engines          the engine that the settings ask for
doctor           what this installation can do
================ =====================================================
"""
