# fish completion for lupe; what can be completed is known to lupe itself

function __lupe_complete
    set -l words (commandline -opc) (commandline -ct)
    for candidate in (lupe --complete $words[2..-1] 2>/dev/null)
        switch $candidate
            case @files @folders
                __fish_complete_path (string replace -r '^--[^=]*=' '' -- (commandline -ct))
            case '*'
                echo $candidate
        end
    end
end
complete -c lupe -f -a '(__lupe_complete)'
