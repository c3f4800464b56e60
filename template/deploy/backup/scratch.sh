# A database beside the others, to restore a dump into and to look at what came of it. Sourced, not run.
# shellcheck shell=bash
scratch=''
scratch_service=''
scratch_beside='' # the database that one is in, to make and drop it

# drop_leftovers SERVICE DATABASE: scratch databases of commands that were killed: those in which no one is.
drop_leftovers() {
    query "$1" "$2" --output=/dev/null --file="$here/leftovers.sql" ||
        say "note: a scratch database of an earlier run is left, and the next run tries again: $(reason)"
}

# create_scratch SERVICE DATABASE KIND: empty, with the encoding and the locale of that database.
create_scratch() {
    scratch_service=$1 scratch_beside=$2
    scratch=$(date -u +"backup_$3_%Y%m%dt%H%M%Sz_$RANDOM$RANDOM")
    query "$1" "$2" --output=/dev/null --set=scratch="$scratch" --file="$here/scratch.sql" ||
        fail "wanted a scratch database, to prove the dump in; found: $(reason). Its role needs CREATEDB, or PROOF_DATABASE_URL names a server where one has it."
}

drop_scratch() {
    [ -n "$scratch" ] || return 0
    query "$scratch_service" "$scratch_beside" --output=/dev/null \
        --command="DROP DATABASE IF EXISTS \"$scratch\" WITH (FORCE)" ||
        say "note: the scratch database $scratch is left; the next run drops it: $(reason)"
    scratch=''
}

# fill_scratch DUMP: as its own role's, whoever owned it, since roles are the server's and not in a dump.
fill_scratch() {
    run pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --no-password \
        --dbname="$(at "$scratch_service" "$scratch")" "$1" ||
        fail "wanted a dump that restores; found: $(reason), in $1. Nothing was changed; take another backup."
}

# complete FILE: whether a list has its end.
complete() {
    [ "$(tail -n 1 "$1")" = 'that is all' ] ||
        fail "wanted a whole list in $1; found no end of it. Give /tmp more space, and run it again."
}

# list_scratch: what is in it, to $temporary/found and $temporary/found_sequences.
list_scratch() {
    query "$scratch_service" "$scratch" --set=contents="$temporary/found" \
        --set=sequences="$temporary/found_sequences" --file="$here/inventory.sql" ||
        fail "wanted to read the restored copy; found: $(reason). Nothing was changed; run it again."
    complete "$temporary/found"
    complete "$temporary/found_sequences"
}

# compare WANTED FOUND: line by line.
compare() {
    cmp -s "$1" "$2" && return
    local wanted found
    wanted=$(diff "$1" "$2" | grep -m1 '^<' || true)
    found=$(diff "$1" "$2" | grep -m1 '^>' || true)
    fail "wanted in the restored copy: ${wanted:-< no such line}; found: ${found:-> no such line}. The backup does not restore to what it was made of, and nothing was changed; take another one."
}
