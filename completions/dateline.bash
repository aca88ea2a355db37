# bash completion for dateline(1). Source it, or install it as
# /usr/share/bash-completion/completions/dateline.

_dateline_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

_dateline_paths() {
  mapfile -t COMPREPLY < <(compgen "$1" -- "$2")
  compopt -o filenames 2>/dev/null
}

_dateline_read() {
  local current=$1 previous=$2
  case $previous in
    --format) _dateline_words 'auto text json html xml csv warc iptc7901' "$current" ;;
    --offsets) _dateline_words 'bytes chars utf16 source' "$current" ;;
    --color) _dateline_words 'auto always never' "$current" ;;
    --data) _dateline_paths -d "$current" ;;
    --max-bytes) _dateline_words '1MB 16MB 64MB 256MB' "$current" ;;
    --threads) _dateline_words "0 1 2 4 8 $(getconf _NPROCESSORS_ONLN 2>/dev/null)" "$current" ;;
    *)
      if [[ $current == -* ]]; then
        _dateline_words '--help --format --map --skip --from --plain --no-analysis --data --max-bytes
          --threads --jsonl --json --pretty --text --conllu --tokens --offsets --explain --date
          --color' "$current"
      else
        _dateline_paths -f "$current"
      fi
      ;;
  esac
}

# of events and of quotes
_dateline_events() {
  local current=$1
  case $2 in
    --format) _dateline_words 'auto text json html xml csv warc iptc7901 table tsv jsonl markdown' "$current" ;;
    --color | --data | --max-bytes | --threads | --offsets) _dateline_read "$@" ;;
    *)
      if [[ $current == -* ]]; then
        _dateline_words '--help --format --map --skip --from --plain --data --date --max-bytes --threads --jsonl --csv
          --text --color --since --until --limit --source --target --code --status --place --near --sure --same --safe-csv' "$current"
      else
        _dateline_paths -f "$current"
      fi
      ;;
  esac
}

_dateline_actors() {
  local current=$1 previous=$2
  case $previous in
    --data | --to) _dateline_paths -d "$current" ;;
    --kind) _dateline_words 'actors agents discards' "$current" ;;
    --date) COMPREPLY=() ;;
    *)
      if ((COMP_CWORD == 2)); then
        _dateline_words 'lookup import --help' "$current"
      elif [[ ${COMP_WORDS[2]} == lookup ]]; then
        _dateline_words '--help --date --data --json' "$current"
      elif [[ $current == -* ]]; then
        _dateline_words '--help --to --kind' "$current"
      else
        _dateline_paths -f "$current"
      fi
      ;;
  esac
}

