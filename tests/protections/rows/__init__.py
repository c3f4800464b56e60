"""What is taken out, and which test is to notice: a table for each subject."""

from tests.protections.rows import access, accounts, browsers, data, limits, operation, outside

SUBJECTS = (accounts, limits, access, browsers, data, operation, outside)
PROTECTIONS = [row for subject in SUBJECTS for row in subject.ROWS]
