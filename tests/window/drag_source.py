"""A window from which the files named as arguments can be dragged, as from a file manager."""

import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

window = Gtk.Window(title="Drag source", default_width=160, default_height=160)
area = Gtk.EventBox()
area.add(Gtk.Label(label="Drag me"))
area.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
area.drag_source_add_uri_targets()
files = [Path(argument).resolve().as_uri() for argument in sys.argv[1:]]
area.connect("drag-data-get", lambda _area, _context, data, _info, _time: data.set_uris(files))
window.add(area)
window.connect("destroy", Gtk.main_quit)
window.show_all()
Gtk.main()
