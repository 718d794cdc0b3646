"""Who hears what from whom: every connection between the window and what is behind it, in tables."""

from typing import TYPE_CHECKING

from ptodesk_gui.application.clips import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ptodesk_gui.app import App
    from ptodesk_gui.application.appearance import Appearance
    from ptodesk_gui.application.beside import Beside
    from ptodesk_gui.application.countdown import Countdown
    from ptodesk_gui.application.filing import Filing
    from ptodesk_gui.application.lines import Lines
    from ptodesk_gui.application.past import Past
    from ptodesk_gui.application.popping import Popping
    from ptodesk_gui.application.reminding import Reminding
    from ptodesk_gui.application.settling import Settling
    from ptodesk_gui.application.tray import Tray
    from ptodesk_gui.ui.outbox import OutboxPage, ReceiptPage
    from ptodesk_gui.ui.review import ReviewPage


def connect_call(app: "App") -> None:
    """What counts from the first letter on."""
    page, calling = app.window.call_page, app.calling
    page.edited.connect(calling.edit)
    page.pasted.connect(calling.paste)
    page.reply_chosen.connect(calling.choose_reply)
    page.focus_changed.connect(calling.move)
    page.copy_requested.connect(calling.copy)
    calling.said.connect(app.saying.say)
    app.clips.said.connect(app.saying.say)
    calling.refused.connect(app.saying.say_in_passing)
    calling.unsaved.connect(app.leaving.unsaved)
    calling.drafts.settled.connect(app.leaving.settled)
    app.window.copy_all_requested.connect(calling.copy_all)
    app.window.closing.connect(app.leaving.closing)
    app.window.new_call_requested.connect(app.new_call)
    app.backstage.noticed.connect(app.saying.warn)
    app.backstage.failed.connect(app.saying.warn)


def hold_back(app: "App") -> "Callable[[], None]":
    """Take what is asked for before all is there that answers it; what is given asks for it anew, in the same order."""
    window, page = app.window, app.window.call_page
    asked: list[Callable[[], None]] = []
    held = [
        (signal, signal.connect(lambda *what, signal=signal: asked.append(lambda: signal.emit(*what))))
        for signal in (
            page.end_call_requested,
            window.outbox_requested,
            window.settings_requested,
            window.text_size_requested,
            window.theme_requested,
        )
    ]

    def answer() -> None:
        for signal, connection in held:
            signal.disconnect(connection)
        for each in asked:
            each()

    return answer


def connect(
    app: "App",
    filing: "Filing",
    settling: "Settling",
    review: "ReviewPage",
    receipt: "ReceiptPage",
    outbox: "OutboxPage",
) -> None:
    """The call, the pages after it, the settings, and what happens behind the window."""
    window, page, calling, backstage = app.window, app.window.call_page, app.calling, app.backstage
    for signal, slot in (
        # what the agent asks for
        (page.end_call_requested, filing.end_call),
        (review.file_requested, calling.drafts.flush),  # before it: what it says is not to be the last word
        (review.file_requested, filing.file),
        (review.back_requested, filing.back),
        (review.jump_requested, app.jump),
        (receipt.new_call_requested, app.new_call),
        (receipt.open_requested, filing.open_page),
        (receipt.copy_requested, app.clips.copy_key),
        (receipt.ticked_off, filing.tick_off),
        (receipt.retry_requested, filing.retry),
        (receipt.outbox_requested, filing.show_outbox),
        (outbox.retry_requested, filing.retry),
        (outbox.arrived_requested, filing.arrived),
        (outbox.resend_requested, filing.resend),
        (outbox.receipt_requested, filing.show_receipt),
        (outbox.take_up_requested, calling.take_up),
        (outbox.throw_away_requested, calling.forget),
        (outbox.throw_away_requested, filing.throw_away),
        (outbox.back_requested, filing.leave_outbox),
        (window.outbox_requested, filing.show_outbox),
        (window.settings_requested, settling.open),
        (window.page_shown, app.page_shown),
        # what happens behind the window
        (backstage.learned, app.learned),
        (backstage.settled, app.settled),
        (backstage.found, app.found),
        (backstage.opened, app.saying.started),
        (backstage.forgotten, filing.forget),
        (backstage.progressed, filing.progress),
        (app.ticking.timeout, app.tick),
        # what the window then shows
        (calling.changed, app.call_changed),
        (calling.taken_up, app.show_call),
        (calling.review_wanted, filing.end_call),
        (filing.filed, calling.forget),
        (filing.said, app.saying.say),
        (settling.said, app.saying.say),
        (settling.copy_requested, app.clips.copy),
        (filing.page_wanted, window.show_page),
        (filing.field_wanted, page.focus_field),
        (filing.counted, window.set_outbox),
        (filing.kept_counted, window.set_kept),
    ):
        signal.connect(slot)


