"""The window as the X server knows it: `close` asks it to close, as a window manager
does; `shown` says whether it can be seen; `type TEXT` and `press ctrl+k` do as a keyboard
does, with the focus on the window. Nothing but Python's own library is used."""

import ctypes
import sys
import time


class Attributes(ctypes.Structure):
    _fields_ = [
        ("before", ctypes.c_int * 5),
        ("visual", ctypes.c_void_p),
        ("root", ctypes.c_ulong),
        ("middle", ctypes.c_int * 4),
        ("planes", ctypes.c_ulong * 2),
        ("save_under", ctypes.c_int),
        ("colormap", ctypes.c_ulong),
        ("map_installed", ctypes.c_int),
        ("map_state", ctypes.c_int),
        ("rest", ctypes.c_long * 16),
    ]


class ClientMessage(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 24),
    ]


x = ctypes.CDLL("libX11.so.6")
x.XOpenDisplay.restype = ctypes.c_void_p
x.XDefaultRootWindow.restype = ctypes.c_ulong
x.XInternAtom.restype = ctypes.c_ulong
x.XStringToKeysym.restype = ctypes.c_ulong
display = ctypes.c_void_p(x.XOpenDisplay(None))
Windows = ctypes.POINTER(ctypes.c_ulong)
NAMES = {" ": "space", ".": "period", ",": "comma", ":": "colon", "-": "minus", "_": "underscore"}


def children(window):
    root, parent, found, count = ctypes.c_ulong(), ctypes.c_ulong(), Windows(), ctypes.c_uint()
    window = ctypes.c_ulong(window)
    byref = ctypes.byref
    x.XQueryTree(display, window, byref(root), byref(parent), byref(found), byref(count))
    return [found[position] for position in range(count.value)]


def program(window):
    # The title may hold any letters, which this old property cannot.
    hint = (ctypes.c_char_p * 2)()
    x.XGetClassHint(display, ctypes.c_ulong(window), ctypes.byref(hint))
    return (hint[0] or b"").decode(errors="replace")


def size(window):
    attributes = Attributes()
    x.XGetWindowAttributes(display, ctypes.c_ulong(window), ctypes.byref(attributes))
    return attributes


def close(window):
    event = ClientMessage(type=33, window=window, format=32)
    event.message_type = x.XInternAtom(display, b"WM_PROTOCOLS", 0)
    event.data[0] = x.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
    x.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))


def press(*names):
    keyboard = ctypes.CDLL("libXtst.so.6")
    codes = [x.XKeysymToKeycode(display, ctypes.c_ulong(x.XStringToKeysym(name.encode()))) for name in names]
    for code in codes:
        keyboard.XTestFakeKeyEvent(display, code, 1, ctypes.c_ulong(0))
    for code in reversed(codes):
        keyboard.XTestFakeKeyEvent(display, code, 0, ctypes.c_ulong(0))
    x.XFlush(display)


def write(text):
    for letter in text:
        shifted = letter.isupper() or letter in ":_"
        press(*(["Shift_L"] if shifted else []), NAMES.get(letter, letter))
        time.sleep(0.01)


def main():
    verb, *what = sys.argv[1:]
    top = children(x.XDefaultRootWindow(display))
    # The toolkit has small windows of its own that nobody sees.
    ours = [window for window in top if program(window) == "db-studio" and size(window).before[2] > 200]
    if verb == "shown":
        print("yes" if any(size(window).map_state == 2 for window in ours) else "no")
        return
    if not ours:
        sys.exit("There is no window of db-studio.")
    if verb == "close":
        for window in ours:
            close(window)
    else:
        x.XSetInputFocus(display, ctypes.c_ulong(ours[0]), 1, ctypes.c_ulong(0))
        x.XSync(display, 0)
        if verb == "type":
            write(*what)
        else:
            press(*[{"ctrl": "Control_L"}.get(name, name) for name in what[0].split("+")])
    x.XSync(display, 0)


main()
