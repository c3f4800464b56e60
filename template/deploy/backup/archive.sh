# A backup: a folder with a dump, and a manifest that says what the dump has to restore to. Sourced, not run.
# shellcheck shell=bash
BACKUPS=${BACKUPS:-/backups}

# checksum FILE: goes to `sum`.
checksum() {
    run sha256sum "$1" >"$temporary/sum" || fail "wanted to read $1; found: $(reason). Nothing was changed."
    read -r sum _ <"$temporary/sum"
}

# write_manifest FOLDER VERSION CONTENTS SEQUENCES
write_manifest() {
    local manifest=$1/manifest
    checksum "$1/dump"
    {
        printf 'backup\t1\ncreated\t%s\nserver\t%s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$2" &&
            printf 'database\t%s\nsize\t%s\nsha256\t%s\n' "$database" "$(wc -c <"$1/dump")" "$sum" &&
            printf 'contents\n' && cat "$3" && printf 'sequences\n' && cat "$4"
    } >"$manifest" 2>"$errors" || fail "wanted to write $manifest; found: $(reason). Free space there, and run it again."
    checksum "$manifest"
    printf 'checksum\t%s\n' "$sum" 2>"$errors" >>"$manifest" ||
        fail "wanted to write $manifest; found: $(reason). Free space there, and run it again."
}

# field NAME: of the manifest's head.
field() {
    awk -F '\t' -v name="$1" '$1 == "contents" { exit } $1 == name { print $2; exit }' "$manifest"
}

# read_backup FOLDER: checks that it is what was written; goes to `dump`, `made_of`, and the lists $temporary/wanted*.
read_backup() {
    local folder=$1 manifest=$1/manifest found
    dump=$1/dump
    [ -f "$manifest" ] && [ -f "$dump" ] ||
        fail "wanted a backup, a folder with a dump and a manifest; found none at $folder. What there is: $(names "$BACKUPS")"
    sed '$d' "$manifest" >"$temporary/manifest"
    checksum "$temporary/manifest"
    [ "$(tail -n 1 "$manifest")" = $'checksum\t'"$sum" ] ||
        fail "wanted the manifest as it was written; found another one, or a part, in $manifest. Nothing was changed; take another backup."
    [ "$(field backup)" = 1 ] ||
        fail "wanted a backup of format 1; found format $(field backup) in $manifest. Nothing was changed; use the commands that made it."
    found=$(wc -c <"$dump")
    [ "$found" -eq "$(field size)" ] ||
        fail "wanted a dump of $(field size) bytes; found $found bytes in $dump. Nothing was changed; take another backup."
    checksum "$dump"
    [ "$sum" = "$(field sha256)" ] ||
        fail "wanted a dump with the SHA-256 of the manifest; found another one in $dump. It was changed since it was made; nothing else was; take another backup."
    made_of=$(field server)
    sed -n '/^contents$/,/^that is all$/p' "$manifest" | sed 1d >"$temporary/wanted"
    sed -n '/^sequences$/,/^that is all$/p' "$manifest" | sed 1d >"$temporary/wanted_sequences"
}

# find_backup NAME: in the folder of backups, or wherever a path leads; goes to `folder`.
find_backup() {
    folder=$BACKUPS/$1
    [[ $1 != */* ]] || folder=$1
}

# names FOLDER: of the backups there, the newest first.
names() {
    local list
    list=$(find "$1" -maxdepth 1 -name '*.backup' 2>/dev/null | sort -r | sed 's|.*/||' | tr '\n' ' ') || true
    printf '%s' "${list:-none}"
}

# same_major VERSION: these programs are of the server's own major version; others' output need not fit.
same_major() {
    local own
    own=$(pg_dump --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
    [ "$own" -eq $(($1 / 10000)) ] ||
        fail "wanted PostgreSQL's programs of version $(($1 / 10000)), the server's; found $own, the image's. Run it in the image postgres:$(($1 / 10000))."
}

# not_newer VERSION: the dump comes from no newer server than that one.
not_newer() {
    [ $((made_of / 10000)) -le $(($1 / 10000)) ] ||
        fail "wanted a dump of PostgreSQL $(($1 / 10000)) or older, for this server; found one of $((made_of / 10000)) in $dump. Nothing was changed; restore it to a server that is as new."
}
