# From a URL in the environment to a database: through a file that only this user can read, since what is an argument of
# a program can be seen by all of the machine. Sourced, not run.
# shellcheck shell=bash
export PGSERVICEFILE=$temporary/services

# Django's own options in a URL, which PostgreSQL's programs don't know.
DJANGO_OPTIONS=' assume_role atomic_requests autocommit conn_health_checks conn_max_age disable_server_side_cursors isolation_level pool server_side_binding '

# decoded TEXT: with the character in place of each %41.
decoded() {
    local text=${1//\\/\\\\}
    printf '%b' "${text//%/\\x}"
}

# refuse VARIABLE FOUND: what is wrong with a URL; never the URL, which has a password.
refuse() {
    fail "$1 has $2: wanted postgres://USER:PASSWORD@HOST:PORT/NAME, with %XX for what is special in a URL. Correct it where this container's environment is set, .env as a rule."
}

# entry KEY TEXT: a line of the service file; none where there is no value.
entry() {
    [ -z "$2" ] || printf '%s=%s\n' "$1" "$(decoded "$2")"
}

# define SERVICE VARIABLE: makes a database known to PostgreSQL's programs under a name; its own goes to `database`.
define() {
    local url=${!2:-} rest user='' password='' query='' address part hosts='' ports='' pair
    [ -n "$url" ] || refuse "$2" 'no value'
    [[ $url =~ ^(postgres|postgresql|postgis|pgsql|psql)(\+[a-z0-9]+)?:// ]] || refuse "$2" "a scheme that isn't PostgreSQL's"
    if [[ $url =~ [[:cntrl:][:space:]] || $url =~ %([01]|7[fF]) || $url =~ %20([:@/?\&,]|$) ]]; then
        refuse "$2" 'a control character, or a space at an end'
    fi
    [[ ! $url =~ %($|[^0-9a-fA-F]|[0-9a-fA-F]($|[^0-9a-fA-F])) ]] || refuse "$2" "a % that isn't followed by two digits"

    rest=${url#*://}
    if [[ $rest == *\?* ]]; then
        query=${rest#*\?}
        rest=${rest%%\?*}
    fi
    [[ $rest == */?* ]] || refuse "$2" 'no name of a database'
    database=$(decoded "${rest#*/}")
    address=${rest%%/*}
    if [[ $address == *@* ]]; then
        user=${address%@*}
        address=${address##*@}
        if [[ $user == *:* ]]; then
            password=${user#*:}
            user=${user%%:*}
        fi
    fi
    while [ -n "$address" ]; do # several hosts, where a standby may have become the server
        part=${address%%,*}
        [[ $part =~ ^(\[[^]]*\]|[^:]*)(:([0-9]*))?$ ]] || refuse "$2" "a host that can't be read"
        hosts+=,${BASH_REMATCH[1]//[\[\]]/}
        ports+=,${BASH_REMATCH[3]}
        [[ $address == *,* ]] && address=${address#*,} || address=''
    done
    {
        printf '[%s]\n' "$1"
        entry dbname "${rest#*/}"
        entry user "$user"
        entry password "$password"
        entry host "${hosts#,}"
        [[ ! $ports =~ [0-9] ]] || entry port "${ports#,}"
        while [ -n "$query" ]; do
            pair=${query%%&*}
            [[ $query == *\&* ]] && query=${query#*&} || query=''
            [[ $pair =~ ^[a-z_]+= ]] || refuse "$2" "an option that can't be read"
            [[ $DJANGO_OPTIONS == *" ${pair%%=*} "* ]] || entry "${pair%%=*}" "${pair#*=}"
        done
    } >>"$PGSERVICEFILE"
}

# at SERVICE [DATABASE]: the connection string; to another database of the same server, where one is given.
at() {
    local name=${2:-} quote="'"
    name=${name//\\/\\\\}
    printf 'service=%s' "$1"
    [ -z "$name" ] || printf " dbname='%s'" "${name//$quote/\\$quote}"
}

# query SERVICE DATABASE ARGUMENT…: psql, whose output is lines of fields between tabs.
query() {
    local where
    where=$(at "$1" "$2")
    shift 2
    run psql --no-psqlrc --no-password --quiet --no-align --tuples-only --field-separator=$'\t' \
        --set=ON_ERROR_STOP=1 --set=database="${database:-}" --dbname="$where" "$@"
}

# server_version SERVICE VARIABLE [DATABASE]: such as 170012; goes to `version`.
server_version() {
    query "$1" "${3:-}" --output="$temporary/version" --command='SHOW server_version_num' ||
        fail "wanted the database of $2; found: $(reason). Correct $2, or start the server."
    version=$(<"$temporary/version")
}
