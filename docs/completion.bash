# SPDX-License-Identifier: GPL-3.0-or-later
# Completion for msched. Verbs and options are asked of the program, so that they are never stale.
_msched()
{
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
        local program=${COMP_WORDS[0]} verb=${COMP_WORDS[1]} words

        COMPREPLY=()
        if [ "$COMP_CWORD" = 1 ] || { [ "$COMP_CWORD" = 2 ] && [ "$verb" = help ]; }; then
                words=$("$program" --help 2>/dev/null | sed -n 's/^  \([a-z]*\)  .*/\1/p')
                mapfile -t COMPREPLY < <(compgen -W "$words --help --version" -- "$word")
                return
        fi
        case $before in
        --root | -o | --output | --from | --board | --apply | --trace)
                mapfile -t COMPREPLY < <(compgen -f -- "$word")
                return
                ;;
        esac
        case $word in
        -*)
                words=$("$program" "$verb" --help 2>/dev/null |
                        sed -n 's/^  .*\(--\[*[a-z][]a-z-]*\).*/\1/p' | sed 's/\[no-\]/no-/')
                mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
                ;;
        *)
                mapfile -t COMPREPLY < <(compgen -f -- "$word")
                ;;
        esac
}
complete -o filenames -F _msched msched
