"""What is taken out, and which test is to notice: a table for each subject."""

from tests.protections.rows import access, accounts, browsers, data, operation

PROTECTIONS = [row for subject in (accounts, access, browsers, data, operation) for row in subject.ROWS]
