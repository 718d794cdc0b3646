"""Tickets that wait on the practice desk, and open ones from before. All of it is sample data."""

from ptodesk_gui.practice.stock import Stock, StockComment, StockTicket

JANE = ("jane@example.com", "Jane Doe")
DETAILS = (
    "Homeowner Name: Jane Doe (jane@example.com)\n"
    "Address: 1 Main St, Denver, CO 80201\n"
    "Job Link: https://engine.example/jobs/1\n"
    "Installer: Sunny Roofs\n"
    "Installer Rep: Sam (sam@example.com)\n"
    "Notes: M1 approved on 11/5/2025. M2 approved on 2/1/2026. M3 not started."
)
LINES = "Homeowner: Jane Doe\nAddress: 1 Main St, Denver, CO 80201\nConcern: asks when PTO is expected"

OPEN_PAIR = Stock(
    name="open pair",
    tickets=(
        StockTicket(
            role="homeowner",
            project="PTO",
            summary="Homeowner Concern Received – Jane Doe – Sunny Roofs",
            text=LINES,
            days_ago=3,
            reporter=JANE,
            assignee="Jessica Hauger",
            labels=("PTO",),
            request_type="PTO/M3 delay",
            organization="Sunny_Roofs",
            comments=(
                StockComment(DETAILS, internal=True),
                StockComment("We will ask your installer.", internal=False),
            ),
        ),
        StockTicket(
            role="installer",
            project="PTO",
            summary="Homeowner Concern – Sunny Roofs – Jane Doe",
            text=LINES,
            days_ago=3,
            reporter=("sam@example.com", "Sam Rep"),
            assignee="Jessica Hauger",
            labels=("PTO",),
            request_type="PTO/M3 delay",
            organization="Sunny_Roofs",
        ),
    ),
    links=(("homeowner", "is caused by", "installer"),),
)


def waiting(project: str, summary: str, text: str, reporter: tuple[str, str]) -> Stock:
    """One ticket that waits, two days old."""
    return Stock(
        name=summary,
        tickets=(
            StockTicket(role="source", project=project, summary=summary, text=text, days_ago=2, reporter=reporter),
        ),
    )


EMAIL = waiting(
    "EBH",
    "When will my solar be turned on?",
    "Hello, our system was installed in February and nothing happens since then. When will it be turned on?",
    JANE,
)
HUBSPOT = waiting(
    "SS",
    "HubSpot: new message from the contact form",
    "Name: Jane Doe\nEmail: jane@example.com\nMessage: nobody tells us when our panels may be used",
    ("noreply@hubspot.com", "HubSpot"),
)
HUBSPOT_NO_JOB = waiting(
    "SS",
    "HubSpot: new message from the contact form",
    "Email: jane@example.com\nMessage: nobody tells us when our panels may be used",
    ("noreply@hubspot.com", "HubSpot"),
)
ACCOUNT_SERVICING = waiting(
    "SS",
    "Account Servicing: homeowner asks about the first payment",
    "Homeowner: Jane Doe\nEmail: jane@example.com\nShe asks why the first payment is due before the system runs.",
    ("accounts@example.com", "Account Servicing"),
)
OMNIDIAN = waiting(
    "SS",
    "Homeowner asks about PTO",
    "Somebody called us about a system that is not active. We did not write down the name.",
    ("care@omnidian.com", "Omnidian"),
)
EXTRA = waiting(
    "EBH",
    "Homeowner Concern – Sunny Roofs – Jane Doe",
    "We have sent the papers to the utility for Jane Doe.",
    ("sam@example.com", "Sam Rep"),
)
