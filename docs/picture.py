#!/usr/bin/python3
"""Makes a picture (SVG) of what a command prints on a terminal: picture.py OUTPUT.svg PROMPT COMMAND...

The command runs on a pseudo-terminal, so that the picture is of its real output, colours included. Block characters are
drawn as rectangles: fonts leave gaps between them.
"""
import fcntl
import os
import pty
import re
import struct
import sys
import termios
from html import escape

COLUMNS = 96
CELL, LINE, SIZE, MARGIN = 8.4, 19, 14, 20
BACKGROUND, TEXT = "#16181d", "#d7dae0"
COLOURS = {31: "#f0716b", 32: "#7cc36e", 33: "#e0b354", 34: "#6aa5f0", 35: "#c78ae0", 36: "#4fb9c4"}


def terminal_output(command):
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
        os.environ.pop("NO_COLOR", None)
        os.read(0, 1)  # until the window has its size
        os.execvp(command[0], command)
    attributes = termios.tcgetattr(terminal)
    attributes[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSANOW, attributes)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 100, COLUMNS, 0, 0))
    os.write(terminal, b"\n")
    output = b""
    try:
        while part := os.read(terminal, 65536):
            output += part
    except OSError:  # how Linux reports that the other end is closed
        pass
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
        sys.exit(output.decode())
    return output.decode().replace("\r\n", "\n").rstrip("\n")


def runs(line, style):
    """Pieces (text, style) of a line; style is (colour, bold, dim)."""
    for part in re.split(r"(\x1b\[[\d;]*m)", line):
        if not part.startswith("\x1b["):
            if part:
                yield part, style
            continue
        for code in map(int, part[2:-1].split(";") if part != "\x1b[m" else ["0"]):
            colour, bold, dim = style
            style = {0: (TEXT, False, False), 1: (colour, True, dim), 2: (colour, bold, True)}.get(
                code, (COLOURS.get(code, colour), bold, dim))


def block(character, x, y):
    """The rectangle of a block character in the cell at (x, y), or nothing."""
    code = ord(character)
    if 0x2581 <= code <= 0x2588:
        height = (code - 0x2580) / 8
        return x, y + LINE * (1 - height), CELL, LINE * height
    if 0x2589 <= code <= 0x258F:
        return x, y, CELL * (0x2590 - code) / 8, LINE
    return None


def draw_run(text, style, column, top, gap):
    colour, bold, dim = style
    look = f'fill="{colour}"' + (' font-weight="bold"' if bold else "") + (' opacity="0.6"' if dim else "")
    for piece in re.finditer(r"[\u2581-\u258f]+|[^\u2581-\u258f]+", text):
        x = MARGIN + (column + piece.start()) * CELL
        if not block(piece[0][0], 0, 0):
            if piece[0].strip():
                width = len(piece[0]) * CELL
                yield (f'<text x="{x:.1f}" y="{top + SIZE:.1f}" textLength="{width:.1f}" {look}>'
                       f"{escape(piece[0])}</text>")
            continue
        for group in re.finditer(r"(.)\1*", piece[0]):
            left, y, width, height = block(group[0][0], x + group.start() * CELL, top)
            yield (f'<rect x="{left:.2f}" y="{y + gap:.2f}" width="{width + CELL * (len(group[0]) - 1):.2f}" '
                   f'height="{height - 2 * gap:.2f}" {look}/>')


def picture(lines):
    width, height = 2 * MARGIN + COLUMNS * CELL, 2 * MARGIN + len(lines) * LINE
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" font-size="{SIZE}" '
           'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace" xml:space="preserve">')
    yield f'<rect width="100%" height="100%" rx="8" fill="{BACKGROUND}"/>'
    histogram = False
    for row, line in enumerate(lines):
        # Bars beside text stand apart; rows of a histogram, from its heading down to its axis, touch.
        text = re.sub(r"\x1b\[[\d;]*m", "", line)
        histogram = text.startswith("Distribution of") or histogram and "\u252c" not in text
        gap = 0 if histogram else 2
        column = 0
        for text, style in runs(line, (TEXT, False, False)):
            yield from draw_run(text, style, column, MARGIN + row * LINE, gap)
            column += len(text)
    yield "</svg>"


def main():
    target, prompt, command = sys.argv[1], sys.argv[2], sys.argv[3:]
    lines = [f"\x1b[2m$\x1b[0m \x1b[1m{prompt}\x1b[0m", ""] + terminal_output(command).split("\n")
    with open(target, "w", encoding="utf-8") as file:
        file.write("\n".join(picture(lines)) + "\n")


if __name__ == "__main__":
    main()
