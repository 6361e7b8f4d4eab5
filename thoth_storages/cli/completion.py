"""``thoth-storages completion``: what makes a shell complete the command's words."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

PROGRAM = "thoth-storages"
_VARIABLE = "_THOTH_STORAGES_COMPLETE"
_INSTALL = {
    "bash": """\
# For this shell only:    source <(thoth-storages completion bash)
# For all, once:          thoth-storages completion bash > ~/.local/share/bash-completion/completions/thoth-storages
# (make that folder first; it is read where the package bash-completion is installed)
""",
    "zsh": """\
# For this shell only:    source <(thoth-storages completion zsh)
# For all, once:          thoth-storages completion zsh > ~/.zfunc/_thoth-storages
# (make that folder first, and have in ~/.zshrc, before compinit: fpath+=~/.zfunc)
""",
    "fish": """\
# For this shell only:    thoth-storages completion fish | source
# For all, once:          thoth-storages completion fish > ~/.config/fish/completions/thoth-storages.fish
""",
}
# What click's scripts get wrong: of "name=" the value follows at once, without a space (fish does it by itself), and
# there may be commas in what is said of an option.
_MENDED = {
    "bash": ("    return 0\n", "    [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n    return 0\n"),
    "zsh": (
        "        compadd -U -V unsorted -a completions\n",
        "        local -a suffix=()\n        [[ $completions[1] == *= ]] && suffix=(-S '')\n"
        '        compadd -U -V unsorted "${suffix[@]}" -a completions\n',
    ),
    "fish": ('string split ","', 'string split --max 1 ","'),
}


@click.command()
@click.argument("shell", type=click.Choice(list(_INSTALL)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Write the script that makes a shell complete words.

    Pressing Tab then completes commands, options, the names and parameters of queries, kinds of documents, tables and
    migrations. The first lines of the script say how to install it.

    \b
    Example:
      thoth-storages completion bash > ~/.local/share/bash-completion/completions/thoth-storages
      thoth-storages completion zsh > ~/.zfunc/_thoth-storages
      thoth-storages completion fish > ~/.config/fish/completions/thoth-storages.fish
    """
    click.echo(script(ctx.find_root().command, shell), nl=False)


def script(program: click.Command, shell: str) -> str:
    """Answer the script for a shell, with how to install it."""
    kind = get_completion_class(shell)
    assert kind is not None
    # not the class's own source(), which runs bash to warn of an old one: the script may be for another machine
    text = ShellComplete.source(kind(program, {}, PROGRAM, _VARIABLE)).replace(*_MENDED[shell])
    # zsh looks for this line at the very beginning of a file
    first, newline, rest = text.lstrip().partition("\n")
    if first.startswith("#compdef"):
        return f"{first}{newline}{_INSTALL[shell]}{rest.rstrip()}\n"
    return f"{_INSTALL[shell]}{text.strip()}\n"
