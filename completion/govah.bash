# bash completion for govah; source it, or put it into bash's folder of completions as "govah"
_govah() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= part
    local commands='init unlock lock passphrase add read review figures estimate audit people person alerts calendar institutions officials documents search match serve trace verify rebuild export import members'
    local options='--help --json --archive --passphrase-fd --passphrase-file --recovery --version'
    for part in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case " $commands " in *" $part "*) command=$part && break ;; esac
    done
    case $before in
    --archive | --tsv) mapfile -t COMPREPLY < <(compgen -d -- "$word") && return ;;
    --passphrase-file | --against | --beyond | --csv | --out | --pairs | --report | --names | --ics) mapfile -t COMPREPLY < <(compgen -f -- "$word") && return ;;
    --lang) mapfile -t COMPREPLY < <(compgen -W 'en fa' -- "$word") && return ;;
    --calendar) mapfile -t COMPREPLY < <(compgen -W 'gregorian jalali' -- "$word") && return ;;
    --for) mapfile -t COMPREPLY < <(compgen -W '30m 1h 8h' -- "$word") && return ;;
    esac
    case $command in
    init) options="$options --name --owner" ;;
    passphrase) options="$options --new-fd" ;;
    members) options="$options --admit --revoke --name --last --why" ;;
    verify) options="$options --against" ;;
    rebuild) options="$options --digest" ;;
    export) options="$options --beyond" ;;
    people) options="$options --organisations --state --group --charge --place --prison --sex --nationality --arrested --as-of --limit --facets --save --list --lists --forget" ;;
    person | audit) options="$options --as-of" ;;
    alerts) options="$options --as-of --alert" ;;
    calendar) options="$options --as-of --from --to --person --limit --at --ics --lang" ;;
    institutions | officials) options="$options --from --to --limit" ;;
    search) options="$options --limit" ;;
    match) options="$options --same --different --undo --why --same-above --yes --relearn --csv --out --fields --id --pairs --report --threads --names" ;;
    serve) options="$options --port --lang --calendar --threads" ;;
    unlock) options="$options --for" ;;
    add) options="$options --source --published --url --lang --title --map --dry-run" ;;
    read) options="$options --tsv --explain --threads" ;;
    review) options="$options --accept --reject --retract --corroborated --disputed --withdraw --edit --set --document --why" ;;
    figures) options="$options --event --source --since --as-of --incident --all --chart" ;;
    estimate) options="$options --list --cluster --pairs --stratum --report --lang --small-cells --seed --classes --resamples --threads --event --since --until --place --group --proposed" ;;
    '') options="$options $commands" ;;
    esac
    if [[ $word == -* || -z $command ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    else
        compopt -o default
        COMPREPLY=()
    fi
}
complete -F _govah govah
