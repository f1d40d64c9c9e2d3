"""Presses keys as a keyboard does: `type TEXT`, or `press ctrl+k`. The window of
db-studio gets the focus first. Nothing but Python's own library is used."""

import ctypes
import sys
import time

x = ctypes.CDLL("libX11.so.6")
test = ctypes.CDLL("libXtst.so.6")
x.XOpenDisplay.restype = ctypes.c_void_p
x.XDefaultRootWindow.restype = ctypes.c_ulong
x.XStringToKeysym.restype = ctypes.c_ulong
display = ctypes.c_void_p(x.XOpenDisplay(None))
NAMES = {" ": "space", ".": "period", ",": "comma", ":": "colon", "-": "minus", "_": "underscore"}


def children(window):
    root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
    found = ctypes.POINTER(ctypes.c_ulong)()
    byref = ctypes.byref
    x.XQueryTree(display, ctypes.c_ulong(window), byref(root), byref(parent), byref(found), byref(count))
    return [found[position] for position in range(count.value)]


def width(window):
    root, size = ctypes.c_ulong(), [ctypes.c_uint() for _ in range(4)]
    place = [ctypes.c_int() for _ in range(2)]
    x.XGetGeometry(
        display, ctypes.c_ulong(window), ctypes.byref(root), *map(ctypes.byref, place), *map(ctypes.byref, size)
    )
    return size[0].value


def focus():
    largest = max(children(x.XDefaultRootWindow(display)), key=width)
    x.XSetInputFocus(display, ctypes.c_ulong(largest), 1, ctypes.c_ulong(0))
    x.XSync(display, 0)


def code(name):
    return x.XKeysymToKeycode(display, ctypes.c_ulong(x.XStringToKeysym(name.encode())))


def press(*names):
    for name in names:
        test.XTestFakeKeyEvent(display, code(name), 1, ctypes.c_ulong(0))
    for name in reversed(names):
        test.XTestFakeKeyEvent(display, code(name), 0, ctypes.c_ulong(0))
    x.XFlush(display)


focus()
verb, what = sys.argv[1:3]
if verb == "type":
    for letter in what:
        shifted = letter.isupper() or letter in ":_"
        press(*(["Shift_L"] if shifted else []), NAMES.get(letter, letter))
        time.sleep(0.01)
else:
    press(*[{"ctrl": "Control_L"}.get(name, name) for name in what.split("+")])
x.XSync(display, 0)
