"""What is kept: documents, blobs, and the records made of them.

=============== =====================================================
module          holds
=============== =====================================================
documents       the document port: a small, stated subset of MongoDB's filters
filters         filters → SQL
updates         ``$set``, ``$inc``, ``$unset`` on a document
sqlite          the embedded documents
mongo           the documents in MongoDB
blobs           the blob port, and what its back ends share (obstore)
folder          blobs in a folder
s3              blobs in a bucket of S3
disk            files forced to disk, and what a full disk says
spool           files on their way in, resumable
incoming        announced, received in pieces, checked, then kept as an upload
uploads         what may be uploaded
work            plain files for as long as a process works on them
blobs_per_child version 1 → 2: each blob goes to the children that use it
records         Child, Upload, SessionEntry … as dataclasses
codec           records ↔ documents
repository      children, sessions, recordings, uploads
jobs            one collection of jobs with leases
schema          the version of what is stored, and the way to it
migrations      steps that bring an older store forward
collections     the table of collections: owner, sealed fields, indexes
master_key      the key that whoever runs SDC keeps outside the store
keyring         a key per child, wrapped by the master key; rotation
sealed_fields   how a field of a document is sealed
sealed_format   how a blob is sealed
sealed_*        documents and blobs that are sealed on the way in, over any back end
opening         plain or sealed: which wrappers stand around the back ends
sealing         sealing a store that was begun without a key
tombstones      what is left of erased children
living          stores that keep nothing of an erased child
erasure         erasing a child; traces: the search for what is left
=============== =====================================================
"""
