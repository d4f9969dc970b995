# bash completion for lupe; what can be completed is known to lupe itself

_lupe() {
  local current previous words cword candidate
  if declare -F _init_completion >/dev/null; then
    _init_completion -n = || return
  else
    words=("${COMP_WORDS[@]}") cword=$COMP_CWORD current=${COMP_WORDS[COMP_CWORD]}
  fi
  current=${words[cword]}
  COMPREPLY=()
  while IFS= read -r candidate; do
    case $candidate in
    @files | @folders)
      local kind=-f
      [ "$candidate" = @files ] || kind=-d
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen "$kind" -- "${current#*=}")
      ;;
    *) COMPREPLY+=("${candidate%%$'\t'*}") ;;
    esac
  done < <(lupe --complete "${words[@]:1:cword}" 2>/dev/null)
  [[ ${#COMPREPLY[@]} -ne 1 || ${COMPREPLY[0]} != *[=/] ]] || compopt -o nospace 2>/dev/null
  # where bash takes = for the end of a word, what stands before it is there already
  if [[ $COMP_WORDBREAKS == *=* && $current == *=* ]]; then
    COMPREPLY=("${COMPREPLY[@]#"${current%%=*}="}")
  fi
}
complete -F _lupe lupe
