"""What the command line prints."""

from sdc.cli.output import note, say, visible, write


def test_what_a_transcript_holds_is_no_command_to_the_terminal(capsys):
    say("a \x1b[2Jb\x07\x9b31m\n\tc\x7f \udcff")
    note("\x1b]0;title\x07")
    out, err = capsys.readouterr()
    assert out == "a ␛[2Jb␇\ufffd31m\n\tc␡ \ufffd\n"
    assert err == "␛]0;title␇\n"


def test_files_and_pipes_get_the_text_as_it_is(capsys, tmp_path):
    write("*CHI:\tno . \x150_700\x15", None)
    assert capsys.readouterr().out == "*CHI:\tno . \x150_700\x15\n"
    write("\x15", tmp_path / "a.cha")
    assert (tmp_path / "a.cha").read_text() == "\x15\n"
    assert visible("Mía 日本 \U0001f600 ‡„") == "Mía 日本 \U0001f600 ‡„"
