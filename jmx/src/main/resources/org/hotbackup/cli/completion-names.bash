
# The names of nodes after --node, and of a node's servers after server=; everything else as above.
function _complete_hot_backup_names() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} before=${COMP_WORDS[COMP_CWORD-2]-}
  local home=${HOTBACKUP_HOME:-$HOME/.hot-backup} nodes node word i
  if [[ $cur == = ]]; then # bash takes = for a word of its own
    before=$prev prev== cur=
  fi
  if [[ $prev == --node || $prev == --peer || $prev == = && ( $before == --node || $before == --peer ) ]] ||
    [[ ${COMP_WORDS[1]-} == node && $COMP_CWORD -eq 3 && $cur != -* && ${COMP_WORDS[2]} != create ]]; then
    nodes=$(cd "$home" 2>/dev/null && for node in */node.properties; do [ -f "$node" ] && echo "${node%/*}"; done)
    local IFS=$'\n'
    COMPREPLY=($(compgen -W "$nodes" -- "$cur"))
  elif [[ $prev == = && $before == server ]]; then
    node=()
    for ((i = 1; i < COMP_CWORD; i++)); do
      word=${COMP_WORDS[i]}
      if [[ $word == --node ]]; then
        [[ ${COMP_WORDS[i+1]-} == = ]] && ((i++))
        node=(--node "${COMP_WORDS[i+1]-}")
      fi
    done
    COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" servers "${node[@]}" 2>/dev/null | sed -n '2,$s/ .*//p')" -- "$cur"))
  else
    _complete_hot-backup
  fi
}

complete -F _complete_hot_backup_names -o default hot-backup
