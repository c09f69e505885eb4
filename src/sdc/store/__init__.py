"""What is kept: documents, blobs, and the records made of them.

=============== =====================================================
module          holds
=============== =====================================================
documents       the document port: a small, stated subset of MongoDB's filters
filters         filters → SQL
updates         ``$set``, ``$inc``, ``$unset`` on a document
sqlite          the embedded documents
mongo           the documents in MongoDB
blobs           the blob port, and a folder of blobs through obstore
records         Child, Upload, SessionEntry … as dataclasses
codec           records ↔ documents
repository      children, sessions, recordings, uploads
jobs            one collection of jobs with leases
schema          the version of what is stored, and the way to it
migrations      steps that bring an older store forward
collections     the table of collections: owner, sealed fields, indexes
=============== =====================================================
"""
