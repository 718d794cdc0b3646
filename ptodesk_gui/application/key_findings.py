"""The doctor's lines about the outbox's key, and about outboxes that wait for theirs."""

from ptodesk_gui.application.place import Guarded, Place
from ptodesk_gui.desk.doctor import Finding
from ptodesk_gui.outbox import aside
from ptodesk_gui.outbox.keys import Keys, NoKey

NAME = "Outbox key"
NO_STORE = "There is no outbox yet."
IN_KEYRING = "It is in the keyring."
IN_FILE = "It lies beside the outbox: what is kept on this disk is protected by file permissions only."
SET_UP = "Once the system's keyring serves, start the program: it moves the key there by itself."
SHUT = "{reason} What is in the outbox cannot be read."
ASIDE = "Outbox set aside"
BRING_BACK = "Unlock the keyring, or have IT bring it back as it was; then start the program."


def key_findings(place: Place) -> "tuple[Finding, ...]":
    """Where the key is, and what is set aside. Opens nothing and changes nothing; asks the keyring."""
    path = place.store_path
    waiting = (Finding(ASIDE, ok=False, words=found.words, cure=BRING_BACK) for found in aside.kept_aside(path))
    store_id = aside.store_id_of(path)
    if not store_id:
        return (Finding(NAME, ok=True, words=NO_STORE), *waiting)
    keys = Keys(path, place.store_keys if isinstance(place, Guarded) else None)
    if keys.in_file(store_id):
        about = Finding(NAME, ok=False, words=IN_FILE, cure=SET_UP)
    elif isinstance(found := keys.find(store_id), NoKey):
        about = Finding(NAME, ok=False, words=SHUT.format(reason=found.reason), cure=found.cure)
    else:
        about = Finding(NAME, ok=True, words=IN_KEYRING)
    return (about, *waiting)
