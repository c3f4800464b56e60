-- What is in a restored copy.
\ir settings.sql
\o :contents
\ir contents.sql
\o :sequences
\ir sequences.sql
\o
