"""The same steps over a corpus: sessions by the thousand, on all cores of a machine.

================ =====================================================
module           does
================ =====================================================
corpus           files and folders → tasks, one for each session, and whose each is
task             what goes to whoever works, and what comes back
steps            one task: admit it as a job, carry the job out, put it back
worker           the process that works on tasks
pool             these processes: they may crash, hang or be killed
ray_cluster      a connection to Ray, which is never without a token
ray_place        what a node is told, and whether its store is this one
ray_worker       the actors that work on tasks, and those that hold a speech model
ray_pool         these actors: they may crash, hang or be lost with their node
batch            a corpus through the pool
pace             how fast it goes, how long it will take
tables           what was made, as CSV or Parquet
================ =====================================================

A task names files, a job names blobs: whoever carries a job out needs the store and nothing else.
The job table is the truth; what a worker that died has begun is found there.
"""
