"""Files as their authors never wrote them: cut, doubled, swapped, and with pieces of elsewhere in them."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", "\u2028\u202e😀".encode(), b"\r", b"\t", b"\n\n\n", b" " * 300,
    b"&a", b"*a", b"<<: *a", b"? ", b"- - -", b"!reset", b"!!python/object:os.system", b"---\n",
    b"%YAML 9\n", b"{[", b"]}", b"[[a]]", b"[a.b.c]", b'"""', b"'''", b"= {", b"1979-05-27", b"inf", b"0x",
    b".1", b"= [5]", b"= 5", b"= \"\"", b"={}", b"FROM ", b"FROM scratch AS ", b"# escape=`\n", b"<<EOF",
    b"EOF", b"\\\n", b"ONBUILD RUN ", b"ARG A=${A}", b"--from=9", b"CMD [", b'"]', b"${A:-${B:-${A}}}",
    b"$$", b"${", b"extends: {file: ., service: .}", b"include: ..", b"services:", b"build: []",
    b"image: [x]", b"if x:\n  ", b"for a in b: ", b"*", b"**{}", b"+ [*a]", b"lambda: 0", b"f'{a!r:>{b}}'",
    b"env('A', default=env('A'))", b"10**10", b"from . import *\n", b"class A(A): pass\n",
    b"INSTALLED_APPS.append(INSTALLED_APPS)\n", b"del DEBUG\n", b"DATABASES['default']['x'] = DATABASES\n",
    b"global a\n", b"match a:\n case _: pass\n", b"!*", b"/**/", b"[a-", b"../", b"\\", b"#", b":", b",",
    b"-", b"%", b"@sha256:", b":latest", b"^", b"~", b"||", b"==*", b">=1,<2", b"9" * 200,
)  # fmt: skip
"""What means something to one of the formats, or to none."""


@st.composite
def mutated(draw: st.DrawFn, content: bytes) -> bytes:
    """Change a file in some places."""
    data = bytearray(content)
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        length = draw(st.sampled_from([0, 1, 2, 8, 40, 200]))
        match draw(st.sampled_from(["cut", "put", "double", "flip", "move", "line"])):
            case "cut":
                del data[start : start + length]
            case "put":
                data[start:start] = draw(st.sampled_from(PIECES))
            case "double":
                data[start:start] = data[start : start + length] * draw(st.integers(1, 30))
            case "flip" if start < len(data):
                data[start] ^= 1 << draw(st.integers(0, 7))
            case "move":
                piece = data[start : start + length]
                del data[start : start + length]
                other = draw(st.integers(0, len(data)))
                data[other:other] = piece
            case "line":
                end = data.find(b"\n", start)
                data[start : end if end >= 0 else len(data)] = draw(st.sampled_from(PIECES))
    return bytes(data)