def connect_look(app: "App", appearance: "Appearance", settling: "Settling") -> None:
    """What asks for another look, and what shows which one holds."""
    app.window.text_size_requested.connect(appearance.step_size)
    app.window.theme_requested.connect(appearance.next_theme)
    settling.dialog.theme_requested.connect(appearance.choose_theme)
    settling.dialog.text_size_requested.connect(appearance.choose_size)
    appearance.changed.connect(settling.dialog.set_look)
    appearance.said.connect(app.saying.say)


def connect_beside(app: "App", beside: "Beside", filing: "Filing") -> None:
    """What stands beside the call."""
    beside.said.connect(app.saying.say)
    beside.page_wanted.connect(app.window.show_page)
    beside.call_wanted.connect(app.show_call)
    beside.left.connect(filing.leave_outbox)
    app.backstage.opened.connect(beside.history.look_again)
    if app.reminding is not None:
        app.reminding.take_up_requested.connect(beside.arriving.come_back)


def connect_ledger(app: "App", filing: "Filing", countdown: "Countdown", folder: "Path") -> None:
    """What calls take, in a file in that folder."""
    from ptodesk_gui.application.ledger import Ledger

    ledger = Ledger(app.window, app.call, app.backstage, folder, app.clock, app)
    for signal, slot in (
        (app.window.page_shown, ledger.look),
        (app.calling.changed, ledger.look),
        (app.ticking.timeout, ledger.look),
        (filing.queued, ledger.queued),
        (countdown.taken_back, ledger.taken_back),
        (app.backstage.progressed, ledger.progressed),
        (ledger.said, app.saying.say),
        (ledger.left, filing.leave_outbox),
    ):
        signal.connect(slot)


def connect_helping(app: "App", beside: "Beside", filing: "Filing") -> None:
    """Help while typing."""
    from ptodesk_gui.application.helping import Helping

    helping = Helping(app.window.call_page, app.call, app.calling, app.backstage, beside.asking, app)
    for plan in filing.plans.values():  # found before this was built
        helping.queued(plan)
    filing.queued.connect(helping.queued)
    app.backstage.opened.connect(helping.look_for_companies)


def connect_popping(app: "App", beside: "Beside") -> "Popping":
    """Calls that a link opens."""
    from ptodesk_gui.application.popping import Popping

    popping = Popping(app.call, app.calling, app.backstage, app.clock, lambda: app.window.palette_is_open, app)
    popping.said.connect(app.saying.say)
    popping.call_wanted.connect(app.show_call)
    popping.ticket_wanted.connect(beside.arriving.join)
    app.window.action("call.waiting").triggered.connect(popping.take)
    return popping


def connect_reminding(app: "App", reminding: "Reminding", filing: "Filing") -> None:
    """What there is to come back to."""
    app.backstage.followed.connect(reminding.follow)
    app.backstage.forgotten.connect(lambda: reminding.follow(()))
    app.ticking.timeout.connect(reminding.tick)
    reminding.open_requested.connect(filing.open_page)
    reminding.counted.connect(app.window.set_follow_ups)


def connect_copying(app: "App", lines: "Lines") -> None:
    """Single lines, and what was copied before."""
    lines.said.connect(app.saying.say)
    app.window.action("copy.back").triggered.connect(app.clips.back)
    app.window.set_why_not("copy.back", lambda: "" if app.clips.can_go_back else NOTHING)


def connect_past(app: "App", past: "Past", filing: "Filing") -> None:
    """The calls of before."""
    past.said.connect(app.saying.say)
    past.open_requested.connect(filing.open_page)
    past.copy_requested.connect(app.clips.copy_key)
    past.left.connect(filing.leave_outbox)
    past.call_wanted.connect(app.show_call)


def connect_notifying(app: "App", reminding: "Reminding", tray: "Tray", filing: "Filing") -> None:
    """What needs a person, said when nobody is on the line."""
    from ptodesk_gui.application.notifying import Notifying

    notifying = Notifying(app.call, app.window, app)
    for signal, slot in (
        (app.backstage.progressed, notifying.plan_moved),
        (reminding.said, notifying.follow_up_said),
        (reminding.notified, notifying.follow_up_notified),
        (reminding.counted, notifying.follow_ups_counted),
        (app.window.page_shown, notifying.look),
        (app.calling.changed, notifying.look),
        (app.ticking.timeout, notifying.look),
        (notifying.said, app.saying.say),
        (notifying.notified, tray.notify),
        (tray.clicked, filing.show_outbox),
    ):
        signal.connect(slot)
