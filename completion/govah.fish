# fish completion for govah; put it into fish's folder of completions
set -l commands init unlock lock add read review figures people documents search verify rebuild export import

complete -c govah -f
complete -c govah -l help -d 'how it is used'
complete -c govah -l json -d 'print JSON'
complete -c govah -l archive -x -a '(__fish_complete_directories)' -d 'the archive'
complete -c govah -l passphrase-fd -x -d 'descriptor to read the passphrase from'
complete -c govah -l passphrase-file -r -F -d 'file that holds the passphrase'

set -l none "not __fish_seen_subcommand_from $commands"
complete -c govah -n "$none" -a init -d 'make an archive'
complete -c govah -n "$none" -a unlock -d 'keep the key in the keyring for a while'
complete -c govah -n "$none" -a lock -d 'forget the key'
complete -c govah -n "$none" -a add -d 'take in documents'
complete -c govah -n "$none" -a read -d 'print what the reader proposes'
complete -c govah -n "$none" -a review -d 'go through the proposals'
complete -c govah -n "$none" -a figures -d 'who counts what'
complete -c govah -n "$none" -a people -d 'who is named'
complete -c govah -n "$none" -a documents -d 'what was taken in'
complete -c govah -n "$none" -a search -d 'find words in every spelling'
complete -c govah -n "$none" -a verify -d 'check every hash and signature'
complete -c govah -n "$none" -a rebuild -d 'derive everything again'
complete -c govah -n "$none" -a export -d 'write JSON Lines'
complete -c govah -n "$none" -a import -d 'take an export in'

complete -c govah -n '__fish_seen_subcommand_from init add read import' -F
complete -c govah -n '__fish_seen_subcommand_from unlock' -l for -x -a '30m 1h 8h' -d 'how long'
complete -c govah -n '__fish_seen_subcommand_from add read' -l source -x -d 'publisher'
complete -c govah -n '__fish_seen_subcommand_from add read' -l published -x -d 'date of publication'
complete -c govah -n '__fish_seen_subcommand_from add read' -l url -x -d 'where it was found'
complete -c govah -n '__fish_seen_subcommand_from add read' -l lang -x -a 'en fa' -d 'language'
complete -c govah -n '__fish_seen_subcommand_from add read' -l title -x -d 'title'
complete -c govah -n '__fish_seen_subcommand_from read' -l tsv -x -a '(__fish_complete_directories)' -d 'folder for the tables'
complete -c govah -n '__fish_seen_subcommand_from review' -l accept -x -d 'accept'
complete -c govah -n '__fish_seen_subcommand_from review' -l reject -x -d 'reject'
complete -c govah -n '__fish_seen_subcommand_from review' -l why -x -d 'the reason'
complete -c govah -n '__fish_seen_subcommand_from figures' -l event -x -d 'only this event'
complete -c govah -n '__fish_seen_subcommand_from figures' -l source -x -d 'only this source'
complete -c govah -n '__fish_seen_subcommand_from figures' -l since -x -d 'counted since'
complete -c govah -n '__fish_seen_subcommand_from figures' -l as-of -x -d 'as known on'
complete -c govah -n '__fish_seen_subcommand_from figures' -l incident -x -d 'only this incident'
complete -c govah -n '__fish_seen_subcommand_from figures' -l all -d 'every figure'
complete -c govah -n '__fish_seen_subcommand_from figures' -l chart -d 'draw'