_dateline_archive() {
  local current=$1 command=$3
  case $2 in
    --format)
      if [[ $command == add || $command == work ]]; then
        _dateline_read "$@"
      else
        _dateline_words 'table csv tsv jsonl markdown plot svg' "$current"
      fi
      ;;
    --color | --data | --max-bytes | --threads | --offsets) _dateline_read "$@" ;;
    --as) _dateline_words 'gdelt1 gdelt2 gdelt2-mentions icews phoenix polecat plover geojson gkg2 json-ld brat
      conllu timeml gexf graphml' "$current" ;;
    --by) _dateline_words 'day week month country actor name' "$current" ;;
    --to | --dir)
      if [[ $command == search ]]; then COMPREPLY=(); else _dateline_paths -d "$current"; fi
      ;;
    --same) _dateline_words 'none one-a-day story cluster' "$current" ;;
    --note | --undo) ;;
    --delivery) _dateline_words 'exactly-once at-least-once' "$current" ;;
    --brokers | --in | --out | --dead-letters | --group | --id | --batch | --metrics | --map) ;;
    --alerts | --state | --config) _dateline_paths -f "$current" ;;
    --near | --about | --least | --feed | --every | --timeout | --pause) ;;
    --from | --since | --until | --limit | --source | --target | --code | --place) ;;
    --status) _dateline_words 'occurred ongoing planned requested hypothetical denied claimed' "$current" ;;
    *)
      if [[ $current != -* ]]; then
        _dateline_paths -f "$current"
        return
      fi
      case $command in
        add) _dateline_words '--help --format --map --skip --from --plain --no-analysis --data --date
          --max-bytes --threads' "$current" ;;
        search) _dateline_words '--help --from --to --limit --newest --copies --jsonl --csv --text
          --format --safe-csv --color' "$current" ;;
        timeline) _dateline_words '--help --by --directed --copies --since --until --code --status --place --near --sure
          --format --safe-csv --color' "$current" ;;
        network) _dateline_words '--help --by --about --least --copies --since --until --limit --code --status
          --place --near --sure --format --safe-csv' "$current" ;;
        follow) _dateline_words '--help --feed --dir --alerts --every --timeout --pause --max-bytes --pages --once
          --state --data' "$current" ;;
        serve) _dateline_words '--help --listen --allow-host --token --token-file --read-only --alerts --data --threads
          --max-bytes --log --quiet' "$current" ;;
        work) _dateline_words '--help --brokers --in --out --dead-letters --group --id --delivery --batch --config --metrics --every
          --until-end --format --map --plain --no-analysis --tokens --explain --offsets --data --date --max-bytes --threads' "$current" ;;
        story) _dateline_words '--help --json --original --color' "$current" ;;
        sql) _dateline_words '--help --jsonl --csv --text --format --safe-csv --color' "$current" ;;
        export) _dateline_words '--help --as --to --by --since --until --limit --source --target --code
          --status --place --near --sure --same --safe-csv' "$current" ;;
        clusters) _dateline_words '--help --from --to --about --least --limit --newest --jsonl --csv --text --color' "$current" ;;
        who) _dateline_words '--help --type --country --limit --jsonl --csv --text --color' "$current" ;;
        correct) _dateline_words '--help --not-an-event --code --another --same-as --note --undo --jsonl --csv --text --color' "$current" ;;
        check) _dateline_words '--help' "$current" ;;
        rebuild) _dateline_words '--help --data --threads' "$current" ;;
        sync) _dateline_words '--help --push --pull' "$current" ;;
      esac
      ;;
  esac
}

_dateline_quotes() {
  if [[ $1 == -* ]]; then
    _dateline_words '--help --format --map --skip --from --plain --data --date --max-bytes --threads --jsonl --csv
      --text --color --since --until --limit --by --about --safe-csv' "$1"
  else
    _dateline_events "$@"
  fi
}

_dateline_explain() {
  case $2 in
    --color | --data) _dateline_read "$@" ;;
    *) _dateline_words '--help --date --data --all --json --color' "$1" ;;
  esac
}

_dateline() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  # "--option=value" comes as three words
  if [[ $current == '=' ]]; then
    current=
  elif [[ $previous == '=' ]]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _dateline_words 'read events quotes add search story sql timeline network follow serve work export clusters who correct check rebuild sync explain actors
      tables help
      --help --version' "$current"
    return
  fi
  case ${COMP_WORDS[1]} in
    read) _dateline_read "$current" "$previous" ;;
    events) _dateline_events "$current" "$previous" ;;
    quotes) _dateline_quotes "$current" "$previous" ;;
    add | search | story | sql | timeline | network | follow | serve | work | export | clusters | who | correct | check | rebuild | sync) _dateline_archive "$current" "$previous" "${COMP_WORDS[1]}" ;;
    explain) _dateline_explain "$current" "$previous" ;;
    help) _dateline_words 'read events quotes add search story sql timeline network follow serve work export clusters who correct check rebuild sync
      explain actors tables help' "$current" ;;
    actors) _dateline_actors "$current" "$previous" ;;
    tables)
      if ((COMP_CWORD == 2)); then
        _dateline_words 'check --help' "$current"
      else
        _dateline_paths -d "$current"
      fi
      ;;
  esac
}

complete -F _dateline dateline
